package io.sallyport.authprovider.password.internal.hash;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A hash in the PHC form of Argon2's reference implementation, such as {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. There is one way to write each hash: parameters in this
 * order, no leading zeros, canonical base64 without padding. Without {@code v=} it is version 16.
 */
final class Argon2Hash {

  private static final int MIN_SALT = 8;
  private static final int MIN_HASH = 4;

  /** Salt and hash of new hashes are no shorter, and shorter ones are replaced. */
  private static final int GOOD_LENGTH = 16;

  private static final String NUMBER = "(0|[1-9][0-9]{0,9})";
  private static final Pattern FORM =
      Pattern.compile("\\$(argon2(?:d|i|id))(?:\\$v=" + NUMBER + ")?"
          + "\\$m=" + NUMBER + ",t=" + NUMBER + ",p=" + NUMBER
          + "\\$([A-Za-z0-9+/]{1,2048})\\$([A-Za-z0-9+/]{1,2048})");

  private final Argon2Parameters parameters;
  private final byte[] salt;
  private final byte[] hash;

  /** A hash; takes over the arrays, which nobody changes. */
  Argon2Hash(Argon2Parameters parameters, byte[] salt, byte[] hash) {
    this.parameters = parameters;
    this.salt = salt;
    this.hash = hash;
  }

  Argon2Parameters parameters() {
    return parameters;
  }

  static boolean claims(String stored) {
    return stored.startsWith("$argon2d$")
        || stored.startsWith("$argon2i$")
        || stored.startsWith("$argon2id$");
  }

  static Argon2Hash parse(String stored, HashLimits limits) throws UnusableHashException {
    Matcher parts = FORM.matcher(stored.length() > Malformed.MAX_TEXT ? "" : stored);
    if (!parts.matches()) {
      throw malformed("expected $argon2id$v=19$m=…,t=…,p=…$salt$hash");
    }
    Argon2Parameters parameters = parameters(
        parts.group(1), parts.group(2), parts.group(3), parts.group(4), parts.group(5), limits);
    return of(parameters, parts.group(6), parts.group(7));
  }

  /** A hash whose salt and hash are in base64 without padding. */
  static Argon2Hash of(Argon2Parameters parameters, String salt, String hash)
      throws UnusableHashException {
    return new Argon2Hash(parameters, bytes(salt, "salt", MIN_SALT), bytes(hash, "hash", MIN_HASH));
  }

  /** Parameters that are written as numbers of at most ten digits; without a version it is the old one. */
  static Argon2Parameters parameters(
      String type,
      @Nullable String version,
      String memory,
      String iterations,
      String parallelism,
      HashLimits limits)
      throws UnusableHashException {
    long m = Long.parseLong(memory);
    long t = Long.parseLong(iterations);
    long p = Long.parseLong(parallelism);
    limits.requireArgon2(m, t, p);
    try {
      return new Argon2Parameters(
          Argon2Type.valueOf(type.toUpperCase(Locale.ROOT)),
          version == null ? Argon2Parameters.OLD_VERSION : Math.toIntExact(Long.parseLong(version)),
          (int) m,
          (int) t,
          (int) p);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static byte[] bytes(String base64, String what, int min) throws UnusableHashException {
    byte[] bytes = StrictBase64.decodeUnpadded(base64)
        .orElseThrow(() -> malformed("its " + what + " is not canonical base64"));
    if (bytes.length < min) {
      throw malformed("its " + what + " is shorter than " + min + " bytes");
    }
    return bytes;
  }

  private static UnusableHashException malformed(String why) {
    return Malformed.because(why);
  }

  /**
   * Whether this is the hash of a password.
   *
   * @throws io.sallyport.spi.UnavailableException if it cannot be computed now
   */
  boolean matches(byte[] password, Argon2Backend backend) {
    return MessageDigest.isEqual(backend.hash(parameters, password, salt, hash.length), hash);
  }

  /** Whether it was made with less than is wanted of new hashes. Other lanes make it no weaker. */
  boolean isWeakerThan(Argon2Parameters wanted) {
    return parameters.type() != Argon2Type.ARGON2ID
        || parameters.version() != Argon2Parameters.CURRENT_VERSION
        || parameters.work() < wanted.work()
        || salt.length < GOOD_LENGTH
        || hash.length < GOOD_LENGTH;
  }

  /** The PHC form. */
  String encoded() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$" + parameters.type().name().toLowerCase(Locale.ROOT)
        + "$v=" + parameters.version()
        + "$m=" + parameters.memoryKib()
        + ",t=" + parameters.iterations()
        + ",p=" + parameters.parallelism()
        + "$" + base64.encodeToString(salt)
        + "$" + base64.encodeToString(hash);
  }
}
