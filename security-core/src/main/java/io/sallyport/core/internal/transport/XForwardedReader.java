package io.sallyport.core.internal.transport;

import io.sallyport.core.internal.transport.Hops.Scheme;
import io.sallyport.core.internal.transport.NodeText.Kind;
import io.sallyport.core.internal.transport.NodeText.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads {@code X-Forwarded-For} and {@code X-Forwarded-Proto}. Several lines are one list; every element
 * must be sound, also those that do not count.
 */
final class XForwardedReader {

  static final String FOR = "X-Forwarded-For";
  static final String PROTO = "X-Forwarded-Proto";

  private XForwardedReader() {}

  static Hops read(Function<String, List<String>> headers) {
    return new Hops(
        elements(FOR, headers.apply(FOR), XForwardedReader::address),
        elements(PROTO, headers.apply(PROTO), XForwardedReader::scheme));
  }

  /** What an element says; empty if it is not sound. */
  private interface Element<T> {
    Optional<T> read(String text);
  }

  private static <T> List<T> elements(String field, List<String> lines, Element<T> element) {
    if (lines.isEmpty()) {
      return List.of();
    }
    ReportBounds.checkLength(field, lines);
    List<T> elements = new ArrayList<>(4);
    for (String line : lines) {
      int from = 0;
      while (from <= line.length()) {
        int comma = line.indexOf(',', from);
        int end = comma < 0 ? line.length() : comma;
        ReportBounds.checkCount(field, elements.size());
        elements.add(element
            .read(trimmed(line, from, end))
            .orElseThrow(() -> new MalformedReportException(field
                + " from a trusted proxy has a malformed element, number "
                + (elements.size() + 1))));
        from = end + 1;
      }
    }
    return elements;
  }

  /** Blanks and tabs around an element belong to the list. */
  private static String trimmed(String line, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isBlank(line.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static Optional<Optional<NumericAddress>> address(String text) {
    Node node = NodeText.readBare(text);
    return node.kind() == Kind.BROKEN ? Optional.empty() : Optional.of(node.address());
  }

  static Optional<Scheme> scheme(String text) {
    if (NodeText.isWord(text, "https")) {
      return Optional.of(Scheme.HTTPS);
    }
    return NodeText.isWord(text, "http") ? Optional.of(Scheme.HTTP) : Optional.empty();
  }
}
