package io.sallyport.benchmarks.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Does the same again and again in several threads, each as soon as it is done. */
final class Workers {

  private Workers() {}

  /** What came of it. */
  record Result(Latencies latencies, double seconds) {

    /** How many were done in a second. */
    double rate() {
      return latencies.count() / seconds;
    }
  }

  /**
   * Works until the time is over or all is done.
   *
   * @param work gets the numbers from 0 to most, each once
   */
  static Result run(int threads, Duration time, int most, IntConsumer work) {
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Latencies>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(() -> work(start + time.toNanos(), next, most, work)));
      }
      Latencies sum = new Latencies();
      for (Future<Latencies> each : all) {
        sum.addAll(each.get());
      }
      return new Result(sum, (System.nanoTime() - start) / 1e9);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Latencies work(long end, AtomicInteger next, int most, IntConsumer work) {
    Latencies latencies = new Latencies();
    long before = System.nanoTime();
    while (before - end < 0) {
      int number = next.getAndIncrement();
      if (number >= most) {
        break;
      }
      work.accept(number);
      long after = System.nanoTime();
      latencies.add(after - before);
      before = after;
    }
    return latencies;
  }
}
