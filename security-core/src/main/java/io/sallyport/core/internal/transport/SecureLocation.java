package io.sallyport.core.internal.transport;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a request over plain HTTP is sent on to: the configured origin, and path and query as they were
 * sent. Whatever no URI may hold is escaped, so that nothing leads out of the header field; and since the
 * origin comes first, nothing leads to another host.
 */
final class SecureLocation {

  private static final String PATH = "-._~!$&'()*+,=:@%/";
  private static final String QUERY = PATH + ";?";

  private final StringBuilder location;

  private SecureLocation(PublicOrigin origin) {
    this.location = new StringBuilder(128).append(origin);
  }

  /**
   * The location.
   *
   * @param target the path as sent, or a URI in absolute form, of which the path counts. Path parameters
   *     are left out: a session in one has been sent in clear, and must not be used on
   * @param query the query as sent, null if there is none
   */
  static String of(PublicOrigin origin, String target, @Nullable String query) {
    int path = pathOf(target);
    SecureLocation made = new SecureLocation(origin);
    made.appendPath(path < 0 ? "/" : target.substring(path));
    if (query != null) {
      made.location.append('?');
      made.append(query, QUERY);
    }
    return made.location.toString();
  }

  private static int pathOf(String target) {
    int authority = target.indexOf("://");
    return target.startsWith("/") || authority < 0
        ? target.indexOf('/')
        : target.indexOf('/', authority + 3);
  }

  private void appendPath(String path) {
    int from = 0;
    while (from < path.length()) {
      int parameter = path.indexOf(';', from);
      int end = parameter < 0 ? path.length() : parameter;
      append(path.substring(from, end), PATH);
      int slash = path.indexOf('/', end);
      from = slash < 0 ? path.length() : slash;
    }
  }

  private void append(String text, String permitted) {
    text.codePoints().forEach(c -> {
      if (isAlphanumeric(c) || permitted.indexOf(c) >= 0) {
        location.appendCodePoint(c);
      } else {
        escape(c);
      }
    });
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private void escape(int codePoint) {
    for (byte octet : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      location
          .append('%')
          .append(Character.toUpperCase(Character.forDigit(octet >> 4 & 15, 16)))
          .append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
    }
  }
}
