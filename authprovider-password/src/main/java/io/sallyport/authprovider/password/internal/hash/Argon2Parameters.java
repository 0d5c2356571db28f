package io.sallyport.authprovider.password.internal.hash;

import static java.util.Objects.requireNonNull;

/**
 * What one computation of Argon2 (RFC 9106) costs and which variant it is.
 *
 * @param type the variant
 * @param version the version, 19 for everything new
 * @param memoryKib memory in KiB, at least 8 for each lane
 * @param iterations passes over the memory
 * @param parallelism lanes
 */
public record Argon2Parameters(
    Argon2Type type, int version, int memoryKib, int iterations, int parallelism) {

  /** The version of RFC 9106. */
  static final int CURRENT_VERSION = 19;

  /** The version before it, in which old hashes may be stored. */
  static final int OLD_VERSION = 16;

  /** What new hashes cost unless something else is configured: OWASP's first choice for Argon2id. */
  public static final Argon2Parameters DEFAULT = argon2id(19_456, 2, 1);

  /** Refuses what RFC 9106 does not define. */
  public Argon2Parameters {
    requireNonNull(type, "type");
    if (version != CURRENT_VERSION && version != OLD_VERSION) {
      throw new IllegalArgumentException("version must be 16 or 19, got " + version);
    }
    if (iterations < 1 || parallelism < 1) {
      throw new IllegalArgumentException("iterations and parallelism must be at least 1, got "
          + iterations + " and " + parallelism);
    }
    if (memoryKib < 8L * parallelism) {
      throw new IllegalArgumentException("memory must be at least 8 KiB for each of the "
          + parallelism + " lanes, got " + memoryKib);
    }
  }

  /**
   * Argon2id in its current version.
   *
   * @param memoryKib memory in KiB
   * @param iterations passes over the memory
   * @param parallelism lanes
   * @return the parameters
   */
  public static Argon2Parameters argon2id(int memoryKib, int iterations, int parallelism) {
    return new Argon2Parameters(
        Argon2Type.ARGON2ID, CURRENT_VERSION, memoryKib, iterations, parallelism);
  }

  /** Memory times iterations: what a guess costs. */
  long work() {
    return HashLimits.work(memoryKib, iterations);
  }
}
