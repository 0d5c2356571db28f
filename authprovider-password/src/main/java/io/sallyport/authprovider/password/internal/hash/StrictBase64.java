package io.sallyport.authprovider.password.internal.hash;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Decodes base64 (RFC 4648 section 4) that is exactly what an encoder writes, so that no two texts stand
 * for the same bytes.
 */
public final class StrictBase64 {

  private StrictBase64() {}

  /** The bytes of a text with padding, or nothing if the text is not canonical. */
  public static Optional<byte[]> decodePadded(String text) {
    return decode(text, Base64.getEncoder());
  }

  /** The bytes of a text without padding, or nothing if the text is not canonical. */
  public static Optional<byte[]> decodeUnpadded(String text) {
    return decode(text, Base64.getEncoder().withoutPadding());
  }

  private static Optional<byte[]> decode(String text, Base64.Encoder canonical) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    // the decoder of the JDK ignores bits behind the last byte and does without padding
    byte[] again = canonical.encode(bytes);
    boolean same = Arrays.equals(again, text.getBytes(StandardCharsets.ISO_8859_1));
    Arrays.fill(again, (byte) 0);
    if (!same) {
      Arrays.fill(bytes, (byte) 0);
      return Optional.empty();
    }
    return Optional.of(bytes);
  }
}
