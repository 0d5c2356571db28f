package io.sallyport.core.internal.browser;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page comes from, as browsers tell and compare it: scheme, host and port, nothing else. Two origins
 * are the same if they are equal.
 *
 * @param scheme in lower case
 * @param host in lower case, in its ASCII form
 * @param port the port, {@value #DEFAULT_PORT} for that of the scheme
 */
public record WebOrigin(String scheme, String host, int port) {

  private static final int DEFAULT_PORT = -1;
  private static final int MAX_LENGTH = 512;
  private static final int MAX_PORT = 65_535;

  // letters of other scripts that fold into ASCII do not match
  private static final Pattern FORM = Pattern.compile(
      "([a-z][a-z0-9+.-]*)://((?:[a-z0-9_-]+\\.)*[a-z0-9_-]+|\\[[0-9a-f:.]+])(?::([1-9][0-9]{0,4}))?",
      Pattern.CASE_INSENSITIVE);

  /**
   * Reads an origin as a header field has it.
   *
   * @param text what was sent
   * @return the origin; empty for {@code null}, a path, user information, and whatever else is none
   */
  public static Optional<WebOrigin> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String scheme = form.group(1).toLowerCase(Locale.ROOT);
    int port = form.group(3) == null ? DEFAULT_PORT : Integer.parseInt(form.group(3));
    return port > MAX_PORT
        ? Optional.empty()
        : Optional.of(new WebOrigin(
            scheme,
            form.group(2).toLowerCase(Locale.ROOT),
            isDefault(port, scheme) ? DEFAULT_PORT : port));
  }

  private static boolean isDefault(int port, String scheme) {
    return (port == 443 && scheme.equals("https")) || (port == 80 && scheme.equals("http"));
  }

  /**
   * Whether a page of this origin was served by a host.
   *
   * @param authority host and port, as the field {@code Host} has them
   * @param secure whether it was asked over TLS; where it was not, a proxy may have been
   */
  boolean isServedBy(String authority, boolean secure) {
    return (scheme.equals("https") || (scheme.equals("http") && !secure))
        && parse(scheme + "://" + authority).filter(this::equals).isPresent();
  }

  /** The origin as browsers write it. */
  @Override
  public String toString() {
    return scheme + "://" + host + (port == DEFAULT_PORT ? "" : ":" + port);
  }
}
