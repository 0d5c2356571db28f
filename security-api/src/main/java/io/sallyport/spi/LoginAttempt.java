package io.sallyport.spi;

import java.time.Duration;

/**
 * One attempt to sign in, from {@link LoginAttempts#begin} until its end is told. One thread begins it,
 * another may end it.
 *
 * @since 0.1
 */
public interface LoginAttempt {

  /**
   * Whether the attempt may be made.
   *
   * @return the standing at its beginning
   */
  Standing standing();

  /**
   * How long the client must wait if it is {@link Standing#THROTTLED}. Depends on the client alone.
   *
   * @return the time, zero in any other standing
   */
  Duration retryAfter();

  /**
   * Whether this client has signed in to this account lately. Such a pair has a counter of its own, and is
   * served first where there is not enough for all.
   *
   * @return whether it has
   */
  boolean isFamiliar();

  /** The credentials were good: what counts against this account and client begins anew. */
  void succeeded();

  /** The credentials were bad, or the account is locked. */
  void failed();

  /** Whether they were good was not found out: as if there had been no attempt. */
  void abandoned();

  /** Whether an attempt may be made. */
  enum Standing {
    /** It may: check the credentials. */
    ADMITTED,
    /**
     * Too many failures of this account: refused whatever is presented, with the answer and at the cost of
     * bad credentials.
     */
    LOCKED,
    /** Too many failures from this client: nothing is looked at. */
    THROTTLED
  }
}
