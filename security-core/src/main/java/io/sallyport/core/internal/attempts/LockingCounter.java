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

  LockingCounter(FailureLimit limit) {
    this.limit = limit;
    this.window = new FailureWindow(limit);
  }

  /**
   * An attempt begins.
   *
   * @return whether it was reserved a place among the failures; it is not while the counter is locked, and
   *     while those under way may still fill the limit
   */
  boolean begin(long now) {
    if (isFull(now)) {
      return false;
    }
    window.begin(now);
    return true;
  }

  /**
   * An attempt has failed. Without a place it counts from now on, if it does not end within a lock: a check
   * that outlasts the lock that it was begun in is a guess like any other.
   *
   * @return whether that locks
   */
  boolean failed(boolean reserved, long began, long now) {
    boolean counts = !isLocked(now);
    if (reserved) {
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

  void withdraw(boolean reserved, long began) {
    if (reserved) {
      window.end(began, false);
    }
  }

  /** Nothing but a lock keeps from here on. */
  void forgetFailures() {
    window.forgetFailures();
  }

  /** Whether there is no place for an attempt. */
  boolean isFull(long now) {
    return isLocked(now) || window.isFull(now);
  }

  int failures(long now) {
    return window.failures(now);
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
