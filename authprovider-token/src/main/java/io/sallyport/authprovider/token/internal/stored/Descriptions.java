package io.sallyport.authprovider.token.internal.stored;

import org.jspecify.annotations.Nullable;

/** What tokens are for, in their owners' words: shown to others, so that nothing in it may change how they read it. */
final class Descriptions {

  static final int MAX_LENGTH = 255;

  private Descriptions() {}

  /** The description as it is kept; null if there is none. */
  static @Nullable String checked(@Nullable String description) {
    if (description == null || description.isBlank()) {
      return null;
    }
    if (description.length() > MAX_LENGTH
        || description.codePoints().anyMatch(Descriptions::isOdd)) {
      throw new IllegalArgumentException(
          "description: expected at most " + MAX_LENGTH
              + " characters without control characters, line breaks and changes of the writing direction");
    }
    return description;
  }

  private static boolean isOdd(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c)
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
