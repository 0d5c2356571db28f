package io.sallyport.core.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and values as a form or a query writes them; each name once. */
public final class FormText {

  private static final int MAX_LENGTH = 32 * 1024;

  private FormText() {}

  /**
   * Reads a body.
   *
   * @param body the body, of which no more than 32 KiB are read
   * @return the values by their names
   * @throws IllegalArgumentException if it is too long or no form; the message is for the caller
   * @throws IOException if the body cannot be read
   */
  public static Map<String, String> read(InputStream body) throws IOException {
    byte[] content = body.readNBytes(MAX_LENGTH + 1);
    if (content.length > MAX_LENGTH) {
      throw new IllegalArgumentException("The body is longer than " + MAX_LENGTH + " bytes.");
    }
    return parse(new String(content, StandardCharsets.US_ASCII));
  }

  /**
   * Reads a query.
   *
   * @param text what stands behind the question mark, null if there is none
   * @return the values by their names
   * @throws IllegalArgumentException if it cannot be read in one way; the message is for the caller
   */
  public static Map<String, String> parse(@Nullable String text) {
    Map<String, String> values = new LinkedHashMap<>();
    if (text == null) {
      return values;
    }
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (values.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("A parameter is there twice.");
      }
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("A parameter has a broken percent sign.", e);
    }
  }
}
