package io.sallyport.api;

/**
 * How a decision ended, and with it the status of the answer in the standard profile.
 *
 * @since 0.1
 */
public enum Outcome {
  /** An open rule: the request passes and nobody was asked who sent it. */
  OPEN(200),
  /** The caller is known and may. */
  ALLOWED(200),
  /** The request cannot be read in one way only, or carries more credentials than one. */
  MALFORMED(400),
  /** Nobody authenticated the caller. */
  UNAUTHENTICATED(401),
  /** The caller is known and may not. */
  FORBIDDEN(403),
  /** Too many failures from this client. */
  THROTTLED(429),
  /** Whether the caller may cannot be told now. */
  UNAVAILABLE(503);

  private final int status;

  Outcome(int status) {
    this.status = status;
  }

  /**
   * Whether the request goes on to the endpoint.
   *
   * @return true for {@link #OPEN} and {@link #ALLOWED}, and for nothing else
   */
  public boolean passes() {
    return this == OPEN || this == ALLOWED;
  }

  /**
   * The HTTP status of the answer in the standard profile.
   *
   * @return the status; 200 stands for whatever the endpoint answers
   */
  public int status() {
    return status;
  }
}
