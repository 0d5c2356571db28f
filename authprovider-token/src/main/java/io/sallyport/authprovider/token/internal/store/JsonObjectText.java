package io.sallyport.authprovider.token.internal.store;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes a flat JSON object on one line, such that whatever a text holds comes back and harms no terminal. */
final class JsonObjectText {

  private final StringBuilder out = new StringBuilder(300);

  JsonObjectText number(String key, long value) {
    key(key);
    out.append(value);
    return this;
  }

  /** Nothing where there is no value. */
  JsonObjectText text(String key, @Nullable Object value) {
    if (value != null) {
      key(key);
      quote(value.toString());
    }
    return this;
  }

  /** Nothing where there is no list. */
  JsonObjectText texts(String key, @Nullable Collection<?> values) {
    if (values != null) {
      key(key);
      out.append('[');
      String comma = "";
      for (Object value : values) {
        out.append(comma);
        quote(value.toString());
        comma = ",";
      }
      out.append(']');
    }
    return this;
  }

  private void key(String key) {
    if (!out.isEmpty()) {
      out.append(',');
    }
    quote(key);
    out.append(':');
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else if (isPlain(c)) {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    out.append('"');
  }

  private static boolean isPlain(char c) {
    if (c < 0x7f) {
      return c >= 0x20;
    }
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.UNASSIGNED;
  }

  /** The members without the braces. */
  @Override
  public String toString() {
    return out.toString();
  }
}
