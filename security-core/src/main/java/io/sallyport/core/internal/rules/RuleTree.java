package io.sallyport.core.internal.rules;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Grows the tree that {@link RuleWalk} walks. */
final class RuleTree {

  // the second comparison only makes the order the same in every run: conflicting rules are refused
  private static final Comparator<Segment> MOST_SPECIFIC_FIRST =
      Comparator.comparingInt(Segment::literalCharacters).reversed().thenComparing(Segment::text);

  private final Map<String, RuleTree> literals = new HashMap<>();
  private final Map<Segment, RuleTree> partials = new TreeMap<>(MOST_SPECIFIC_FIRST);
  private final Map<String, AccessRule> byMethod = new HashMap<>();
  private @Nullable RuleTree any;
  private @Nullable RuleTree rest;
  private @Nullable AccessRule everyMethod;

  /** Adds a rule; an earlier one for the same path and method stays. */
  void add(PathPattern path, AccessRule rule) {
    RuleTree node = this;
    for (Segment segment : path.segments()) {
      node = node.child(segment);
    }
    node.end(rule);
  }

  private RuleTree child(Segment segment) {
    return switch (segment.kind()) {
      case LITERAL -> literals.computeIfAbsent(segment.text(), text -> new RuleTree());
      case PARTIAL -> partials.computeIfAbsent(segment, pattern -> new RuleTree());
      case ANY -> any();
      case REST -> rest();
    };
  }

  private RuleTree any() {
    if (any == null) {
      any = new RuleTree();
    }
    return any;
  }

  private RuleTree rest() {
    if (rest == null) {
      rest = new RuleTree();
    }
    return rest;
  }

  private void end(AccessRule rule) {
    Methods methods = rule.methodSet();
    if (methods.any()) {
      everyMethod = everyMethod == null ? rule : everyMethod;
    }
    methods.names().forEach(method -> byMethod.putIfAbsent(method, rule));
  }

  RuleNode freeze() {
    Map<String, RuleNode> frozen = new HashMap<>();
    literals.forEach((text, node) -> frozen.put(text, node.freeze()));
    List<RuleNode.Partial> patterns = partials.entrySet().stream()
        .map(entry ->
            new RuleNode.Partial(entry.getKey().text(), entry.getValue().freeze()))
        .toList();
    return new RuleNode(
        new RegionTable<>(frozen),
        patterns,
        any == null ? null : any.freeze(),
        rest == null ? null : rest.freeze(),
        byMethod,
        everyMethod);
  }
}
