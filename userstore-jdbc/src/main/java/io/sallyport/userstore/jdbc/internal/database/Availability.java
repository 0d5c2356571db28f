package io.sallyport.userstore.jdbc.internal.database;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a database was there the last time. While it is away, one caller at a time tries to reach it and the
 * others are refused at once: so that requests do not wait for it in their number, and the first success is
 * everybody's.
 *
 * <p>One lost connection does not make a database away: the next caller tries at once, and only if that fails
 * too, callers pause. One line is logged when it is away and one when it is back.
 *
 * <p>Safe for threads, none of which ever waits here.
 */
public final class Availability {

  /** How often it is tried, which is also how late its return may be noticed. */
  static final Duration PAUSE = Duration.ofMillis(200);

  /** A try that lasts longer keeps nobody from the next one. */
  static final Duration LONGEST_TRY = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Availability.class);
  private static final long THERE = Long.MIN_VALUE;

  private final String name;
  private final LongSupplier nanos;
  private final long start;

  /** When it may be tried again, in nanoseconds since the start. */
  private final AtomicLong nextTry = new AtomicLong(THERE);

  private final AtomicBoolean logged = new AtomicBoolean();

  /** Of the database of a name, which is taken to be there. */
  public Availability(String name) {
    this(name, System::nanoTime);
  }

  Availability(String name, LongSupplier nanos) {
    this.name = name;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** Whether everybody may use it. */
  boolean isThere() {
    return nextTry.get() == THERE;
  }

  /** Whether this caller may try it, who then says how that ended. */
  boolean mayTry() {
    long due = nextTry.get();
    long now = now();
    return due != THERE && now >= due && nextTry.compareAndSet(due, now + LONGEST_TRY.toNanos());
  }

  /** A try has shown that it is there. */
  void reached() {
    nextTry.set(THERE);
    if (logged.compareAndSet(true, false)) {
      LOG.info("Database {} is back.", name);
    }
  }

  /** A caller who was not trying has found it away: the next one tries. */
  void suspect() {
    nextTry.compareAndSet(THERE, now());
  }

  /** A try has shown nothing, as it was interrupted: the next caller tries. */
  void unknown() {
    nextTry.set(now());
  }

  /** A try has shown that it is away. */
  void lost(String why) {
    nextTry.set(now() + PAUSE.toNanos());
    if (logged.compareAndSet(false, true)) {
      LOG.warn(
          "Database {} is away: what needs it is answered with 503 until it is back. {}",
          name,
          why);
    }
  }

  private long now() {
    return nanos.getAsLong() - start;
  }
}
