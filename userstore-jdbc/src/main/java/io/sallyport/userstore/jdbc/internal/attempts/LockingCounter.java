package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.spi.LoginLimits.Limit;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Counts failures, and is locked for the time of its limit from the failure that is one too many.
 *
 * <p>Not safe for threads.
 */
final class LockingCounter {

  private static final long NEVER = Long.MIN_VALUE;

  private final Limit limit;
  private final FailureWindow window;
  private long lockedUntil;

  private LockingCounter(Limit limit, FailureWindow window, long lockedUntil) {
    this.limit = limit;
    this.window = window;
    this.lockedUntil = lockedUntil;
  }

  static LockingCounter empty(Limit limit) {
    return new LockingCounter(limit, new FailureWindow(limit), NEVER);
  }

  static LockingCounter read(DataInput in, Limit limit) throws IOException {
    long lockedUntil = in.readLong();
    return new LockingCounter(limit, FailureWindow.read(in, limit), lockedUntil);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(lockedUntil);
    window.write(out);
  }

  /** An attempt begins; empty if there is no place for it among the failures. */
  OptionalLong begin(long now) {
    return isFull(now) ? OptionalLong.empty() : OptionalLong.of(window.begin(now));
  }

  /**
   * An attempt with a place has failed.
   *
   * @return whether that locks
   */
  boolean failed(long place, long now) {
    boolean counts = !isLocked(now);
    window.end(place, counts);
    return counts && lockIfTooMany(now);
  }

  /**
   * An attempt without a place has failed. It counts from now on, if it does not end within a lock.
   *
   * @return whether that locks
   */
  boolean failed(long now) {
    if (isLocked(now)) {
      return false;
    }
    window.addFailure(now);
    return lockIfTooMany(now);
  }

  private boolean lockIfTooMany(long now) {
    if (window.failures(now) < limit.failures()) {
      return false;
    }
    lockedUntil = now + limit.time().toMillis();
    // once the lock has ended, it takes the full number again
    window.forgetFailures();
    return true;
  }

  void withdraw(long place) {
    window.end(place, false);
  }

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

  long lockedUntil() {
    return lockedUntil;
  }

  /** When nothing counts in it any more. */
  long end() {
    return Math.max(lockedUntil, window.end());
  }
}
