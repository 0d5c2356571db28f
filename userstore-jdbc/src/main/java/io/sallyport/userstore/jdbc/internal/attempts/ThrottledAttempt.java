package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.spi.LoginAttempt;
import java.time.Duration;

/** Comes to nothing, whatever its end is said to be. */
record ThrottledAttempt(Duration retryAfter) implements LoginAttempt {

  @Override
  public Standing standing() {
    return Standing.THROTTLED;
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
