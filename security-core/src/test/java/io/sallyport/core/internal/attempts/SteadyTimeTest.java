package io.sallyport.core.internal.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {

  /** Who sets the system's clock, by hours and in whatever direction, moves this one not at all. */
  @Test
  void inThePlaceOfTheSystemsClockTakesTheTimeSinceTheStart() {
    for (InstantSource system : List.of(InstantSource.system(), Clock.systemUTC())) {
      var nanos = new AtomicLong(Long.MAX_VALUE - 500_000);
      SteadyTime time = SteadyTime.of(system, nanos::get);

      assertThat(time.millis()).isZero();
      nanos.addAndGet(Duration.ofMinutes(15).toNanos());
      assertThat(time.millis()).isEqualTo(Duration.ofMinutes(15).toMillis());
    }
  }

  @Test
  void anotherClockIsFollowedForwardAndStandsStillAsItIsSetBack() {
    var clock = new MovableClock();
    SteadyTime time = SteadyTime.of(clock, () -> 0);
    long start = time.millis();

    clock.advance(Duration.ofHours(2));
    assertThat(time.millis() - start).isEqualTo(Duration.ofHours(2).toMillis());
    clock.advance(Duration.ofHours(-7));
    assertThat(time.millis() - start).isEqualTo(Duration.ofHours(2).toMillis());
    clock.advance(Duration.ofHours(1));
    assertThat(time.millis() - start).isEqualTo(Duration.ofHours(3).toMillis());
  }
}
