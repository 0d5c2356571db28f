package io.sallyport.authprovider.password.internal.hash;

import java.util.Locale;

/** A stored hash of Argon2, in whatever form it was written. */
final class Argon2Stored implements StoredHash {

  private final Argon2Hash hash;
  private final Argon2Backend backend;

  Argon2Stored(Argon2Hash hash, Argon2Backend backend) {
    this.hash = hash;
    this.backend = backend;
  }

  @Override
  public HashCost cost() {
    return costOf(hash.parameters());
  }

  static HashCost costOf(Argon2Parameters cost) {
    String version =
        cost.version() == Argon2Parameters.CURRENT_VERSION ? "" : "v=" + cost.version() + ",";
    return new HashCost(
        cost.type().name().toLowerCase(Locale.ROOT),
        version + "m=" + cost.memoryKib() + ",t=" + cost.iterations() + ",p=" + cost.parallelism(),
        cost.memoryKib());
  }

  @Override
  public boolean matches(byte[] password) {
    return hash.matches(password, backend);
  }

  boolean isWeakerThan(Argon2Parameters wanted) {
    return hash.isWeakerThan(wanted);
  }
}
