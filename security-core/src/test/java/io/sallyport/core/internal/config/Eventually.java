package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, up to a deadline that is far beyond what is promised. */
final class Eventually {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private Eventually() {}

  static void until(String what, BooleanSupplier condition) {
    assertThat(within(DEADLINE, condition)).as(what).isTrue();
  }

  /** Whether the condition came true within the time. */
  static boolean within(Duration time, BooleanSupplier condition) {
    long end = System.nanoTime() + time.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(2_000_000);
    }
    return true;
  }
}
