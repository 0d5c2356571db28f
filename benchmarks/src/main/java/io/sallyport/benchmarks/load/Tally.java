package io.sallyport.benchmarks.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The answers of one kind of clients in one phase. */
final class Tally {

  private static final double MILLION = 1e6;

  private final Map<Integer, Long> statuses = new TreeMap<>();
  private final List<Long> nanos = new ArrayList<>();
  private long broken;

  void add(int status, long took) {
    statuses.merge(status, 1L, Long::sum);
    nanos.add(took);
  }

  void broke() {
    broken++;
  }

  void clear() {
    statuses.clear();
    nanos.clear();
    broken = 0;
  }

  long count(int status) {
    return statuses.getOrDefault(status, 0L);
  }

  long total() {
    return nanos.size();
  }

  long broken() {
    return broken;
  }

  /** The nearest rank, in milliseconds; not a number if there was no answer. */
  double percentile(double percent) {
    if (nanos.isEmpty()) {
      return Double.NaN;
    }
    Collections.sort(nanos);
    int rank = (int) Math.ceil(percent / 100 * nanos.size());
    return nanos.get(Math.max(1, rank) - 1) / MILLION;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%6d answers %s, broken connections %d; p50 %.2f ms, p99 %.2f ms, max %.2f ms",
        total(),
        statuses,
        broken,
        percentile(50),
        percentile(99),
        percentile(100));
  }
}
