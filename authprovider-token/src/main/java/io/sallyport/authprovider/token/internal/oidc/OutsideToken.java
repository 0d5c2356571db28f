package io.sallyport.authprovider.token.internal.oidc;

import io.sallyport.api.Evidence;
import io.sallyport.api.Subject.ExternalUser;
import io.sallyport.authprovider.token.internal.jws.VerificationKey;
import io.sallyport.authprovider.token.internal.verified.Remembered;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a genuine token of the issuer means here. Issuer, audience and all that its claims say are as the settings want
 * it, which do not change; the times, the key and a user of a store are looked at on each use.
 *
 * @param key what it is signed with
 * @param subject the issuer's own name for whose it is
 * @param name what the user is called
 * @param external who that is, null for a user of a userstore
 * @param evidence what it proves
 * @param goodFrom the first instant at which it is good by the issuer's clock
 * @param endsAt the first instant at which it is no longer good, the clock skew considered
 */
record OutsideToken(
    VerificationKey key,
    String subject,
    String name,
    @Nullable ExternalUser external,
    Evidence evidence,
    Instant goodFrom,
    Instant endsAt)
    implements Remembered {

  @Override
  public Object holder() {
    return subject;
  }

  boolean isInForce(Instant now, Duration clockSkew) {
    return now.isBefore(endsAt) && !goodFrom.isAfter(now.plus(clockSkew));
  }

  /** Whether the issuer publishes the key that it is signed with, as far as is known now. */
  boolean isKeyIn(KeySource keys) {
    Optional<VerificationKey> current = keys.held(key.keyId());
    return current.isPresent() && current.get().equals(key);
  }
}
