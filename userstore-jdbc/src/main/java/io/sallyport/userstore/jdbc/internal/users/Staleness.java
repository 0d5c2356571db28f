package io.sallyport.userstore.jdbc.internal.users;

import io.sallyport.spi.Settings;
import java.time.Duration;

/**
 * How old what was read may be that is decided on.
 *
 * @param usual at all times
 * @param whileAway of users who are asked for by id while the database cannot be reached
 * @param maxUsers how many users are kept for it
 */
record Staleness(Duration usual, Duration whileAway, int maxUsers) {

  private static final long USUAL_USERS = 10_000;
  private static final long MOST_USERS = 10_000_000;

  static Staleness read(Settings settings) {
    return new Staleness(
        settings.duration("max_staleness", Duration.ZERO, Duration.ZERO, Duration.ofHours(1)),
        settings.duration("stale_if_error", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)),
        (int) settings.integer("max_users", USUAL_USERS, 1, MOST_USERS));
  }

  /** Whether what was read may be used again in the normal way. */
  boolean caches() {
    return !usual.isZero();
  }

  boolean keepsAnything() {
    return caches() || !whileAway.isZero();
  }
}
