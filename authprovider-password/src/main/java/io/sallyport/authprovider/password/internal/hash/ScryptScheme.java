package io.sallyport.authprovider.password.internal.hash;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * scrypt in three forms: passlib's {@code $scrypt$ln=16,r=8,p=1$salt$hash}, {@code $s0$e0801$salt$hash}
 * of several libraries, and Spring's, which is the same without {@code $s0}.
 */
final class ScryptScheme implements PasswordScheme {

  private static final int MIN_HASH = 16;
  private static final String BASE64 = "([A-Za-z0-9+/]{0,1368}={0,2})";
  private static final String NUMBER = "([1-9][0-9]{0,9})";
  private static final Pattern NAMED = Pattern.compile("\\$scrypt\\$ln=([1-9][0-9]?),r=" + NUMBER
      + ",p=" + NUMBER + "\\$" + BASE64 + "\\$" + BASE64);
  private static final Pattern PACKED =
      Pattern.compile("(?:\\$s0)?\\$([1-9a-f][0-9a-f]{4,5})\\$" + BASE64 + "\\$" + BASE64);
  private static final Pattern BEGINNING =
      Pattern.compile("\\$scrypt\\$|\\$s0\\$|\\$[1-9a-f][0-9a-f]{4,5}\\$");

  private final HashLimits limits;

  ScryptScheme(HashLimits limits) {
    this.limits = limits;
  }

  @Override
  public boolean claims(String stored) {
    return BEGINNING.matcher(stored).lookingAt();
  }

  @Override
  public StoredHash read(String stored) throws UnusableHashException {
    Matcher named = NAMED.matcher(stored);
    if (named.matches()) {
      Scrypt scrypt = Scrypt.of(
          Integer.parseInt(named.group(1)),
          Long.parseLong(named.group(2)),
          Long.parseLong(named.group(3)),
          limits);
      return stored(
          scrypt,
          StrictBase64.decodeUnpadded(named.group(4)),
          StrictBase64.decodeUnpadded(named.group(5)));
    }
    Matcher packed = PACKED.matcher(stored);
    if (packed.matches()) {
      int parameters = Integer.parseInt(packed.group(1), 16);
      Scrypt scrypt =
          Scrypt.of(parameters >> 16, (parameters >> 8) & 0xff, parameters & 0xff, limits);
      return stored(
          scrypt,
          StrictBase64.decodePadded(packed.group(2)),
          StrictBase64.decodePadded(packed.group(3)));
    }
    throw Malformed.because("expected $scrypt$ln=…,r=…,p=…$salt$hash or $s0$parameters$salt$hash");
  }

  private static StoredHash stored(Scrypt scrypt, Optional<byte[]> salt, Optional<byte[]> hash)
      throws UnusableHashException {
    if (salt.isEmpty() || hash.isEmpty()) {
      throw Malformed.because("its salt or hash is not canonical base64");
    }
    int length = hash.get().length;
    if (length < MIN_HASH) {
      throw Malformed.because("its hash is shorter than " + MIN_HASH + " bytes");
    }
    Scrypt.link();
    return new DerivedHash(
        scrypt.cost(), hash.get(), password -> scrypt.derive(password, salt.get(), length));
  }
}
