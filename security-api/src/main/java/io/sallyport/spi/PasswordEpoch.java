package io.sallyport.spi;

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
 * What is to change with a user's password and with nothing else, for a {@link
 * io.sallyport.api.SecurityStamp}: the text that an operator has written beside the hash, or else a digest of
 * the hash. All stores that keep hashes compute it here.
 *
 * <p>A hash that is replaced by a better one of the same password must keep its epoch, and a hash that
 * somebody writes by hand must not: so what is kept is bound to the hash that it was written with,
 * {@code upgraded:<digest of that hash>:<epoch>}, and holds beside no other.
 *
 * @since 0.1
 */
public final class PasswordEpoch {

  /** How an epoch begins that is bound to a hash, and no text of an operator may. */
  public static final String PREFIX = "upgraded:";

  private static final int LENGTH = 16;

  /** What has a salt that nobody can try out. */
  private static final Pattern SALTED =
      Pattern.compile("\\$(?:argon2(?:id|i|d)|2[aby]?|5|6|pbkdf2[\\w-]*|scrypt|shiro2)\\$"
          + "|\\{(?:argon2|bcrypt|pbkdf2|scrypt)(?:@\\w+)?}");

  /**
   * For all else: the salt of des_crypt has 12 bits, and what is stored in the clear has none. A whole digest
   * would let whoever reads the store try passwords at the cost of the old scheme, when the point of the new
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
   * @param written what the store says of the epoch beside it, null if nothing
   * @return the epoch; that of the hash alone if what is written is bound to another hash
   */
  public static byte[] of(@Nullable Secret hash, @Nullable String written) {
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

  /**
   * What a store must write beside a hash of the same password that comes in the place of another, so that the
   * epoch stays the same.
   *
   * @param hash the stored hash, null if there is none
   * @param written what the store says of the epoch beside it, null if nothing
   * @param replacement the new hash
   * @return an operator's own text as it is, or else the epoch bound to the new hash: at most 64 characters
   */
  public static String kept(@Nullable Secret hash, @Nullable String written, Secret replacement) {
    if (written != null && !isBound(written)) {
      return written;
    }
    return PREFIX + binding(replacement) + ":"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(of(hash, written));
  }

  /**
   * Whether a text begins like an epoch that is bound to a hash and is none: one that was cut off must not
   * become a text that holds for any hash.
   *
   * @param written what the store says
   * @return whether it is neither such an epoch nor an operator's own text
   */
  public static boolean isMalformed(String written) {
    return isBound(written) && !BOUND.matcher(written).matches();
  }

  private static boolean isBound(String written) {
    return written.startsWith(PREFIX);
  }

  private static byte[] ofHash(Secret hash) {
    return Arrays.copyOf(sha256(hash), isSalted(hash) ? LENGTH : LENGTH_WITHOUT_SALT);
  }

  private static boolean isSalted(Secret hash) {
    return SALTED.matcher(hash.revealText()).lookingAt();
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
