package io.sallyport.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text fields from the bytes of an input: one a line, in UTF-8, and <code>&#92;uXXXX</code> for any
 * character, line feeds and half surrogate pairs included.
 */
public final class Fields {

  private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

  private final List<String> lines;

  private Fields(List<String> lines) {
    this.lines = lines;
  }

  /** The fields of an input. */
  public static Fields of(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    String ended = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return new Fields(
        Pattern.compile("\n").splitAsStream(ended).map(Fields::unescaped).toList());
  }

  private static String unescaped(String line) {
    return ESCAPED
        .matcher(line)
        .replaceAll(escape ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
  }

  /** The field at a position, null if there are fewer. */
  public @Nullable String orNull(int index) {
    return index < lines.size() ? lines.get(index) : null;
  }

  /** The field at a position, empty if there are fewer. */
  public String text(int index) {
    return index < lines.size() ? lines.get(index) : "";
  }

  /** The fields from a position on. */
  public List<String> from(int index) {
    return lines.subList(Math.min(index, lines.size()), lines.size());
  }
}
