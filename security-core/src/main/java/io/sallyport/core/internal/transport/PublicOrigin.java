package io.sallyport.core.internal.transport;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The address under which people reach the application over HTTPS: scheme, host and port, no path. */
public final class PublicOrigin {

  private static final Pattern WRITTEN =
      Pattern.compile("https://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)(?::([1-9][0-9]{0,4}))?");
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
  private static final int MAX_HOST = 253;
  private static final int MAX_PORT = 65_535;

  private final String text;

  private PublicOrigin(String text) {
    this.text = text;
  }

  /**
   * Reads an origin.
   *
   * @throws IllegalArgumentException if it is anything but https, a host and perhaps a port
   */
  public static PublicOrigin of(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches() || !isHost(written.group(1)) || !isPort(written.group(2))) {
      throw new IllegalArgumentException(
          "expected https://, a host and perhaps a port, without a slash at the end or anything else,"
              + " such as https://app.example.org or https://app.example.org:8443");
    }
    return new PublicOrigin(text);
  }

  private static boolean isHost(String host) {
    if (host.startsWith("[")) {
      return NumericAddress.parse(host.substring(1, host.length() - 1)) != null;
    }
    if (host.length() > MAX_HOST) {
      return false;
    }
    String[] labels = host.split("\\.", -1);
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    // what ends in a number is an address to every browser, and must be one
    boolean isNumeric = labels[labels.length - 1].chars().allMatch(c -> c >= '0' && c <= '9');
    return !isNumeric || NumericAddress.parse(host) != null;
  }

  private static boolean isPort(@Nullable String port) {
    return port == null || Integer.parseInt(port) <= MAX_PORT;
  }

  @Override
  public String toString() {
    return text;
  }
}
