package io.sallyport.fuzz;

import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempts;
import java.time.Duration;

/** Admits every attempt, so that an answer depends on what is sent alone. */
record CountingNothing() implements LoginAttempts, LoginAttempt {

  @Override
  public LoginAttempt begin(Account account, String client) {
    return this;
  }

  @Override
  public boolean isLocked(Account account) {
    return false;
  }

  @Override
  public boolean unlock(Account account) {
    return false;
  }

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
