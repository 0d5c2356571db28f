package io.sallyport.authprovider.password.internal.hash;

import io.sallyport.spi.UnavailableException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;

/** A stored hash that a password matches if the same is computed from it. */
final class DerivedHash implements StoredHash {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final HashCost cost;
  private final byte[] expected;
  private final Derivation derivation;

  /** What is computed from a password. */
  interface Derivation {
    /**
     * Computes it.
     *
     * @param password the password, left as it is
     */
    byte[] of(byte[] password);
  }

  /** A hash; takes over the array, which nobody changes. */
  DerivedHash(HashCost cost, byte[] expected, Derivation derivation) {
    this.cost = cost;
    this.expected = expected;
    this.derivation = derivation;
  }

  @Override
  public HashCost cost() {
    return cost;
  }

  @Override
  public boolean matches(byte[] password) {
    byte[] computed;
    try {
      computed = derivation.of(password);
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw new UnavailableException(
          cost.scheme() + " could not be computed: " + e, RETRY_AFTER, e);
    }
    boolean same = MessageDigest.isEqual(computed, expected);
    Arrays.fill(computed, (byte) 0);
    return same;
  }
}
