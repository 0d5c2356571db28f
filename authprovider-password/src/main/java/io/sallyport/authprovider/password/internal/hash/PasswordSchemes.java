package io.sallyport.authprovider.password.internal.hash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemes that are understood, and the one that new hashes are made with. What none of them claims is
 * matched by no password.
 */
public final class PasswordSchemes {

  static final String UNSUPPORTED =
      "is of no supported scheme, or a password in the clear without allow_plaintext of the provider";

  private static final Logger LOG = LoggerFactory.getLogger(PasswordSchemes.class);

  private final List<PasswordScheme> schemes;
  private final Argon2Scheme current;
  private final Argon2Parameters cost;

  private PasswordSchemes(
      List<PasswordScheme> schemes, Argon2Scheme current, Argon2Parameters cost) {
    this.schemes = List.copyOf(schemes);
    this.current = current;
    this.cost = cost;
  }

  /**
   * All schemes with the usual options.
   *
   * @param current makes new hashes
   * @param cost what a new hash costs
   * @return the schemes
   */
  public static PasswordSchemes of(Argon2Scheme current, Argon2Parameters cost) {
    return of(current, cost, SchemeOptions.DEFAULT);
  }

  /**
   * All schemes that the options permit.
   *
   * @param current makes new hashes, computed as the options say
   * @param cost what a new hash costs; that much is always permitted
   * @param options limits, and whether passwords in the clear may match
   * @return the schemes
   */
  public static PasswordSchemes of(
      Argon2Scheme current, Argon2Parameters cost, SchemeOptions options) {
    HashLimits limits = options.limits().including(cost);
    Argon2Scheme argon2 = current.within(limits);
    return new PasswordSchemes(all(argon2, limits, plaintext(options)), argon2, cost);
  }

  private static Optional<PlaintextScheme> plaintext(SchemeOptions options) {
    if (!options.allowPlaintext()) {
      return Optional.empty();
    }
    LOG.warn(
        "allow_plaintext is true: passwords that are stored in the clear may sign in; have them"
            + " replaced by hashes, then remove it");
    return Optional.of(new PlaintextScheme());
  }

  /** In the order in which they are asked: what has a prefix, then des_crypt, then the clear. */
  private static List<PasswordScheme> all(
      Argon2Scheme argon2, HashLimits limits, Optional<PlaintextScheme> plaintext) {
    BcryptScheme bcrypt = new BcryptScheme(limits);
    ScryptScheme scrypt = new ScryptScheme(limits);
    List<PasswordScheme> schemes = new ArrayList<>(List.of(
        argon2,
        bcrypt,
        new Pbkdf2Scheme(limits),
        new ShaCryptScheme(limits),
        scrypt,
        new SpringScheme(argon2, bcrypt, scrypt, limits, plaintext),
        new ShiroScheme(argon2, bcrypt),
        new DesCryptScheme()));
    plaintext.ifPresent(schemes::add);
    return schemes;
  }

  /**
   * Reads a stored text.
   *
   * @param stored the text as it is stored
   * @return the hash, to be compared with
   * @throws UnusableHashException if no scheme claims it, it is malformed, or costs more than is permitted
   */
  public StoredHash read(String stored) throws UnusableHashException {
    for (PasswordScheme scheme : schemes) {
      if (scheme.claims(stored)) {
        return scheme.read(stored);
      }
    }
    throw new UnusableHashException(UNSUPPORTED);
  }

  /**
   * Whether a stored hash is weaker than a new one would be, so that it should be replaced after a
   * password matched it: it is not Argon2id in its current version, was made with less memory times
   * iterations than new hashes are, or has less than 16 bytes of salt or hash. A hash that costs more is
   * left alone.
   *
   * @param hash a hash that was read here
   * @return whether to replace it
   */
  public boolean isOutdated(StoredHash hash) {
    return !(hash instanceof Argon2Stored argon2) || argon2.isWeakerThan(cost);
  }

  /**
   * Hashes a password with a fresh salt as new hashes are made.
   *
   * @param password the password in UTF-8, left as it is
   * @return the hash in its stored form
   * @throws io.sallyport.spi.UnavailableException if it cannot be computed now
   */
  public String hash(byte[] password) {
    return current.hash(cost, password);
  }

  /** What a new hash costs. */
  public HashCost currentCost() {
    return Argon2Stored.costOf(cost);
  }
}
