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
  /** A connector on which the configuration asks nobody: the request passes, and is written down. */
  BYPASSED(200),
  /** A browser's question what a page of another origin may send: answered here, it reaches nothing. */
  PREFLIGHT(204),
  /** Sent on to the HTTPS address of the application. */
  REDIRECTED(308),
  /** The request cannot be read in one way only, or carries more credentials than one. */
  MALFORMED(400),
  /** Plain HTTP where only HTTPS is accepted. */
  INSECURE(403),
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
   * @return true for {@link #OPEN}, {@link #ALLOWED} and {@link #BYPASSED}, and for nothing else
   */
  public boolean passes() {
    return this == OPEN || this == ALLOWED || this == BYPASSED;
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
