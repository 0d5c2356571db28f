package io.sallyport.authprovider.password.internal;

/**
 * How much may be computed and how many may wait for it.
 *
 * <p>Of the places to wait, no client holds more than a quarter. Familiar and unfamiliar callers each leave
 * a quarter to the others, so that a flood of one kind never closes the door to the other.
 *
 * @param threads how many hashes are computed at once
 * @param queue how many more may wait
 * @param memoryKib how much memory all that are computed at once may take together
 */
public record HashingLimits(int threads, int queue, int memoryKib) {
  /** Refuses a pool in which nothing could ever be computed. */
  public HashingLimits {
    if (threads < 1 || queue < 1 || memoryKib < 1) {
      throw new IllegalArgumentException("threads, queue and memoryKib must be at least 1, got "
          + threads + ", " + queue + " and " + memoryKib);
    }
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
