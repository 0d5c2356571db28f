package io.sallyport.core.internal.attempts;

import java.time.Clock;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Milliseconds that only ever go forward, whatever becomes of the clock on the wall.
 *
 * <p>The system's clock may be set, by hours and in both directions, and with it all locks would end or last
 * for hours: in its place the time since the start is taken, which nobody sets. A clock of the host's own is
 * taken at its word as it goes forward; while it goes backwards, no time passes.
 */
@FunctionalInterface
interface SteadyTime {

  /** Now, in milliseconds since some instant. */
  long millis();

  static SteadyTime of(InstantSource clock, LongSupplier nanos) {
    return clock.equals(Clock.systemUTC()) || clock.equals(InstantSource.system())
        ? sinceStart(nanos)
        : new ForwardOnly(clock);
  }

  private static SteadyTime sinceStart(LongSupplier nanos) {
    long start = nanos.getAsLong();
    return () -> (nanos.getAsLong() - start) / 1_000_000;
  }

  /** Goes on from where it was when a clock went backwards. */
  final class ForwardOnly implements SteadyTime {

    private final InstantSource clock;
    private long seen;
    private long lost;

    ForwardOnly(InstantSource clock) {
      this.clock = clock;
      this.seen = clock.millis();
    }

    @Override
    public synchronized long millis() {
      long now = clock.millis();
      lost += Math.max(0, seen - now);
      seen = now;
      return now + lost;
    }
  }
}
