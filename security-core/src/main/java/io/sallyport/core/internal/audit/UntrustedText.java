package io.sallyport.core.internal.audit;

/** Makes text that a client may have chosen safe to show: of bounded length, and without what moves a cursor. */
final class UntrustedText {

  /** The most characters of one field that are written. */
  static final int MAX_LENGTH = 1024;

  private UntrustedText() {}

  /** The text, or its beginning with a mark that tells its whole length. */
  static String cut(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    boolean splitsPair =
        Character.isSurrogatePair(text.charAt(MAX_LENGTH - 1), text.charAt(MAX_LENGTH));
    return text.substring(0, splitsPair ? MAX_LENGTH - 1 : MAX_LENGTH)
        + "...[cut, has "
        + text.length()
        + " characters]";
  }

  /**
   * Whether a terminal or a log viewer may take the character for a command: a control character, an end
   * of line, a change of direction or another invisible one, or half of a surrogate pair.
   */
  static boolean isUnsafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> true;
      default -> false;
    };
  }

  /** Cuts the text and writes each unsafe character, backslash and quote of it so that it can be seen. */
  static void append(StringBuilder to, String text) {
    cut(text).codePoints().forEach(codePoint -> {
      if (codePoint == '\\' || codePoint == '"') {
        to.append('\\').append((char) codePoint);
      } else if (isUnsafe(codePoint)) {
        to.append(String.format(codePoint > 0xFFFF ? "\\u{%x}" : "\\u%04x", codePoint));
      } else {
        to.appendCodePoint(codePoint);
      }
    });
  }
}
