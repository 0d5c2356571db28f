package io.sallyport.core.internal.attempts;

import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginLimits;
import io.sallyport.testkit.LoginAttemptsContract;
import java.time.Duration;

class InMemoryLoginAttemptsContractTest extends LoginAttemptsContract {

  private static final int TRACKED = 1_000;

  private final MovableClock clock = new MovableClock();

  @Override
  protected LoginAttempts attempts(LoginLimits limits) {
    return new InMemoryLoginAttempts(
        AttemptLimits.of(limits, TRACKED), SteadyTime.of(clock, System::nanoTime));
  }

  @Override
  protected void passTime(Duration time) {
    clock.advance(time);
  }
}
