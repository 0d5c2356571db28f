package io.sallyport.authprovider.password.internal;

import java.time.Duration;

/**
 * A point in time by two clocks: one that never goes back but may stand still while the machine sleeps, and
 * the one on the wall, which somebody may set.
 *
 * @param nanos what {@link System#nanoTime} told
 * @param millis the time since 1970
 */
record Moment(long nanos, long millis) {

  /** Whether less than a time span has passed by both clocks. If the wall's went back, that is not known. */
  boolean isWithin(Duration span, Moment now) {
    return now.nanos - nanos < span.toNanos()
        && now.millis >= millis
        && now.millis - millis < span.toMillis();
  }
}
