package io.sallyport.core.internal.gate;

import static java.util.Objects.requireNonNull;

import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempts;
import java.time.Duration;
import java.util.function.Supplier;

/** Counters that hold no more threads than their share. Owns the counters that it bounds. */
public final class BoundedLoginAttempts implements LoginAttempts {

  private final LoginAttempts attempts;
  private final BoundedCalls calls;

  /** Bounds counters. */
  public BoundedLoginAttempts(LoginAttempts attempts, CallLimits limits) {
    this.attempts = attempts;
    this.calls = new BoundedCalls("login_attempts", limits);
  }

  @Override
  public LoginAttempt begin(Account account, String client) {
    LoginAttempt begun = call(() -> {
      LoginAttempt made = requireNonNull(attempts.begin(account, client), "the attempt");
      requireNonNull(made.standing(), "the standing of the attempt");
      return made;
    });
    return new Bounded(begun);
  }

  @Override
  public boolean isSettled(Account account, String client) {
    return call(() -> attempts.isSettled(account, client));
  }

  @Override
  public boolean isLocked(Account account) {
    return call(() -> attempts.isLocked(account));
  }

  @Override
  public boolean unlock(Account account) {
    return call(() -> attempts.unlock(account));
  }

  private <T> T call(Supplier<T> call) {
    return calls.call(call);
  }

  private void run(Runnable end) {
    call(() -> {
      end.run();
      return true;
    });
  }

  @Override
  public void close() {
    calls.close();
    attempts.close();
  }

  /** What it was when it began is known here; its ends are told as calls of their own. */
  private final class Bounded implements LoginAttempt {

    private final LoginAttempt attempt;

    Bounded(LoginAttempt attempt) {
      this.attempt = attempt;
    }

    @Override
    public Standing standing() {
      return attempt.standing();
    }

    @Override
    public Duration retryAfter() {
      return attempt.retryAfter();
    }

    @Override
    public boolean isFamiliar() {
      return attempt.isFamiliar();
    }

    @Override
    public void succeeded() {
      run(attempt::succeeded);
    }

    @Override
    public void failed() {
      run(attempt::failed);
    }

    @Override
    public void abandoned() {
      run(attempt::abandoned);
    }
  }
}
