package io.sallyport.authprovider.password.internal.hash;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Spring Security's delegating encoder stores: the name of an encoder in braces, and what that
 * writes. The parameters of its PBKDF2 stand nowhere but in the defaults that the name means.
 */
final class SpringScheme implements PasswordScheme {

  private static final Pattern FORM = Pattern.compile("\\{([A-Za-z0-9@_.-]{1,64})}(.*)");
  private static final Pattern PBKDF2 = Pattern.compile("(?:[0-9a-f]{2}){1,256}");
  private static final String IN_THE_CLEAR = "noop";

  /** Of Spring's defaults, and of LDAP: one digest, with or without salt, is guessed too fast. */
  private static final Set<String> DIGESTS = Set.of(
      "md4", "md5", "smd5", "sha", "ssha", "sha-1", "sha-256", "sha256", "ssha256", "sha384",
      "ssha384", "sha-512", "sha512", "ssha512");

  private final Map<String, PasswordScheme> schemes;
  private final HashLimits limits;
  private final Optional<PlaintextScheme> plaintext;

  SpringScheme(
      Argon2Scheme argon2,
      BcryptScheme bcrypt,
      ScryptScheme scrypt,
      HashLimits limits,
      Optional<PlaintextScheme> plaintext) {
    this.schemes = Map.of(
        "bcrypt", bcrypt,
        "argon2", argon2,
        "argon2@SpringSecurity_v5_8", argon2,
        "scrypt", scrypt,
        "scrypt@SpringSecurity_v5_8", scrypt);
    this.limits = limits;
    this.plaintext = plaintext;
  }

  @Override
  public boolean claims(String stored) {
    return FORM.matcher(stored).lookingAt();
  }

  @Override
  public StoredHash read(String stored) throws UnusableHashException {
    Matcher parts = FORM.matcher(stored);
    if (!parts.matches()) {
      throw Malformed.because("it has several lines");
    }
    String id = parts.group(1);
    String rest = parts.group(2);
    PasswordScheme scheme = schemes.get(id);
    if (scheme != null) {
      if (!scheme.claims(rest)) {
        throw Malformed.because("what follows {" + id + "} is something else");
      }
      return scheme.read(rest);
    }
    return switch (id) {
      case "pbkdf2" -> pbkdf2(rest, Pbkdf2.SHA1, 185_000, 8);
      case "pbkdf2@SpringSecurity_v5_8" -> pbkdf2(rest, Pbkdf2.SHA256, 310_000, 16);
      case IN_THE_CLEAR -> plaintext.orElseThrow(PlaintextScheme::notAllowed).inTheClear(rest);
      default -> throw unsupported(id.toLowerCase(Locale.ROOT));
    };
  }

  private StoredHash pbkdf2(String hex, Pbkdf2 variant, int rounds, int saltLength)
      throws UnusableHashException {
    int hashLength = 32;
    if (hex.length() != 2 * (saltLength + hashLength) || !PBKDF2.matcher(hex).matches()) {
      throw Malformed.because("expected " + saltLength + " bytes of salt and " + hashLength
          + " of hash in hexadecimal; other settings than Spring's defaults are not supported");
    }
    byte[] bytes = HexFormat.of().parseHex(hex);
    return Pbkdf2Scheme.stored(
        variant,
        rounds,
        Arrays.copyOf(bytes, saltLength),
        Arrays.copyOfRange(bytes, saltLength, bytes.length),
        limits);
  }

  private static UnusableHashException unsupported(String id) {
    return new UnusableHashException(
        DIGESTS.contains(id)
            ? "is a digest that is guessed too fast, {" + id + "}: it is not supported"
            : PasswordSchemes.UNSUPPORTED);
  }
}
