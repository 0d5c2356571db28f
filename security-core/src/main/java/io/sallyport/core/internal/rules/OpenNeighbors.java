package io.sallyport.core.internal.rules;

import io.sallyport.api.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds rules that close one path and leave the same path with a slash at its end open. To us these are two
 * paths; many frameworks answer both with one handler.
 */
final class OpenNeighbors {

  static final int MAX_REPORTED = 20;

  private final List<AccessRule> all;
  private final AccessRules table;

  OpenNeighbors(List<AccessRule> all) {
    this.all = all;
    this.table = AccessRules.of(all, new Access.Deny());
  }

  /** One line for each, at most {@value #MAX_REPORTED}. */
  List<String> find() {
    List<String> found = new ArrayList<>();
    Set<String> known = knownMethods();
    for (AccessRule rule : all) {
      PathPattern slashed = rule.path().withTrailingSlash();
      if (slashed == null || rule.access() instanceof Access.Open) {
        continue;
      }
      known.stream()
          .filter(rule.methodSet()::contains)
          .map(method -> table.match(new Target(method, example(slashed))))
          .filter(neighbor -> neighbor.access() instanceof Access.Open)
          .findFirst()
          .ifPresent(open -> found.add(message(rule, slashed, open)));
      if (found.size() == MAX_REPORTED) {
        break;
      }
    }
    return found;
  }

  private Set<String> knownMethods() {
    Set<String> methods = new TreeSet<>(List.of("GET", "POST"));
    all.forEach(rule -> methods.addAll(rule.methodSet().names()));
    return methods;
  }

  /** A path that a pattern describes. */
  private static String example(PathPattern pattern) {
    return pattern.toString().replaceAll("\\{[^}]*}|\\*+", "x");
  }

  private static String message(AccessRule rule, PathPattern slashed, AccessRule open) {
    return "rule \"" + rule.source() + "\" does not speak for " + slashed + ", which \""
        + open.source() + "\" leaves open; write " + rule.path()
        + "/** if both are to be closed, or a rule for " + slashed;
  }
}
