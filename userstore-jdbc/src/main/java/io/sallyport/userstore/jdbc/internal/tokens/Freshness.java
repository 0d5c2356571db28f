package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.spi.Settings;
import java.time.Duration;

/**
 * How old what a node knows of revocations may be.
 *
 * @param usual as long as the database can be asked
 * @param whileAway while it cannot, if that is more
 */
public record Freshness(Duration usual, Duration whileAway) {

  private static final Duration LEAST = Duration.ofMillis(200);

  /** How soon a look is tried again that has failed. */
  private static final Duration RETRY = Duration.ofMillis(200);

  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(250);
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(2);

  /** Reads it. */
  public static Freshness read(Settings settings) {
    return new Freshness(
        settings.duration("max_staleness", Duration.ofSeconds(1), LEAST, Duration.ofMinutes(5)),
        settings.duration("stale_if_error", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)));
  }

  /** When a node looks next: several times before it must know, and soon if it could not. */
  Duration pause(boolean failed) {
    Duration pace = usual.dividedBy(4);
    return failed && pace.compareTo(RETRY) > 0 ? RETRY : pace;
  }

  /** How long one look may wait for an answer, so that there is time for another one. */
  Duration timeout() {
    Duration half = usual.dividedBy(2);
    if (half.compareTo(LEAST_TIMEOUT) < 0) {
      return LEAST_TIMEOUT;
    }
    return half.compareTo(LONGEST_TIMEOUT) > 0 ? LONGEST_TIMEOUT : half;
  }

  /**
   * How old it may be. A database that does not answer is found to be away only when the time for its answer is over,
   * so the longer one of the two holds from the beginning: that what is known gets older than usual means it is away.
   */
  Duration limit() {
    return whileAway.compareTo(usual) > 0 ? whileAway : usual;
  }
}
