package io.sallyport.core.internal.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that the test moves. */
final class AdjustableClock implements InstantSource {

  private volatile Instant now = Decisions.TIME;

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration by) {
    now = now.plus(by);
  }
}
