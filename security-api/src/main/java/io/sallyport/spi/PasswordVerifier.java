package io.sallyport.spi;

import io.sallyport.api.Secret;

/**
 * A store that checks passwords itself, as a directory does that is bound to.
 *
 * <p><b>Security.</b> Is never called with an empty password, which many directories take for an
 * anonymous bind. An unknown user must cost as much time as a wrong password.
 *
 * <p><b>Threads.</b> One instance serves all requests concurrently.
 *
 * @since 0.1
 */
public interface PasswordVerifier {

  /**
   * Checks a password.
   *
   * @param userId the user's id, as {@link io.sallyport.api.User#id()} answered in this request
   * @param password what the caller typed, not empty
   * @return the verdict
   * @throws UnavailableException if that cannot be told now
   */
  Verdict verify(String userId, Secret password);

  /** What a store says to a password. */
  enum Verdict {
    /** It is this user's password. */
    VERIFIED,
    /** It is not. */
    WRONG,
    /** There is no such user any more. */
    UNKNOWN
  }
}
