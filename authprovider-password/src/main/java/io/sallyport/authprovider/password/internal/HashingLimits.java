package io.sallyport.authprovider.password.internal;

/**
 * How much may be computed and how many may wait for it.
 *
 * <p>Of the places to wait, no client holds more than a quarter. Familiar and unfamiliar callers each leave
 * a quarter to the others, so that a flood of one kind never closes the door to the other.
 *
 * @param threads how many hashes are computed at once
 * @param queue how many more may wait
 * @param memoryKib how much memory all that are computed at once may take together. At least what the
 *     dearest hash needs that is accepted at all: a hash that needs more is never computed, so the settings
 *     are compared at the start
 */
public record HashingLimits(int threads, int queue, int memoryKib) {

  private static final int MEMORY_OF_A_THREAD = 64 * 1024;

  /** Refuses a pool in which nothing could ever be computed. */
  public HashingLimits {
    if (threads < 1 || queue < 1 || memoryKib < 1) {
      throw new IllegalArgumentException("threads, queue and memoryKib must be at least 1, got "
          + threads + ", " + queue + " and " + memoryKib);
    }
  }

  /**
   * How much memory is enough unless something else is configured: 64 MiB for each thread, and in any case
   * for the dearest hash that is accepted.
   *
   * @param threads how many hashes are computed at once
   * @param dearestKib what the dearest one needs
   * @return the memory in KiB
   */
  public static int usualMemoryKib(int threads, int dearestKib) {
    return Math.max(threads * MEMORY_OF_A_THREAD, dearestKib);
  }

  /** How many places of the queue one client may hold. */
  int perClient() {
    return Math.max(1, queue / 4);
  }

  /** How many places familiar callers may hold together, and how many the others. */
  int perKind() {
    return queue == 1 ? 1 : queue - (queue + 3) / 4;
  }
}
