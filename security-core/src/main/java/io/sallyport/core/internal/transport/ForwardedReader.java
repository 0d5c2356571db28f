package io.sallyport.core.internal.transport;

import io.sallyport.core.internal.transport.Hops.Scheme;
import io.sallyport.core.internal.transport.NodeText.Kind;
import io.sallyport.core.internal.transport.NodeText.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads {@code Forwarded} by the grammar of RFC 7239, section 4. Several lines are one list. An element
 * without any parameter is refused, though the grammar has a place for it: whether it counts as a hop is a
 * matter of opinion.
 */
final class ForwardedReader {

  static final String FIELD = "Forwarded";

  private static final int MAX_PARAMETERS = 16;
  private static final String SEPARATORS = "!#$%&'*+-.^_`|~";

  private final List<Optional<NumericAddress>> addresses = new ArrayList<>(4);
  private final List<Scheme> schemes = new ArrayList<>(4);
  private boolean tellsAddresses;
  private boolean tellsSchemes;

  private String line = "";
  private int position;
  private final List<String> names = new ArrayList<>(4);
  private Optional<NumericAddress> address = Optional.empty();
  private Scheme scheme = Scheme.UNSAID;

  private ForwardedReader() {}

  static Hops read(Function<String, List<String>> headers) {
    List<String> lines = headers.apply(FIELD);
    ReportBounds.checkLength(FIELD, lines);
    ForwardedReader reader = new ForwardedReader();
    lines.forEach(reader::readLine);
    return new Hops(
        reader.tellsAddresses ? reader.addresses : List.of(),
        reader.tellsSchemes ? reader.schemes : List.of());
  }

  private void readLine(String text) {
    line = text;
    position = 0;
    readElement();
    while (isAt(',')) {
      position++;
      readElement();
    }
    if (position < line.length()) {
      throw malformed();
    }
  }

  private void readElement() {
    ReportBounds.checkCount(FIELD, schemes.size());
    names.clear();
    address = Optional.empty();
    scheme = Scheme.UNSAID;
    skipBlanks();
    readParameters();
    skipBlanks();
    addresses.add(address);
    schemes.add(scheme);
  }

  private void readParameters() {
    boolean more = true;
    while (more) {
      if (position < line.length() && isTokenCharacter(line.charAt(position))) {
        readParameter();
      }
      more = isAt(';');
      if (more) {
        position++;
      }
    }
    if (names.isEmpty()) {
      throw malformed();
    }
  }

  private void readParameter() {
    String name = token().toLowerCase(Locale.ROOT);
    if (names.contains(name) || names.size() == MAX_PARAMETERS || !isAt('=')) {
      throw malformed();
    }
    names.add(name);
    position++;
    String value = isAt('"') ? quoted() : token();
    if (name.equals("for")) {
      Node node = NodeText.read(value);
      if (node.kind() == Kind.BROKEN) {
        throw malformed();
      }
      address = node.address();
      tellsAddresses = true;
    } else if (name.equals("proto")) {
      scheme = XForwardedReader.scheme(value).orElseThrow(this::malformed);
      tellsSchemes = true;
    }
  }

  private String token() {
    int start = position;
    while (position < line.length() && isTokenCharacter(line.charAt(position))) {
      position++;
    }
    if (position == start) {
      throw malformed();
    }
    return line.substring(start, position);
  }

  private String quoted() {
    StringBuilder text = new StringBuilder();
    position++;
    while (!isAt('"')) {
      if (isAt('\\')) {
        position++;
      }
      if (position == line.length() || !isText(line.charAt(position))) {
        throw malformed();
      }
      text.append(line.charAt(position++));
    }
    position++;
    return text.toString();
  }

  private boolean isAt(char c) {
    return position < line.length() && line.charAt(position) == c;
  }

  private void skipBlanks() {
    while (isAt(' ') || isAt('\t')) {
      position++;
    }
  }

  private static boolean isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || SEPARATORS.indexOf(c) >= 0;
  }

  /** What a quoted text may hold: no control character but the tab. */
  private static boolean isText(char c) {
    return c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff);
  }

  private MalformedReportException malformed() {
    return new MalformedReportException(
        FIELD + " from a trusted proxy is malformed, in element " + (schemes.size() + 1));
  }
}
