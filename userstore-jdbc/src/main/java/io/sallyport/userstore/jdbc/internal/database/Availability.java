package io.sallyport.userstore.jdbc.internal.database;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether a database was there the last time. While it is away, one caller in a while tries to reach it and the
 * others are refused at once: so that no more than one thread waits for it, a pool is not kept busy by requests
 * that wait in it, and the first success is everybody's.
 *
 * <p>Safe for threads.
 */
final class Availability {

  /** How often it is tried, which is also how late its return may be noticed. */
  static final Duration PAUSE = Duration.ofMillis(200);

  private static final long THERE = Long.MIN_VALUE;

  private final LongSupplier nanos;
  private final long start;

  /** When it may be tried again, in nanoseconds since the start. */
  private final AtomicLong nextTry = new AtomicLong(THERE);

  Availability(LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** Whether this caller may try. */
  boolean mayTry() {
    long due = nextTry.get();
    if (due == THERE) {
      return true;
    }
    long now = now();
    return now >= due && nextTry.compareAndSet(due, now + PAUSE.toNanos());
  }

  void reached() {
    if (nextTry.get() != THERE) {
      nextTry.set(THERE);
    }
  }

  void lost() {
    nextTry.set(now() + PAUSE.toNanos());
  }

  private long now() {
    return nanos.getAsLong() - start;
  }
}
