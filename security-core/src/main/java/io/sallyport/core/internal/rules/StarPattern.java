package io.sallyport.core.internal.rules;

/**
 * A path as roles files have it: an asterisk stands for any characters, slashes included, and all else for
 * itself; a pattern that ends in a slash and an asterisk includes the path without the two.
 */
final class StarPattern {

  static final int MAX_LENGTH = 1024;

  private StarPattern() {}

  /**
   * Checks a pattern.
   *
   * @throws IllegalArgumentException if no request's path can ever match it
   */
  static void check(String pattern) {
    if (pattern.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a path must have at most " + MAX_LENGTH + " characters");
    }
    if (!pattern.startsWith("/") && !pattern.startsWith("*")) {
      throw new IllegalArgumentException("a path must begin with / or *, or it matches nothing");
    }
    if (pattern.chars().anyMatch(PathCharacters::isControl)) {
      throw new IllegalArgumentException("a path must not hold control characters");
    }
    if (pattern.indexOf('%') >= 0) {
      throw new IllegalArgumentException(
          "a path is compared with the decoded path; write the character itself instead of %");
    }
    if (pattern.indexOf('\\') >= 0 || pattern.contains("//")) {
      throw new IllegalArgumentException(
          "a path must not hold \\ or //; where such paths are permitted, an asterisk is for them");
    }
    for (String segment : pattern.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException("a path must not have . or .. as a segment");
      }
    }
  }
}
