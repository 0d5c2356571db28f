package io.sallyport.userstore.file.internal;

import io.sallyport.api.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what may be a stored hash from what is plainly none, so that a password in the clear is refused
 * when the file is read. Which hashes are understood is for authentication providers to know.
 */
final class HashForm {

  private static final int MAX_LENGTH = 4096;
  private static final Pattern SCHEME_THEN_DATA =
      Pattern.compile("(?:\\$([\\w-]+)\\$|\\{([\\w-]+)(?:[.@]\\w+)?})[!-~]+");
  private static final Pattern DES_CRYPT = Pattern.compile("[./0-9A-Za-z]{13}");

  /** What other systems put before a password that they store in the clear. */
  private static final Set<String> IN_THE_CLEAR =
      Set.of("plain", "plaintext", "clear", "cleartext", "noop", "none");

  private HashForm() {}

  /** Whether a text is short enough to be one, and has no control characters, which no password has. */
  static boolean mayBePlaintext(Secret stored) {
    return stored.length() <= MAX_LENGTH
        && new AsciiView(stored.revealBuffer()).chars().noneMatch(c -> c < ' ' || c == 0x7f);
  }

  static boolean mayBeHash(Secret stored) {
    if (stored.length() > MAX_LENGTH) {
      return false;
    }
    CharSequence text = new AsciiView(stored.revealBuffer());
    Matcher matcher = SCHEME_THEN_DATA.matcher(text);
    if (matcher.matches()) {
      String scheme = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      return !IN_THE_CLEAR.contains(scheme.toLowerCase(Locale.ROOT));
    }
    return DES_CRYPT.matcher(text).matches();
  }

  /** Whether it may be a hash, and needs no escape in any kind of quotes. */
  static boolean mayBeWritten(Secret stored) {
    return mayBeHash(stored)
        && new AsciiView(stored.revealBuffer()).chars().noneMatch(c -> "\"'\\".indexOf(c) >= 0);
  }

  /** Bytes looked at as characters where they lie, so that no copy of a secret stays behind. */
  private record AsciiView(ByteBuffer bytes) implements CharSequence {
    @Override
    public int length() {
      return bytes.remaining();
    }

    @Override
    public char charAt(int index) {
      return (char) (bytes.get(bytes.position() + index) & 0xff);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new AsciiView(bytes.slice(bytes.position() + start, end - start));
    }

    @Override
    public String toString() {
      return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }
  }
}
