package io.sallyport.authprovider.password.internal.hash;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hash in the PHC form of Argon2's reference implementation, such as {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. There is one way to write each hash: parameters in this
 * order, no leading zeros, canonical base64 without padding. Without {@code v=} it is version 16.
 */
final class Argon2Hash {

  static final int MAX_MEMORY_KIB = 1024 * 1024;
  static final int MAX_ITERATIONS = 100;
  static final int MAX_PARALLELISM = 64;

  private static final int MIN_SALT = 8;
  private static final int MIN_HASH = 4;
  private static final int MAX_TEXT = 4096;
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

  static Argon2Hash parse(String stored) throws UnusableHashException {
    Matcher parts = FORM.matcher(stored.length() > MAX_TEXT ? "" : stored);
    if (!parts.matches()) {
      throw malformed("expected $argon2id$v=19$m=…,t=…,p=…$salt$hash");
    }
    Argon2Parameters parameters = parameters(parts);
    byte[] salt = bytes(parts.group(6), "salt", MIN_SALT);
    byte[] hash = bytes(parts.group(7), "hash", MIN_HASH);
    return new Argon2Hash(parameters, salt, hash);
  }

  private static Argon2Parameters parameters(Matcher parts) throws UnusableHashException {
    Argon2Type type = Argon2Type.valueOf(parts.group(1).toUpperCase(Locale.ROOT));
    String version = parts.group(2);
    long memory = Long.parseLong(parts.group(3));
    long iterations = Long.parseLong(parts.group(4));
    long parallelism = Long.parseLong(parts.group(5));
    if (memory > MAX_MEMORY_KIB || iterations > MAX_ITERATIONS || parallelism > MAX_PARALLELISM) {
      throw new UnusableHashException("costs more than is ever computed: m=" + memory + ",t="
          + iterations + ",p=" + parallelism + ", at most m=" + MAX_MEMORY_KIB + ",t="
          + MAX_ITERATIONS + ",p=" + MAX_PARALLELISM);
    }
    try {
      return new Argon2Parameters(
          type,
          version == null ? Argon2Parameters.OLD_VERSION : Math.toIntExact(Long.parseLong(version)),
          (int) memory,
          (int) iterations,
          (int) parallelism);
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
    return new UnusableHashException("is malformed: " + why);
  }

  /**
   * Whether this is the hash of a password.
   *
   * @throws io.sallyport.spi.UnavailableException if it cannot be computed now
   */
  boolean matches(byte[] password, Argon2Backend backend) {
    return MessageDigest.isEqual(backend.hash(parameters, password, salt, hash.length), hash);
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
