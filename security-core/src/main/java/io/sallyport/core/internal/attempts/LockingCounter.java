package io.sallyport.core.internal.attempts;

/**
 * Counts failures, and is locked for the time of its limit from the failure that is one too many.
 *
 * <p>Not safe for threads: whoever owns it sees to that.
 */
final class LockingCounter {

  private static final long NEVER = Long.MIN_VALUE;

  private final FailureLimit limit;
  private final FailureWindow window;
  private long lockedUntil = NEVER;

  /** What an attempt is to the counter. */
  enum Place {
    /** It was reserved a place among the failures. */
    RESERVED,
    /** Those under way before it may still fill the limit, so it has none. */
    WITHOUT,
    /** It came while the counter was locked, and does not count. */
    LOCKED
  }

  LockingCounter(FailureLimit limit) {
    this.limit = limit;
    this.window = new FailureWindow(limit);
  }

  Place begin(long now) {
    if (isLocked(now)) {
      return Place.LOCKED;
    }
    if (window.isFull(now)) {
      return Place.WITHOUT;
    }
    window.begin(now);
    return Place.RESERVED;
  }

  /**
   * An attempt has failed.
   *
   * @return whether that locks
   */
  boolean failed(Place place, long began, long now) {
    if (place == Place.LOCKED) {
      return false;
    }
    boolean counts = !isLocked(now);
    if (place == Place.RESERVED) {
      window.end(began, counts);
    } else if (counts) {
      window.addFailure(now);
    }
    if (!counts || window.failures(now) < limit.failures()) {
      return false;
    }
    lockedUntil = now + limit.millis();
    // once the lock has ended, it takes the full number again
    window.forgetFailures();
    return true;
  }

  void withdraw(Place place, long began) {
    if (place == Place.RESERVED) {
      window.end(began, false);
    }
  }

  /** Nothing but a lock keeps from here on. */
  void forgetFailures() {
    window.forgetFailures();
  }

  boolean isLocked(long now) {
    return now < lockedUntil;
  }

  boolean unlock(long now) {
    boolean was = isLocked(now);
    lockedUntil = NEVER;
    window.forgetFailures();
    return was;
  }

  boolean isIdle(long now) {
    return !isLocked(now) && window.count(now) == 0;
  }
}
