package io.sallyport.authprovider.password.internal.hash;

import java.security.SecureRandom;
import java.util.Locale;

/** Argon2id, and for verification Argon2i and Argon2d as well. */
public final class Argon2Scheme implements PasswordScheme {

  private static final int SALT_LENGTH = 16;
  private static final int HASH_LENGTH = 32;

  private final Argon2Backend backend;
  private final SecureRandom random = new SecureRandom();

  public Argon2Scheme(Argon2Backend backend) {
    this.backend = backend;
  }

  /**
   * The scheme on the native library, which has shown that it computes rightly.
   *
   * @return the scheme
   * @throws io.sallyport.spi.InvalidSettingsException if the library is missing or does not
   */
  public static Argon2Scheme load() {
    return KnownAnswers.checked(() -> new Argon2Scheme(new NativeArgon2()));
  }

  @Override
  public boolean claims(String stored) {
    return Argon2Hash.claims(stored);
  }

  @Override
  public StoredHash read(String stored) throws UnusableHashException {
    Argon2Hash parsed = Argon2Hash.parse(stored);
    return new StoredHash() {
      @Override
      public HashCost cost() {
        return costOf(parsed.parameters());
      }

      @Override
      public boolean matches(byte[] password) {
        return parsed.matches(password, backend);
      }
    };
  }

  static HashCost costOf(Argon2Parameters cost) {
    return new HashCost(
        cost.type().name().toLowerCase(Locale.ROOT),
        "m=" + cost.memoryKib() + ",t=" + cost.iterations() + ",p=" + cost.parallelism(),
        cost.memoryKib());
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
