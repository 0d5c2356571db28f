package io.sallyport.userstore.file.internal;

import io.sallyport.api.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to change with a user's password and with nothing else: the text that an operator has written, or
 * else a digest of the hash.
 *
 * <p>A hash that is replaced by a better one of the same password must keep its epoch, and a hash that
 * somebody writes by hand must not: so what is kept is bound to the hash that it was written with,
 * {@code upgraded:<digest of that hash>:<epoch>}, and holds beside no other.
 */
final class PasswordEpoch {

  /** How a bound epoch begins, and no text of an operator may. */
  static final String PREFIX = "upgraded:";

  private static final int LENGTH = 16;

  /** What has a salt that nobody can try out. */
  private static final Pattern SALTED =
      Pattern.compile("\\$(?:argon2(?:id|i|d)|2[aby]?|5|6|pbkdf2[\\w-]*|scrypt|shiro2)\\$"
          + "|\\{(?:argon2|bcrypt|pbkdf2|scrypt)(?:@\\w+)?}");

  /**
   * For all else: the salt of des_crypt has 12 bits, and what is stored in the clear has none. A whole digest
   * would let whoever reads the file try passwords at the cost of the old scheme, when the point of the new
   * one is that it is not so cheap.
   */
  private static final int LENGTH_WITHOUT_SALT = 2;

  private static final Pattern BOUND = Pattern.compile(
      PREFIX + "([0-9a-f]{" + 2 * LENGTH + "}):([A-Za-z0-9_-]{22}|[A-Za-z0-9_-]{3})");

  private PasswordEpoch() {}

  /**
   * The epoch.
   *
   * @param hash the stored hash, null if there is none
   * @param written what the file says of the epoch, null if nothing
   */
  static byte[] of(@Nullable Secret hash, @Nullable String written) {
    if (written != null && !isBound(written)) {
      return written.getBytes(StandardCharsets.UTF_8);
    }
    if (hash == null) {
      return new byte[0];
    }
    Matcher bound = BOUND.matcher(written == null ? "" : written);
    return bound.matches() && bound.group(1).equals(binding(hash))
        ? Base64.getUrlDecoder().decode(bound.group(2))
        : ofHash(hash);
  }

  private static byte[] ofHash(Secret hash) {
    return Arrays.copyOf(sha256(hash), isSalted(hash) ? LENGTH : LENGTH_WITHOUT_SALT);
  }

  private static boolean isSalted(Secret hash) {
    return SALTED.matcher(hash.revealText()).lookingAt();
  }

  /** Whether a text that a file says is bound to a hash, rather than an operator's own. */
  static boolean isBound(String written) {
    return written.startsWith(PREFIX);
  }

  /** Whether it is neither: one that was cut off must not become a text that holds for any hash. */
  static boolean isMalformed(String written) {
    return isBound(written) && !BOUND.matcher(written).matches();
  }

  /** What a file must say so that a user with this hash has this epoch. */
  static String bound(Secret hash, byte[] epoch) {
    return PREFIX + binding(hash) + ":"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(epoch);
  }

  private static String binding(Secret hash) {
    return HexFormat.of().formatHex(sha256(hash), 0, LENGTH);
  }

  private static byte[] sha256(Secret secret) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(secret.revealBuffer());
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
    }
  }
}
