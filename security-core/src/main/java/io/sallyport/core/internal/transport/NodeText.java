package io.sallyport.core.internal.transport;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node in the words of RFC 7239: an address with or without a port, {@code unknown}, or an identifier
 * that begins with an underscore.
 */
final class NodeText {

  private static final String UNKNOWN = "unknown";
  private static final int MAX_PORT = 65_535;

  /** What a node says. */
  enum Kind {
    ADDRESS,
    HIDDEN,
    BROKEN
  }

  /**
   * A node that was read.
   *
   * @param address there if it is an address, and only then
   */
  record Node(Kind kind, Optional<NumericAddress> address) {}

  private static final Node BROKEN = new Node(Kind.BROKEN, Optional.empty());
  private static final Node HIDDEN = new Node(Kind.HIDDEN, Optional.empty());

  private NodeText() {}

  /** Reads a node as {@code X-Forwarded-For} has it, where IPv6 also stands without brackets. */
  static Node readBare(String text) {
    NumericAddress address = NumericAddress.parse(text);
    return address == null ? read(text) : found(address);
  }

  /** Reads a node as {@code Forwarded} has it. */
  static Node read(String text) {
    if (text.startsWith("[")) {
      return readBracketed(text);
    }
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    if (colon >= 0 && !isPort(text.substring(colon + 1))) {
      return BROKEN;
    }
    if (isWord(name, UNKNOWN) || isObfuscated(name)) {
      return HIDDEN;
    }
    return found(NumericAddress.parse(name));
  }

  private static Node readBracketed(String text) {
    int end = text.indexOf(']');
    int colon = text.indexOf(':');
    boolean sound = colon > 0
        && colon < end
        && (end == text.length() - 1
            || (text.charAt(end + 1) == ':' && isPort(text.substring(end + 2))));
    return sound ? found(NumericAddress.parse(text.substring(1, end))) : BROKEN;
  }

  private static Node found(@Nullable NumericAddress address) {
    return address == null ? BROKEN : new Node(Kind.ADDRESS, Optional.of(address));
  }

  /**
   * Whether a text is a word of small letters, in any case of ASCII. For {@code equalsIgnoreCase}, some
   * letters of other scripts are the same.
   */
  static boolean isWord(String text, String word) {
    if (text.length() != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPort(String text) {
    if (isObfuscated(text)) {
      return true;
    }
    return !text.isEmpty()
        && text.length() <= 5
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(text) <= MAX_PORT;
  }

  private static boolean isObfuscated(String text) {
    return text.length() > 1
        && text.charAt(0) == '_'
        && text.chars().allMatch(NodeText::isObfuscatedCharacter);
  }

  private static boolean isObfuscatedCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
