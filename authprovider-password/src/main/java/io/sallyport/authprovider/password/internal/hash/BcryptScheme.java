package io.sallyport.authprovider.password.internal.hash;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * bcrypt: {@code $2a$}, {@code $2b$} and {@code $2y$}, which are one and the same for what is text, and
 * {@code $2$}, which repeats the password without a NUL in between. Only the first 72 bytes of a password
 * count, as everywhere.
 *
 * <p>Where implementations differ: {@code $2a$} is computed without the deviation by which Openwall's
 * keeps some passwords with the byte FF, which text never has, from colliding with {@code $2x$}. Salts and
 * hashes whose last digit has bits that stand for nothing are refused, as by all that compare the text:
 * there is one way to write each hash.
 */
final class BcryptScheme implements PasswordScheme {

  private static final int MAX_BYTES = 72;
  private static final Pattern FORM = Pattern.compile(
      "\\$2([aby]?)\\$(0[4-9]|[12][0-9]|3[01])\\$([./A-Za-z0-9]{22})" + "([./A-Za-z0-9]{31})");
  private static final Pattern BEGINNING = Pattern.compile("\\$2[abxy]?\\$");

  private final HashLimits limits;

  BcryptScheme(HashLimits limits) {
    this.limits = limits;
  }

  @Override
  public boolean claims(String stored) {
    return BEGINNING.matcher(stored).lookingAt();
  }

  @Override
  public StoredHash read(String stored) throws UnusableHashException {
    if (stored.startsWith("$2x$")) {
      throw new UnusableHashException(
          "is of $2x$, a broken bcrypt with which other passwords match too: it is not supported");
    }
    Matcher parts = FORM.matcher(stored);
    if (!parts.matches()) {
      throw Malformed.because("expected $2b$, two digits from 04 to 31, $ and 53 more");
    }
    int cost = Integer.parseInt(parts.group(2));
    limits.requireBcrypt(cost);
    String salt = parts.group(3);
    String hash = parts.group(4);
    if (!CryptAlphabet.BCRYPT.endsWithZeroBits(salt, 4)
        || !CryptAlphabet.BCRYPT.endsWithZeroBits(hash, 2)) {
      throw Malformed.because("its salt or hash ends with bits that no encoder writes");
    }
    boolean repeats = parts.group(1).isEmpty();
    String setting = "$2b$" + parts.group(2) + "$" + salt;
    return new WithoutNul(new DerivedHash(
        new HashCost("bcrypt", "cost=" + cost, 0),
        hash.getBytes(StandardCharsets.US_ASCII),
        password -> compute(password, repeats, setting)));
  }

  private static byte[] compute(byte[] password, boolean repeats, String setting) {
    byte[] key = repeats ? repeated(password) : Arrays.copyOf(password, length(password));
    try {
      String computed = BCrypt.hashpw(key, setting);
      return computed.substring(setting.length()).getBytes(StandardCharsets.US_ASCII);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static int length(byte[] password) {
    return Math.min(password.length, MAX_BYTES);
  }

  /** As much as counts, so that the NUL behind it does not. */
  private static byte[] repeated(byte[] password) {
    byte[] key = new byte[password.length == 0 ? 0 : MAX_BYTES];
    for (int i = 0; i < key.length; i++) {
      key[i] = password[i % password.length];
    }
    return key;
  }
}
