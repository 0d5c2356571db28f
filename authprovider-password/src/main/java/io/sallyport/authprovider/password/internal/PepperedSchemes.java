package io.sallyport.authprovider.password.internal;

import io.sallyport.authprovider.password.internal.hash.HashCost;
import io.sallyport.authprovider.password.internal.hash.PasswordSchemes;
import io.sallyport.authprovider.password.internal.hash.StoredHash;
import io.sallyport.authprovider.password.internal.hash.UnusableHashException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The schemes that stored hashes may be of, with a pepper or without.
 *
 * @param schemes the schemes
 * @param pepper the keys, {@link Pepper#NONE} if there are none
 */
record PepperedSchemes(PasswordSchemes schemes, Pepper pepper) {

  /** A hash of mixed passwords. */
  private record Peppered(StoredHash hash, String version, Pepper pepper) implements StoredHash {

    @Override
    public HashCost cost() {
      return hash.cost();
    }

    @Override
    public boolean matches(byte[] password) {
      byte[] mixed = pepper.mixed(version, password);
      try {
        return hash.matches(mixed);
      } finally {
        Arrays.fill(mixed, (byte) 0);
      }
    }
  }

  /**
   * Reads a stored text.
   *
   * @throws UnusableHashException if nothing can be compared with it
   */
  StoredHash read(String stored) throws UnusableHashException {
    Optional<Pepper.Split> split = pepper.split(stored);
    return split.isEmpty()
        ? schemes.read(stored)
        : new Peppered(schemes.read(split.get().hash()), split.get().version(), pepper);
  }

  /** Whether a new hash of the same password would be a better one, or have another pepper. */
  boolean isOutdated(StoredHash hash) {
    if (hash instanceof Peppered peppered) {
      return !pepper.current().equals(Optional.of(peppered.version))
          || schemes.isOutdated(peppered.hash);
    }
    return pepper.current().isPresent() || schemes.isOutdated(hash);
  }

  /**
   * Hashes a password as new hashes are made.
   *
   * @param password the password in UTF-8, left as it is
   */
  String hash(byte[] password) {
    if (pepper.current().isEmpty()) {
      return schemes.hash(password);
    }
    byte[] mixed = pepper.mixed(pepper.current().get(), password);
    try {
      return pepper.prefix() + schemes.hash(mixed);
    } finally {
      Arrays.fill(mixed, (byte) 0);
    }
  }

  /** What a new hash costs. */
  HashCost currentCost() {
    return schemes.currentCost();
  }
}
