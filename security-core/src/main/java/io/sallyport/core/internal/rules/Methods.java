package io.sallyport.core.internal.rules;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The methods that a rule speaks for, as a request's method is compared with them.
 *
 * @param any whether it speaks for every method
 * @param names the methods that it names; empty if it speaks for every method
 */
record Methods(boolean any, Set<String> names) {

  /** What stands for every method in a list. */
  static final String WILDCARD = "*";

  static final Methods ANY = new Methods(true, Set.of());

  Methods {
    names = Set.copyOf(names);
  }

  /**
   * Checks a list of methods. A wildcard anywhere in it means every method.
   *
   * @throws IllegalArgumentException if it is empty or holds what no request can match
   */
  static Methods of(Collection<String> listed) {
    if (listed.isEmpty()) {
      throw new IllegalArgumentException("expected at least one method, or * for every method");
    }
    Set<String> names = new LinkedHashSet<>();
    for (String method : listed) {
      names.add(checked(method));
    }
    if (names.contains(WILDCARD)) {
      return ANY;
    }
    // a request for HEAD is decided on as GET, so HEAD alone would silently match nothing
    if (names.remove("HEAD") && !names.contains("GET")) {
      throw new IllegalArgumentException("HEAD is decided on as GET; write GET, or both");
    }
    return new Methods(false, names);
  }

  /** The same after changing the methods to upper case, as roles files have it. */
  static Methods ofAnyCase(Collection<String> listed) {
    return of(listed.stream().map(Methods::upperCase).toList());
  }

  // what is no token stays as it is: some letters beyond ASCII turn into ASCII ones
  private static String upperCase(String method) {
    return MethodToken.isValid(method) ? method.toUpperCase(Locale.ROOT) : method;
  }

  /** The methods of both. */
  Methods and(Methods other) {
    if (any || other.any) {
      return ANY;
    }
    Set<String> both = new LinkedHashSet<>(names);
    both.addAll(other.names);
    return new Methods(false, both);
  }

  private static String checked(String method) {
    if (!MethodToken.isValid(method)) {
      throw new IllegalArgumentException(
          "expected methods such as GET, or * for every method, got \"" + method + "\"");
    }
    if (MethodToken.isStandardInAnotherCase(method)) {
      throw new IllegalArgumentException("methods are compared exactly; write "
          + method.toUpperCase(Locale.ROOT) + ", got \"" + method + "\"");
    }
    return method;
  }

  boolean contains(String method) {
    return any || names.contains(method);
  }

  boolean overlaps(Methods other) {
    return any || other.any || names.stream().anyMatch(other.names::contains);
  }

  @Override
  public String toString() {
    return any ? WILDCARD : String.join(",", names.stream().sorted().toList());
  }
}
