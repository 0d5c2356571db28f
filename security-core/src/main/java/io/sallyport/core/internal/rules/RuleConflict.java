package io.sallyport.core.internal.rules;

/**
 * Two rules of which neither is more specific than the other.
 *
 * @param first the one that stands first
 * @param second the other one
 */
public record RuleConflict(AccessRule first, AccessRule second) {

  /**
   * What is wrong, and what to do.
   *
   * @return a sentence that names both rules
   */
  public String message() {
    return "\""
        + first.source()
        + "\" and \""
        + second.source()
        + "\" speak for the same request and neither is more specific"
        + (first.path().equals(second.path()) ? "" : slashed())
        + "; remove one, or make its path or method more specific";
  }

  private String slashed() {
    return second.path().equals(first.slashedDenial())
            || first.path().equals(second.slashedDenial())
        ? " (a deny also covers the path with a trailing slash)"
        : "";
  }
}
