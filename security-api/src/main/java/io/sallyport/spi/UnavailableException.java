package io.sallyport.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The answer cannot be known now: a store is down, a queue is full, a time-out has passed. The request
 * ends with 503 and {@code Retry-After}; it is never a rejection and never counts as a failed login.
 *
 * <p>Any other exception is understood in the same way, so this one is for saying when to come back.
 *
 * @since 0.1
 */
public final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** How long a client should wait. */
  private final Duration retryAfter;

  /**
   * Says that an answer cannot be known now.
   *
   * @param message what is unavailable, for the operator
   * @param retryAfter how long a client should wait, at least a second when it is written
   * @param cause what happened, null if nothing was thrown
   */
  public UnavailableException(String message, Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = requireNonNull(retryAfter, "retryAfter");
  }

  /**
   * How long a client should wait.
   *
   * @return the time
   */
  public Duration retryAfter() {
    return retryAfter;
  }
}
