package io.sallyport.authprovider.password.internal;

import java.util.Arrays;
import java.util.Comparator;

/** How long the last computations of one kind took. Not thread-safe. */
final class RecentTimes {

  /** By the 99th percentile. */
  static final Comparator<RecentTimes> QUICKEST_FIRST = Comparator.comparingLong(RecentTimes::p99);

  private final long[] ring;
  private final long[] sorted;
  private long count;
  private long p99;
  private long lastAt;

  /**
   * None yet.
   *
   * @param window how many count
   */
  RecentTimes(int window) {
    this.ring = new long[window];
    this.sorted = new long[window];
  }

  /** Counts one more, and no longer the oldest. */
  void add(long nanos, long at) {
    ring[(int) (count % ring.length)] = nanos;
    count++;
    lastAt = at;
    int known = (int) Math.min(count, ring.length);
    System.arraycopy(ring, 0, sorted, 0, known);
    Arrays.sort(sorted, 0, known);
    // nearest rank: the least that 99 of 100 do not exceed
    p99 = sorted[(known * 99 + 99) / 100 - 1];
  }

  long p99() {
    return p99;
  }

  /** When the last one was counted. */
  long lastAt() {
    return lastAt;
  }
}
