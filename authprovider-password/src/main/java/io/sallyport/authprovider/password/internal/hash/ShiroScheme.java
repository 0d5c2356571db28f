package io.sallyport.authprovider.password.internal.hash;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Apache Shiro 2 stores: {@code $shiro2} before Argon2, whose parameters it writes in an order of its
 * own, in some releases with padding, or before bcrypt.
 */
final class ShiroScheme implements PasswordScheme {

  private static final String PREFIX = "$shiro2";
  private static final Pattern ARGON2 =
      Pattern.compile("\\$(argon2(?:d|i|id))\\$v=([1-9][0-9]{0,8})"
          + "\\$([mtp])=([1-9][0-9]{0,9}),([mtp])=([1-9][0-9]{0,9}),([mtp])=([1-9][0-9]{0,9})"
          + "\\$([A-Za-z0-9+/]{1,1368}={0,2})\\$([A-Za-z0-9+/]{1,1368}={0,2})");

  private final Argon2Scheme argon2;
  private final BcryptScheme bcrypt;

  ShiroScheme(Argon2Scheme argon2, BcryptScheme bcrypt) {
    this.argon2 = argon2;
    this.bcrypt = bcrypt;
  }

  @Override
  public boolean claims(String stored) {
    return stored.startsWith(PREFIX + "$");
  }

  @Override
  public StoredHash read(String stored) throws UnusableHashException {
    String rest = stored.substring(PREFIX.length());
    if (bcrypt.claims(rest)) {
      return bcrypt.read(rest);
    }
    Matcher parts = ARGON2.matcher(rest);
    if (!parts.matches()) {
      throw Malformed.because("expected $shiro2$argon2id$… or $shiro2$2y$…");
    }
    Argon2Parameters parameters = Argon2Hash.parameters(
        parts.group(1),
        parts.group(2),
        number(parts, "m"),
        number(parts, "t"),
        number(parts, "p"),
        argon2.limits());
    return argon2.stored(
        Argon2Hash.of(parameters, unpadded(parts.group(9)), unpadded(parts.group(10))));
  }

  /** The value of a parameter, wherever it stands. There are three places, so that none is there twice. */
  private static String number(Matcher parts, String name) throws UnusableHashException {
    for (int i = 3; i <= 7; i += 2) {
      if (parts.group(i).equals(name)) {
        return parts.group(i + 1);
      }
    }
    throw Malformed.because("expected each of m, t and p once");
  }

  /** Padding of the right length is taken away; what is left behind is refused. */
  private static String unpadded(String base64) {
    int end = base64.indexOf('=');
    return end < 0 || base64.length() % 4 != 0 ? base64 : base64.substring(0, end);
  }
}
