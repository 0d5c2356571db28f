package io.sallyport.authprovider.password.internal.hash;

import java.security.SecureRandom;

/** Argon2id, and for verification Argon2i and Argon2d as well. */
public final class Argon2Scheme implements PasswordScheme {

  private static final int SALT_LENGTH = 16;
  private static final int HASH_LENGTH = 32;

  private final Argon2Backend backend;
  private final HashLimits limits;
  private final SecureRandom random = new SecureRandom();

  private Argon2Scheme(Argon2Backend backend, HashLimits limits) {
    this.backend = backend;
    this.limits = limits;
  }

  /**
   * The scheme with the usual limits.
   *
   * @param backend computes it
   */
  public Argon2Scheme(Argon2Backend backend) {
    this(backend, HashLimits.DEFAULT);
  }

  /**
   * The scheme on the native library, or in Java where that cannot be loaded; it has shown that it
   * computes rightly.
   *
   * @return the scheme
   * @throws io.sallyport.spi.InvalidSettingsException if there is nothing that computes it, or not rightly
   */
  public static Argon2Scheme load() {
    return load(Argon2Choice.AUTO);
  }

  /**
   * The scheme, which has shown that it computes rightly.
   *
   * @param choice what computes it
   * @return the scheme
   * @throws io.sallyport.spi.InvalidSettingsException if that is missing or computes wrongly
   */
  public static Argon2Scheme load(Argon2Choice choice) {
    return Argon2Backends.load(choice);
  }

  Argon2Scheme within(HashLimits others) {
    return new Argon2Scheme(backend, others);
  }

  @Override
  public boolean claims(String stored) {
    return Argon2Hash.claims(stored);
  }

  @Override
  public StoredHash read(String stored) throws UnusableHashException {
    return stored(Argon2Hash.parse(stored, limits));
  }

  /** A hash that is written in another form. */
  Argon2Stored stored(Argon2Hash parsed) {
    return new Argon2Stored(parsed, backend);
  }

  HashLimits limits() {
    return limits;
  }

  /**
   * Hashes a password with a fresh salt.
   *
   * @param parameters what it shall cost
   * @param password the password in UTF-8, left as it is
   * @return the hash in PHC form
   * @throws io.sallyport.spi.UnavailableException if it cannot be computed now
   */
  public String hash(Argon2Parameters parameters, byte[] password) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    byte[] hash = backend.hash(parameters, password, salt, HASH_LENGTH);
    return new Argon2Hash(parameters, salt, hash).encoded();
  }
}
