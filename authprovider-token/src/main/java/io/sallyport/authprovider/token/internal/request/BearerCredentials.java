package io.sallyport.authprovider.token.internal.request;

import io.sallyport.authprovider.token.internal.jws.Verdict;
import java.util.Optional;

/** An {@code Authorization} field with the scheme Bearer: RFC 6750 section 2.1. */
final class BearerCredentials {

  private static final String SCHEME = "Bearer";

  private BearerCredentials() {}

  /** The token of a field, or why it has none; empty if the field is of another scheme. */
  static Optional<Verdict<String>> token(String field) {
    int end = 0;
    while (end < field.length() && isTokenCharacter(field.charAt(end))) {
      end++;
    }
    if (end != SCHEME.length() || !field.regionMatches(true, 0, SCHEME, 0, end)) {
      return Optional.empty();
    }
    int start = end;
    while (start < field.length() && field.charAt(start) == ' ') {
      start++;
    }
    String token = field.substring(start);
    return Optional.of(
        start > end && isB64Token(token)
            ? Verdict.accepted(token)
            : Verdict.malformed("Bearer must be followed by a space and one token"));
  }

  /** Whether a character may stand in a scheme or a field's name: RFC 9110 section 5.6.2. */
  static boolean isTokenCharacter(int c) {
    return isAlphanumeric(c) || (c < 0x7F && "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }

  private static boolean isB64Token(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && "-._~+/".indexOf(c) < 0) {
        return false;
      }
    }
    return end > 0;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
