package io.sallyport.spi;

import java.time.Duration;

/**
 * One attempt to sign in, from {@link LoginAttempts#begin} until its end is told. One thread begins it,
 * another may end it. Of several ends, the first counts.
 *
 * <p>An end that cannot be told throws {@link UnavailableException}: then the attempt goes on counting as one that
 * may be a failure, until its time is over, and nobody is let in on it.
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

  /**
   * The credentials were good, and are accepted: what counts against this client at this account begins
   * anew, and so does what other strangers have failed there if this client was one. Attempts that are under
   * way go on counting. Of an attempt that is {@link Standing#LOCKED} it says as little as {@link #abandoned}.
   *
   * @throws UnavailableException if that cannot be told now; the caller must not be let in
   */
  void succeeded();

  /**
   * The credentials were bad, or the account is locked. An attempt that was {@link Standing#LOCKED} from its
   * beginning counts from now on, unless the account is really locked now: it may have been refused only because of
   * attempts under way that came to nothing, or have outlasted the lock, and is a guess like any other.
   *
   * @throws UnavailableException if that cannot be told now
   */
  void failed();

  /**
   * Whether they were good was not found out: as if there had been no attempt.
   *
   * @throws UnavailableException if that cannot be told now
   */
  void abandoned();

  /** Whether an attempt may be made. */
  enum Standing {
    /** It may: check the credentials. */
    ADMITTED,
    /**
     * Too many failures of this account, or so many attempts under way that may become some: refused
     * whatever is presented, with the answer and at the cost of bad credentials. Whoever has found good ones
     * may begin again, and is admitted if the others have turned out to be none.
     */
    LOCKED,
    /** Too many failures from this client: nothing is looked at. */
    THROTTLED
  }
}
