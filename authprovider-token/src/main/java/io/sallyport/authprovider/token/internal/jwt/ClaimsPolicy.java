package io.sallyport.authprovider.token.internal.jwt;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the registered claims of RFC 7519 must be: {@code iss}, {@code aud}, {@code sub} and {@code
 * exp} there, {@code iat} and {@code nbf} right where they are there.
 *
 * <p>The clock of whoever made the token may be ahead of ours by the clock skew: so much before its
 * {@code nbf} and {@code iat} a token is good already. It is no longer good from the very instant
 * {@code exp}, whatever the skew, since that is what its holder was told.
 *
 * @param issuer the exact {@code iss}
 * @param audience what {@code aud} must be or have in its list
 * @param clockSkew how far ahead the issuer's clock may be
 */
public record ClaimsPolicy(String issuer, String audience, Duration clockSkew) {

  /** The same claims, if they are as they must be at an instant. */
  public Verdict<ClaimReader> check(ClaimReader claims, Instant now) {
    String issuedBy = claims.text("iss");
    List<String> meantFor = claims.textOrTexts("aud");
    claims.name("sub");
    Instant expiry = claims.instant("exp");
    Optional<Instant> issuedAt = claims.optionalInstant("iat");
    Optional<Instant> notBefore = claims.optionalInstant("nbf");
    claims.require(issuedAt.map(expiry::isAfter).orElse(true), "the claim exp must be after iat");
    claims.require(notBefore.map(expiry::isAfter).orElse(true), "the claim exp must be after nbf");
    if (claims.fault().isPresent()) {
      return refused(
          claims, Reason.MALFORMED, "invalid token: " + claims.fault().get());
    }
    if (!issuedBy.equals(issuer)) {
      return refused(claims, Reason.WRONG_CREDENTIALS, "invalid token: of another issuer");
    }
    if (!meantFor.contains(audience)) {
      return refused(claims, Reason.WRONG_CREDENTIALS, "invalid token: for another audience");
    }
    if (!now.isBefore(expiry)) {
      return refused(claims, Reason.EXPIRED, "token expired");
    }
    Instant latest = now.plus(clockSkew);
    if (issuedAt.map(latest::isBefore).orElse(false)
        || notBefore.map(latest::isBefore).orElse(false)) {
      return refused(claims, Reason.NOT_YET_VALID, "token not yet valid");
    }
    return Verdict.accepted(claims);
  }

  private static Verdict<ClaimReader> refused(ClaimReader claims, Reason reason, String detail) {
    return new Verdict.Refused<>(reason, detail, claims.subjectIfFit());
  }
}
