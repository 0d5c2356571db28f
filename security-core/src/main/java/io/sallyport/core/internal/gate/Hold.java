package io.sallyport.core.internal.gate;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Until when a refusal is withheld: the latest moment that a provider has asked for. For one thread. */
final class Hold {

  /** More than any request may take. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private long since;
  private long nanos;

  /** From now on for so long, if that is not over before what was asked for already. */
  void extend(Duration time) {
    if (time.isNegative() || time.isZero()) {
      return;
    }
    long now = System.nanoTime();
    if (nanos == 0) {
      since = now;
    }
    nanos = Math.max(nanos, now - since + bounded(time));
  }

  /**
   * Waits, and holds nothing meanwhile but the thread. Who is interrupted waits no longer: what is decided
   * does not hang on it.
   *
   * @param most how long at most
   */
  void await(Duration most) {
    long start = System.nanoTime();
    long wait = nanos == 0 ? 0 : Math.min(nanos - (start - since), bounded(most));
    long passed = 0;
    while (passed < wait && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, wait - passed);
      passed = System.nanoTime() - start;
    }
  }

  private static long bounded(Duration time) {
    return time.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : time.toNanos();
  }
}
