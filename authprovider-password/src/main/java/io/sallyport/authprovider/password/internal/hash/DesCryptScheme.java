package io.sallyport.authprovider.password.internal.hash;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.UnixCrypt;

/**
 * The traditional crypt(3): two characters of salt, eleven of hash. Only the low seven bits of the first
 * eight bytes of a password count, as everywhere.
 */
final class DesCryptScheme implements PasswordScheme {

  private static final int SALT = 2;
  private static final int MAX_BYTES = 8;
  private static final HashCost COST = new HashCost("des_crypt", "", 0);
  private static final Pattern FORM = Pattern.compile("[./0-9A-Za-z]{13}");

  @Override
  public boolean claims(String stored) {
    return FORM.matcher(stored).matches();
  }

  @Override
  public StoredHash read(String stored) throws UnusableHashException {
    if (!CryptAlphabet.CRYPT.endsWithZeroBits(stored, 2)) {
      throw Malformed.because(
          "it has the 13 characters of des_crypt, but no such hash ends like this");
    }
    String salt = stored.substring(0, SALT);
    return new WithoutNul(new DerivedHash(
        COST,
        stored.substring(SALT).getBytes(StandardCharsets.US_ASCII),
        password -> compute(password, salt)));
  }

  private static byte[] compute(byte[] password, String salt) {
    byte[] key = Arrays.copyOf(password, Math.min(password.length, MAX_BYTES));
    try {
      return UnixCrypt.crypt(key, salt).substring(SALT).getBytes(StandardCharsets.US_ASCII);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
