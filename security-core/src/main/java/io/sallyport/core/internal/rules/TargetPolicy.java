package io.sallyport.core.internal.rules;

import java.util.Set;

/**
 * What the configuration lets through by name that {@link RequestTarget} refuses otherwise.
 *
 * @param pathParameters the names of the path parameters that a segment may carry, such as {@code
 *     jsessionid}; compared exactly. They never count in matching.
 */
public record TargetPolicy(Set<String> pathParameters) {

  /** Lets nothing through. */
  public static final TargetPolicy STRICT = new TargetPolicy(Set.of());

  /**
   * A policy.
   *
   * @param pathParameters the permitted names
   */
  public TargetPolicy {
    pathParameters = Set.copyOf(pathParameters);
    for (String name : pathParameters) {
      if (!isParameterName(name)) {
        throw new IllegalArgumentException(
            "a path parameter's name must be letters, digits, '.', '_', '-' or '~', got \"" + name
                + "\"");
      }
    }
  }

  private static boolean isParameterName(String name) {
    return !name.isEmpty() && name.chars().allMatch(TargetPolicy::isUnreserved);
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-'
        || c == '~';
  }
}
