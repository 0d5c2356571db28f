package io.sallyport.authprovider.password.internal;

/** Shows a name that somebody else chose, so that it can neither break a line nor look like another. */
final class Quoted {

  private Quoted() {}

  /** The name in quotation marks, with everything escaped that does not show as itself. */
  static String of(String name) {
    StringBuilder shown = new StringBuilder(name.length() + 2).append('"');
    name.codePoints().forEach(c -> append(shown, c));
    return shown.append('"').toString();
  }

  private static void append(StringBuilder shown, int c) {
    if (c == '"' || c == '\\') {
      shown.append('\\').append((char) c);
    } else if (showsAsItself(c)) {
      shown.appendCodePoint(c);
    } else {
      shown.append(String.format("\\u{%x}", c));
    }
  }

  private static boolean showsAsItself(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
