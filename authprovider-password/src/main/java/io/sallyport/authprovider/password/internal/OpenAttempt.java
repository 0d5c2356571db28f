package io.sallyport.authprovider.password.internal;

import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempt.Standing;
import io.sallyport.spi.LoginAttempts;
import java.time.Duration;

/** An attempt of which exactly one end is told: if nothing else was, then that it was abandoned. */
final class OpenAttempt implements AutoCloseable {

  private final LoginAttempt attempt;
  private boolean ended;

  private OpenAttempt(LoginAttempt attempt) {
    this.attempt = attempt;
  }

  static OpenAttempt begin(LoginAttempts attempts, LoginAttempts.Account account, String client) {
    return new OpenAttempt(attempts.begin(account, client));
  }

  Standing standing() {
    return attempt.standing();
  }

  Duration retryAfter() {
    return attempt.retryAfter();
  }

  /** Who has used up the failures of a familiar pair is served like a stranger. */
  boolean isFamiliar() {
    return attempt.isFamiliar() && standing() == Standing.ADMITTED;
  }

  void succeeded() {
    ended = true;
    attempt.succeeded();
  }

  void failed() {
    ended = true;
    attempt.failed();
  }

  /** Ends it as abandoned if it has not ended. */
  @Override
  public void close() {
    if (!ended) {
      ended = true;
      attempt.abandoned();
    }
  }
}
