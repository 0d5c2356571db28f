package io.sallyport.core.internal.rules;

import io.sallyport.api.Target;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of rules: which one speaks for a method and a path. Immutable.
 *
 * <p>Of the rules that describe both method and path, the one with the most specific path decides, compared
 * segment by segment from the left: a literal before a segment with an asterisk in it (the more characters
 * it spells out, the earlier), before any segment, before any number of segments. For one path a rule that
 * names the method comes before one that names none. A rule that denies covers the spelling of its path with
 * a trailing slash as well.
 */
public final class AccessRules {

  private final RuleNode root;
  private final AccessRule otherwise;

  private AccessRules(RuleNode root, AccessRule otherwise) {
    this.root = root;
    this.otherwise = otherwise;
  }

  /**
   * Makes the table.
   *
   * @param rules the rules, in any order
   * @param whenNothingMatches what holds for all that no rule names: {@link Access.Deny} beside a table of
   *     rules, {@link Access.Authenticated} without one
   * @return the table
   * @throws IllegalArgumentException if two rules conflict, see {@link #conflicts}
   */
  public static AccessRules of(List<AccessRule> rules, Access whenNothingMatches) {
    List<RuleConflict> conflicts = conflicts(rules);
    if (!conflicts.isEmpty()) {
      throw new IllegalArgumentException(
          conflicts.stream().map(RuleConflict::message).collect(Collectors.joining("; ")));
    }
    RuleTree tree = new RuleTree();
    for (AccessRule rule : rules) {
      tree.add(rule.path(), rule);
    }
    for (AccessRule rule : rules) {
      PathPattern slashed = rule.slashedDenial();
      if (slashed != null) {
        tree.add(slashed, rule);
      }
    }
    return new AccessRules(tree.freeze(), otherwise(whenNothingMatches));
  }

  private static AccessRule otherwise(Access access) {
    return new AccessRule(
        AccessRule.ANY_METHOD, PathPattern.parse("/**"), access, false, "no rule names it");
  }

  /**
   * Finds rules of which neither is more specific than the other, though both speak for some request and
   * ask different things, or are for the same path and method.
   *
   * @param rules the rules
   * @return the pairs, at most {@value RuleConflicts#MAX_REPORTED} of them; empty if the table is sound
   */
  public static List<RuleConflict> conflicts(List<AccessRule> rules) {
    return new RuleConflicts(rules).find();
  }

  /**
   * Finds rules that close a path and leave its spelling with a slash at the end open.
   *
   * @param rules rules without conflicts
   * @return one line for each, at most {@value OpenNeighbors#MAX_REPORTED}
   */
  public static List<String> openNeighbors(List<AccessRule> rules) {
    return new OpenNeighbors(rules).find();
  }

  /**
   * The rule that speaks for a target.
   *
   * @param target what is asked for
   * @return the rule; where none speaks, one that says what holds then and whose source says that no rule
   *     names the target
   */
  public AccessRule match(Target target) {
    @Nullable
    AccessRule found = target.path().startsWith("/")
        ? new RuleWalk(target.path(), target.method()).from(root)
        : null;
    return found == null ? otherwise : found;
  }
}
