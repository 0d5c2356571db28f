package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.spi.Settings;
import java.time.Duration;

/**
 * How old what a node knows of revocations may be.
 *
 * @param usual at all times
 * @param whileAway while the database cannot be asked, if that is more
 */
public record Freshness(Duration usual, Duration whileAway) {

  private static final Duration LEAST = Duration.ofMillis(200);

  /** Reads it. */
  public static Freshness read(Settings settings) {
    return new Freshness(
        settings.duration("max_staleness", Duration.ofSeconds(1), LEAST, Duration.ofMinutes(5)),
        settings.duration("stale_if_error", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)));
  }

  /** How often a node looks: several times before it must know. */
  Duration pace() {
    return usual.dividedBy(4);
  }

  /** How old it may be now. */
  Duration limit(boolean away) {
    return away && whileAway.compareTo(usual) > 0 ? whileAway : usual;
  }
}
