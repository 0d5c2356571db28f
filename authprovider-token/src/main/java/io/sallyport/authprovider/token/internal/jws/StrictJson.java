package io.sallyport.authprovider.token.internal.jws;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the flat objects that tokens of ours consist of.
 *
 * <p>Nimbus's reader refuses members that occur twice, but not inside of nested objects, and it
 * skips a byte order mark. Tokens of ours nest nothing but lists of texts, so whatever nests more is
 * refused before it is parsed, which bounds the depth as well.
 */
public final class StrictJson {

  private StrictJson() {}

  /** The members; empty if the bytes are not UTF-8 or not one flat object, each member there once. */
  public static Optional<Map<String, Object>> object(byte[] utf8) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return isFlat(text) ? Optional.of(JSONObjectUtils.parse(text)) : Optional.empty();
    } catch (CharacterCodingException | ParseException e) {
      return Optional.empty();
    }
  }

  /** Whether the text begins an object that holds no other one, and no list within a list. */
  private static boolean isFlat(String text) {
    if (text.isEmpty() || text.charAt(0) != '{') {
      return false;
    }
    int lists = 0;
    boolean quoted = false;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        }
        quoted = c != '"';
      } else if (c == '{' || (c == '[' && ++lists > 1)) {
        return false;
      } else if (c == ']') {
        lists--;
      } else {
        quoted = c == '"';
      }
    }
    return true;
  }
}
