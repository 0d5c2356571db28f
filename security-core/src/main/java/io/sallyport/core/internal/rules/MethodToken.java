package io.sallyport.core.internal.rules;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request's method, by RFC 9110: a token, compared exactly. */
final class MethodToken {

  static final int MAX_LENGTH = 64;

  private static final Set<String> STANDARD =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private static final String MARKS = "!#$%&'*+-.^_`|~";

  private MethodToken() {}

  static boolean isValid(@Nullable String method) {
    if (method == null || method.isEmpty() || method.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < method.length(); i++) {
      if (!isTokenCharacter(method.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTokenCharacter(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || MARKS.indexOf(c) >= 0;
  }

  /**
   * Why a method must not be decided on, null if it may be. A standard one in another case is another
   * method to us and to some applications, and the same one to those that fold the case.
   */
  static @Nullable String problem(@Nullable String method) {
    if (method == null || !isValid(method)) {
      return "a method that is not a token of 1 to " + MAX_LENGTH + " characters";
    }
    if (method.equals("TRACE")) {
      return "the method TRACE, which would echo credentials";
    }
    return isStandardInAnotherCase(method)
        ? "a standard method in another case than its own"
        : null;
  }

  static boolean isStandardInAnotherCase(String method) {
    return !STANDARD.contains(method) && STANDARD.contains(method.toUpperCase(Locale.ROOT));
  }

  /** The method that is decided on: what a client may GET it may ask the HEAD of. */
  static String decidedOn(String method) {
    return method.equals("HEAD") ? "GET" : method;
  }
}
