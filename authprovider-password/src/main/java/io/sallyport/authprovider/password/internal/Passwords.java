package io.sallyport.authprovider.password.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a password may be: what HTTP Basic can carry, and not too long to hash. */
public final class Passwords {

  /** The most bytes that a password may have. */
  public static final int MAX_BYTES = 4096;

  private Passwords() {}

  /**
   * Looks for what makes a password impossible.
   *
   * @param utf8 the password
   * @return what is wrong with it, to be read behind "the password"; empty if nothing is
   */
  public static Optional<String> faultOf(byte[] utf8) {
    if (utf8.length == 0) {
      return Optional.of("is empty");
    }
    if (utf8.length > MAX_BYTES) {
      return Optional.of("is longer than " + MAX_BYTES + " bytes");
    }
    return isPlainText(utf8)
        ? Optional.empty()
        : Optional.of("is not UTF-8 text without control characters");
  }

  static boolean isPlainText(byte[] utf8) {
    if (isPrintableAscii(utf8, utf8.length)) {
      return true; // most are, and each request with a password asks
    }
    CharBuffer text;
    try {
      text = decode(utf8);
    } catch (CharacterCodingException e) {
      return false;
    }
    boolean plain = text.chars().noneMatch(Character::isISOControl);
    Arrays.fill(text.array(), '\0');
    return plain;
  }

  /** Whether the first bytes are printable ASCII, which is plain text in any sense. */
  static boolean isPrintableAscii(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] < ' ' || bytes[i] > '~') {
        return false;
      }
    }
    return true;
  }

  /**
   * Decodes a whole password as strictly as {@link #decode(byte[], int, int)}.
   *
   * @param utf8 the password
   * @return its characters, to be overwritten after use
   * @throws CharacterCodingException if it is not UTF-8
   */
  public static CharBuffer decode(byte[] utf8) throws CharacterCodingException {
    return decode(utf8, 0, utf8.length);
  }

  /** Decodes strictly: what is not UTF-8 is an error, never a replacement character. */
  static CharBuffer decode(byte[] utf8, int from, int to) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(utf8, from, to - from));
  }
}
