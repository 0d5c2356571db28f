package io.sallyport.authprovider.token.internal.keys;

import java.time.Duration;
import java.time.Instant;

/**
 * A key and its times.
 *
 * @param key the key
 * @param notBefore from when on it signs and verifies
 * @param signUntil the first instant at which it signs no more
 * @param verifyUntil the first instant at which it is forgotten
 */
record RingKey(TokenKey key, Instant notBefore, Instant signUntil, Instant verifyUntil) {

  /** How long it verifies after it has signed, if nothing else is said: no token lives longer. */
  static final Duration AFTERLIFE = Duration.ofDays(1);

  boolean signsAt(Instant now) {
    return !now.isBefore(notBefore) && now.isBefore(signUntil);
  }

  boolean verifiesAt(Instant now) {
    return !now.isBefore(notBefore) && now.isBefore(verifyUntil);
  }

  /** Whether others who verify should know it: also before it begins, so that they know it in time. */
  boolean isPublishedAt(Instant now) {
    return now.isBefore(verifyUntil) && key instanceof PrivateTokenKey;
  }
}
