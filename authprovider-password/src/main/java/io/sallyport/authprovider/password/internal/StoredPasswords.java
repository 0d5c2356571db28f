package io.sallyport.authprovider.password.internal;

import io.sallyport.api.Credential;
import io.sallyport.api.Secret;
import io.sallyport.api.User;
import io.sallyport.authprovider.password.internal.hash.Argon2Parameters;
import io.sallyport.authprovider.password.internal.hash.Argon2Scheme;
import io.sallyport.authprovider.password.internal.hash.HashCost;
import io.sallyport.authprovider.password.internal.hash.PasswordSchemes;
import io.sallyport.authprovider.password.internal.hash.StoredHash;
import io.sallyport.authprovider.password.internal.hash.UnusableHashException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

/**
 * Compares passwords with stored hashes, and spends the same on users who have none.
 *
 * <p>Every call computes exactly one hash in the pool, whatever the user and its credential.
 */
public final class StoredPasswords implements AutoCloseable {

  private final PasswordSchemes schemes;
  private final StoredHash decoy;
  private final HashingPool pool;
  private final UnusableHashes unusable = new UnusableHashes();

  private StoredPasswords(PasswordSchemes schemes, StoredHash decoy, HashingPool pool) {
    this.schemes = schemes;
    this.decoy = decoy;
    this.pool = pool;
  }

  /**
   * Makes the decoy and the pool.
   *
   * @param argon2 the scheme of new hashes
   * @param cost what a new hash costs, and so the decoy
   * @param pool where hashes are computed; closed with what is made
   * @return the comparison
   */
  static StoredPasswords of(Argon2Scheme argon2, Argon2Parameters cost, HashingPool pool) {
    PasswordSchemes schemes = PasswordSchemes.of(argon2, cost);
    return new StoredPasswords(schemes, decoy(schemes), pool);
  }

  /**
   * Makes the decoy and a pool.
   *
   * @param argon2 the scheme of new hashes
   * @param cost what a new hash costs, and so the decoy
   * @param name part of the names of the pool's threads
   * @param threads how many hashes are computed at once
   * @param queue how many more may wait
   * @return the comparison
   */
  public static StoredPasswords of(
      Argon2Scheme argon2, Argon2Parameters cost, String name, int threads, int queue) {
    HashCost decoy = PasswordSchemes.of(argon2, cost).currentCost();
    FailureTime times = new FailureTime(decoy, Duration.ZERO, Duration.ofSeconds(1));
    int memoryKib = HashingLimits.usualMemoryKib(threads, 1024 * 1024);
    HashingLimits limits = new HashingLimits(threads, queue, memoryKib);
    return of(argon2, cost, new HashingPool(name, limits, times));
  }

  private static StoredHash decoy(PasswordSchemes schemes) {
    byte[] nobodyKnows = new byte[24];
    new SecureRandom().nextBytes(nobodyKnows);
    try {
      return schemes.read(schemes.hash(Base64.getEncoder().encode(nobodyKnows)));
    } catch (UnusableHashException e) {
      throw new IllegalArgumentException("the cost of new hashes is beyond what is verified", e);
    }
  }

  /**
   * Whether a password is that of a user.
   *
   * @throws io.sallyport.spi.UnavailableException if it cannot be told now
   */
  boolean matches(
      String store, User user, Credential.Stored stored, Secret password, Duration limit) {
    StoredHash hash;
    try {
      hash = schemes.read(stored.hash().revealText());
    } catch (UnusableHashException e) {
      unusable.report(store, user, e);
      spend(password, limit);
      return false;
    }
    return compute(hash, password, limit);
  }

  /**
   * Takes as long as {@link #matches}, for a user who has no hash, or who is none.
   *
   * @throws io.sallyport.spi.UnavailableException as a comparison would
   */
  void spend(Secret password, Duration limit) {
    compute(decoy, password, limit);
  }

  private boolean compute(StoredHash hash, Secret password, Duration limit) {
    return pool.run(
            new HashingDemand("", false, hash.cost()),
            () -> {
              byte[] bytes = password.revealBytes();
              try {
                return hash.matches(bytes);
              } finally {
                Arrays.fill(bytes, (byte) 0);
              }
            },
            limit)
        .value();
  }

  @Override
  public void close() {
    pool.close();
  }
}
