package io.sallyport.core.internal.rules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rules have in common up to some segment, and how they go on. Immutable, and equal to nothing
 * but itself.
 */
final class RuleNode {

  private final RegionTable<RuleNode> literals;
  private final List<Partial> partials;
  private final @Nullable RuleNode any;
  private final @Nullable RuleNode rest;
  private final Map<String, AccessRule> byMethod;
  private final @Nullable AccessRule everyMethod;

  /**
   * A segment with an asterisk in it.
   *
   * @param pattern the segment
   * @param next where it leads
   */
  record Partial(String pattern, RuleNode next) {}

  RuleNode(
      RegionTable<RuleNode> literals,
      List<Partial> partials,
      @Nullable RuleNode any,
      @Nullable RuleNode rest,
      Map<String, AccessRule> byMethod,
      @Nullable AccessRule everyMethod) {
    this.literals = literals;
    this.partials = List.copyOf(partials);
    this.any = any;
    this.rest = rest;
    this.byMethod = Map.copyOf(byMethod);
    this.everyMethod = everyMethod;
  }

  /** Where a segment that is spelled out leads. */
  RegionTable<RuleNode> literals() {
    return literals;
  }

  /** Where a segment with an asterisk in it leads, the most specific one first. */
  List<Partial> partials() {
    return partials;
  }

  /** Where a segment leads that may be anything but empty. */
  @Nullable
  RuleNode any() {
    return any;
  }

  /** Where any number of segments leads. */
  @Nullable
  RuleNode rest() {
    return rest;
  }

  /** The rule that ends here: one that names the method before one that names none. */
  @Nullable
  AccessRule rule(String method) {
    AccessRule named = byMethod.isEmpty() ? null : byMethod.get(method);
    return named == null ? everyMethod : named;
  }

  boolean isLeaf() {
    return literals.isEmpty() && partials.isEmpty() && any == null && rest == null;
  }
}
