package io.sallyport.authprovider.password.internal.hash;

import io.sallyport.spi.Settings;
import java.util.Optional;

/**
 * How much one comparison with a stored hash may cost. A hash that costs more is refused before anything
 * is computed: whoever can write a record must not be able to stop the server with it.
 *
 * <p>The defaults let through what the common systems write, and nothing under them takes longer than
 * some seconds.
 *
 * @param memoryKib memory of Argon2 and scrypt, in KiB
 * @param argon2Work memory in KiB times iterations
 * @param scryptWork memory in KiB times parallelism
 * @param bcryptCost the exponent of its rounds
 * @param pbkdf2Rounds rounds times blocks of the result
 * @param shaCryptRounds rounds of sha256_crypt and sha512_crypt, with passwords of up to 256 bytes
 */
public record HashLimits(
    int memoryKib,
    long argon2Work,
    long scryptWork,
    int bcryptCost,
    long pbkdf2Rounds,
    long shaCryptRounds) {

  /** What holds unless something else is configured. */
  public static final HashLimits DEFAULT =
      new HashLimits(256 * 1024, 2 * 1024 * 1024, 1024 * 1024, 15, 2_000_000, 1_000_000);

  /** More lanes and passes than anybody uses; each lane is a thread of the native library. */
  static final int MAX_ARGON2_PARALLELISM = 64;

  static final int MAX_ARGON2_ITERATIONS = 100;

  private static final int MAX_MEMORY_KIB = 4 * 1024 * 1024 - 1;
  private static final long MAX_WORK = 1L << 30;

  /**
   * The limits of a provider's configuration.
   *
   * @param settings the properties of the provider, whose section {@code limits} is read
   * @return the limits
   */
  static HashLimits read(Settings settings) {
    Optional<Settings> limits = settings.optionalSection("limits");
    return limits.map(HashLimits::ofSection).orElse(DEFAULT);
  }

  private static HashLimits ofSection(Settings limits) {
    return new HashLimits(
        (int) limits.integer("memory_kib", DEFAULT.memoryKib, 8, MAX_MEMORY_KIB),
        limits.integer("argon2_work", DEFAULT.argon2Work, 8, MAX_WORK),
        limits.integer("scrypt_work", DEFAULT.scryptWork, 1, MAX_WORK),
        (int) limits.integer("bcrypt_cost", DEFAULT.bcryptCost, 4, 31),
        limits.integer("pbkdf2_rounds", DEFAULT.pbkdf2Rounds, 1, 0xffff_ffffL),
        limits.integer("sha_crypt_rounds", DEFAULT.shaCryptRounds, 1000, 999_999_999));
  }

  /** These limits, and room for what new hashes cost, since that was configured too. */
  HashLimits including(Argon2Parameters cost) {
    return new HashLimits(
        Math.max(memoryKib, cost.memoryKib()),
        Math.max(argon2Work, work(cost.memoryKib(), cost.iterations())),
        scryptWork,
        bcryptCost,
        pbkdf2Rounds,
        shaCryptRounds);
  }

  static long work(long memoryKib, long times) {
    return Math.multiplyExact(memoryKib, times);
  }

  void requireArgon2(long memory, long iterations, long parallelism) throws UnusableHashException {
    requireMemory(memory);
    require("its iterations", iterations, "the greatest number supported", MAX_ARGON2_ITERATIONS);
    require(
        "its parallelism", parallelism, "the greatest number supported", MAX_ARGON2_PARALLELISM);
    require(
        "its memory times iterations", work(memory, iterations), "limits.argon2_work", argon2Work);
  }

  void requireScrypt(long memory, long parallelism) throws UnusableHashException {
    requireMemory(memory);
    require(
        "its memory times parallelism",
        work(memory, parallelism),
        "limits.scrypt_work",
        scryptWork);
  }

  void requireBcrypt(int cost) throws UnusableHashException {
    require("its cost", cost, "limits.bcrypt_cost", bcryptCost);
  }

  void requirePbkdf2(long rounds, long blocks) throws UnusableHashException {
    require("its number of rounds", work(rounds, blocks), "limits.pbkdf2_rounds", pbkdf2Rounds);
  }

  void requireShaCrypt(long rounds) throws UnusableHashException {
    require("its number of rounds", rounds, "limits.sha_crypt_rounds", shaCryptRounds);
  }

  private void requireMemory(long kib) throws UnusableHashException {
    require("its memory in KiB", kib, "limits.memory_kib", memoryKib);
  }

  private static void require(String what, long value, String key, long limit)
      throws UnusableHashException {
    if (value > limit) {
      throw new UnusableHashException(
          "costs more than is permitted: " + what + " is " + value + ", " + key + " is " + limit);
    }
  }
}
