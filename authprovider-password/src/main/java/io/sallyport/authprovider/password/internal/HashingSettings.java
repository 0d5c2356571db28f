package io.sallyport.authprovider.password.internal;

import io.sallyport.spi.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * The section {@code hashing} of the properties, which may be absent.
 *
 * @param limits how much is computed at once and how many may wait
 * @param minPad the least that a failed answer takes
 * @param maxPad the most that a failed answer is made to take; zero withholds none
 */
record HashingSettings(HashingLimits limits, Duration minPad, Duration maxPad) {

  private static final int MAX_THREADS = 256;
  private static final int QUEUE_OF_A_THREAD = 8;
  private static final int MAX_QUEUE = 100_000;
  private static final int KIB_OF_MIB = 1024;
  private static final int MAX_MEMORY_MIB = 1024 * 1024;
  private static final Duration USUAL_MAX_PAD = Duration.ofSeconds(1);
  private static final Duration GREATEST_PAD = Duration.ofSeconds(30);

  /**
   * Reads the section.
   *
   * @param properties the properties of a provider
   * @param dearestKib how much memory the dearest hash needs that is accepted or made
   * @return what it says; if it holds problems, they are noted in the properties
   */
  static HashingSettings read(Settings properties, int dearestKib) {
    Optional<Settings> hashing = properties.optionalSection("hashing");
    int threads =
        integer(hashing, "threads", Runtime.getRuntime().availableProcessors(), MAX_THREADS);
    int queue = integer(hashing, "queue", QUEUE_OF_A_THREAD * threads, MAX_QUEUE);
    HashingLimits limits =
        new HashingLimits(threads, queue, memoryKib(hashing, threads, dearestKib));
    Duration maxPad = duration(hashing, "max_pad", USUAL_MAX_PAD);
    Duration minPad = duration(hashing, "min_pad", Duration.ZERO);
    if (minPad.compareTo(maxPad) > 0) {
      hashing.ifPresent(
          section -> section.reject("min_pad", "expected no more than hashing.max_pad"));
      return new HashingSettings(limits, maxPad, maxPad);
    }
    return new HashingSettings(limits, minPad, maxPad);
  }

  /** A hash that is accepted must never find too little memory: 503 would tell whose it is. */
  private static int memoryKib(Optional<Settings> hashing, int threads, int dearestKib) {
    int least = (dearestKib + KIB_OF_MIB - 1) / KIB_OF_MIB;
    int usual = HashingLimits.usualMemoryKib(threads, least * KIB_OF_MIB) / KIB_OF_MIB;
    int mib = integer(hashing, "memory_mib", usual, MAX_MEMORY_MIB);
    if (mib < least) {
      hashing.ifPresent(section -> section.reject(
          "memory_mib",
          "expected at least " + least
              + ", since limits.memory_kib or argon2.memory_kib permits a hash that needs so much;"
              + " raise this or lower that"));
      return least * KIB_OF_MIB;
    }
    return mib * KIB_OF_MIB;
  }

  private static int integer(Optional<Settings> section, String key, int fallback, int max) {
    return section.map(s -> (int) s.integer(key, fallback, 1, max)).orElse(fallback);
  }

  private static Duration duration(Optional<Settings> section, String key, Duration fallback) {
    return section
        .map(s -> s.duration(key, fallback, Duration.ZERO, GREATEST_PAD))
        .orElse(fallback);
  }
}
