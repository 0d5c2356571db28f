package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes rows in which nothing counts any more, a few at a time, by the way of attempts that end: as long as there
 * are many, with each of them, so that a flood goes faster than it has come.
 *
 * <p>Safe for threads.
 */
final class Sweep {

  static final int AT_ONCE = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final AttemptTable table;
  private final LongSupplier nanos;
  private final long start;

  /** When it is due, in nanoseconds since the start. */
  private final AtomicLong due = new AtomicLong();

  Sweep(AttemptTable table, LongSupplier nanos) {
    this.table = table;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /**
   * Deletes some if that is due.
   *
   * @param clock what the database's clock has just said
   */
  void consider(long clock) {
    long now = nanos.getAsLong() - start;
    long was = due.get();
    if (now < was || !due.compareAndSet(was, now + PAUSE_NANOS)) {
      return;
    }
    try {
      if (table.deleteExpired(clock, AT_ONCE) == AT_ONCE) {
        due.set(now);
      }
    } catch (UnavailableException e) {
      // the attempt has ended well all the same; the next one tries again
      LOG.debug("rows of sallyport_attempts were not deleted: {}", e.getMessage());
    }
  }
}
