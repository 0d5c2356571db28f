package io.sallyport.core.internal.http;

import io.sallyport.api.Challenge;
import java.util.stream.Collectors;

/** Writes a challenge as a {@code WWW-Authenticate} field (RFC 9110 section 11.6.1). */
final class ChallengeText {

  private ChallengeText() {}

  static String of(Challenge.Header challenge) {
    return challenge.scheme()
        + challenge.parameters().entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + quoted(parameter.getValue()))
            .collect(Collectors.joining(", ", challenge.parameters().isEmpty() ? "" : " ", ""));
  }

  /** A quoted-string (RFC 9110 section 5.6.4), without what could end the field. */
  private static String quoted(String value) {
    StringBuilder text = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c < ' ' || c > '~' ? '?' : c);
    }
    return text.append('"').toString();
  }
}
