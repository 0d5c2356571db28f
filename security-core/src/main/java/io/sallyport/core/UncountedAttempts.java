package io.sallyport.core;

import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempts;
import java.time.Duration;

/** Counts nothing. */
record UncountedAttempts() implements LoginAttempts {

  @Override
  public LoginAttempt begin(Account account, String client) {
    return new Admitted();
  }

  @Override
  public boolean isLocked(Account account) {
    return false;
  }

  @Override
  public boolean unlock(Account account) {
    return false;
  }

  private record Admitted() implements LoginAttempt {

    @Override
    public Standing standing() {
      return Standing.ADMITTED;
    }

    @Override
    public Duration retryAfter() {
      return Duration.ZERO;
    }

    @Override
    public boolean isFamiliar() {
      return false;
    }

    @Override
    public void succeeded() {}

    @Override
    public void failed() {}

    @Override
    public void abandoned() {}
  }
}
