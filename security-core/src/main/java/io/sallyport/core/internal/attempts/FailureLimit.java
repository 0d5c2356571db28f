package io.sallyport.core.internal.attempts;

import io.sallyport.spi.LoginLimits;
import java.time.Duration;

/**
 * How many failures within what time are too many.
 *
 * @param failures the failure that is one too many
 * @param millis how long one counts, and how long what follows lasts
 */
record FailureLimit(int failures, long millis) {

  /** A failure is remembered by its slice of the time, so that memory does not grow with the limit. */
  static final int SLICES = 15;

  static FailureLimit of(int failures, Duration time) {
    return new FailureLimit(failures, time.toMillis());
  }

  static FailureLimit of(LoginLimits.Limit limit) {
    return of(limit.failures(), limit.time());
  }

  long sliceMillis() {
    return Math.max(1, (millis + SLICES - 1) / SLICES);
  }

  long sliceOf(long at) {
    return Math.floorDiv(at, sliceMillis());
  }

  /** When nothing of a slice counts any more: the last of it counts for the full time. */
  long endOf(long slice) {
    return (slice + 1) * sliceMillis() + millis;
  }
}
