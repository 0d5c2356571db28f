package io.sallyport.core.internal.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** How text of others appears in messages: escaped, cut, and hidden where it may be a secret. */
final class Shown {

  private static final int MAX_LENGTH = 60;
  private static final int MAX_PATH_LENGTH = 240;
  private static final String[] SECRET_WORDS = {"password", "secret", "key", "hash", "token"};

  /** Sections that hold settings about secrets, yet are none themselves. */
  private static final Set<String> HARMLESS = Set.of("token_generator");

  private Shown() {}

  /** The text with everything escaped that does not simply stand on a line, cut if it is long. */
  static String of(String text) {
    var shown = new StringBuilder();
    int i = 0;
    while (i < text.length() && shown.length() < MAX_LENGTH) {
      int c = text.codePointAt(i);
      append(shown, c);
      i += Character.charCount(c);
    }
    return i < text.length() ? shown.append('…').toString() : shown.toString();
  }

  /** A path with everything escaped that does not simply stand on a line; a long one keeps its end. */
  static String path(Path path) {
    String text = path.toString();
    int start = Math.max(0, text.length() - MAX_PATH_LENGTH);
    var shown = new StringBuilder(start > 0 ? "…" : "");
    text.substring(start).codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    if (c == '\n') {
      shown.append("\\n");
    } else if (c == '\r') {
      shown.append("\\r");
    } else if (c == '\t') {
      shown.append("\\t");
    } else if (c == '"' || c == '\\') {
      shown.append('\\').append((char) c);
    } else if (isPlain(c)) {
      shown.appendCodePoint(c);
    } else {
      shown.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
    }
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED -> false;
      default -> true;
    };
  }

  /** Whether what stands under a key of this name may be a secret. */
  static boolean isSecretName(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    if (HARMLESS.contains(lower)) {
      return false;
    }
    for (String word : SECRET_WORDS) {
      if (lower.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
