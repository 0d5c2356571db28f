package io.sallyport.core;

/**
 * What is refused to the user of an account that failed logins have locked.
 *
 * @since 0.1
 */
public enum LockScope {
  /** Signing in with a password. Tokens, certificates and the like stay good. */
  PASSWORD,
  /**
   * Everything, tokens too. Only the password itself is still taken from clients that have signed in to the
   * account lately, so that nobody can lock others out from afar.
   */
  ALL
}
