package io.sallyport.core.internal.rules;

import org.jspecify.annotations.Nullable;

/** A request's method, by RFC 9110: a token, compared exactly. */
final class MethodToken {

  static final int MAX_LENGTH = 64;

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

  /** The method that is decided on: what a client may GET it may ask the HEAD of. */
  static String decidedOn(String method) {
    return method.equals("HEAD") ? "GET" : method;
  }
}
