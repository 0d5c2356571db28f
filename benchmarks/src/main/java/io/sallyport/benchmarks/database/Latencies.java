package io.sallyport.benchmarks.database;

import java.util.Arrays;

/** How long something took, each time. For one thread; those of several are added when all are done. */
public final class Latencies {

  private long[] nanos = new long[1024];
  private int size;

  /** Notes one. */
  public void add(long each) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = each;
  }

  /** Notes all of another. */
  public void addAll(Latencies others) {
    for (int i = 0; i < others.size; i++) {
      add(others.nanos[i]);
    }
  }

  /** How many there are. */
  public int count() {
    return size;
  }

  /** The mean, in microseconds. */
  public double meanMicros() {
    return Arrays.stream(nanos, 0, size).average().orElse(Double.NaN) / 1e3;
  }

  /** That than which such a share took no longer, in microseconds. */
  public double micros(double share) {
    if (size == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * size);
    return sorted[Math.max(0, rank - 1)] / 1e3;
  }
}
