package io.sallyport.authprovider.token.internal.jwt;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the registered claims of RFC 7519 must be: {@code iss}, {@code aud}, {@code sub} and {@code
 * exp} there, {@code iat} and {@code nbf} right where they are there.
 *
 * <p>The clock of whoever made the token may be ahead of ours by the clock skew: so much before its
 * {@code nbf} and {@code iat} a token is good already. A token of our own is no longer good from the very instant
 * {@code exp}, whatever the skew, since that is what its holder was told.
 *
 * @param issuer the exact {@code iss}
 * @param audiences of which {@code aud} must be one or have one in its list
 * @param clockSkew how far another clock may be off, at most a minute
 * @param ofOthers whether the tokens are an outside issuer's, whose clock may be behind ours as well, and who may
 *     write times with a fraction
 */
public record ClaimsPolicy(
    String issuer, Set<String> audiences, Duration clockSkew, boolean ofOthers) {

  private static final Duration MAX_SKEW = Duration.ofMinutes(1);

  /** A policy, whose audiences are copied. */
  public ClaimsPolicy {
    audiences = Set.copyOf(audiences);
    if (clockSkew.isNegative() || clockSkew.compareTo(MAX_SKEW) > 0) {
      throw new IllegalArgumentException("clockSkew must be 0s to 60s, got " + clockSkew);
    }
  }

  /** For tokens of our own. */
  public static ClaimsPolicy own(String issuer, String audience, Duration clockSkew) {
    return new ClaimsPolicy(issuer, Set.of(audience), clockSkew, false);
  }

  /** For tokens of an outside issuer. */
  public static ClaimsPolicy outside(String issuer, Set<String> audiences, Duration clockSkew) {
    return new ClaimsPolicy(issuer, audiences, clockSkew, true);
  }

  /** The same claims, if they are as they must be at an instant. */
  public Verdict<ClaimReader> check(ClaimReader claims, Instant now) {
    String issuedBy = claims.text("iss");
    List<String> meantFor = claims.textOrTexts("aud");
    claims.name("sub");
    Instant expiry = instant(claims, "exp");
    Optional<Instant> issuedAt = optionalInstant(claims, "iat");
    Optional<Instant> notBefore = optionalInstant(claims, "nbf");
    if (!ofOthers) {
      claims.require(issuedAt.map(expiry::isAfter).orElse(true), "the claim exp must be after iat");
      claims.require(
          notBefore.map(expiry::isAfter).orElse(true), "the claim exp must be after nbf");
    }
    if (claims.fault().isPresent()) {
      return refused(
          claims, Reason.MALFORMED, "invalid token: " + claims.fault().get());
    }
    if (!issuedBy.equals(issuer)) {
      return refused(claims, Reason.FOREIGN, "invalid token: of another issuer");
    }
    if (meantFor.stream().noneMatch(audiences::contains)) {
      return refused(claims, Reason.FOREIGN, "invalid token: for another audience");
    }
    return inTime(claims, expiry, issuedAt, notBefore, now);
  }

  private Verdict<ClaimReader> inTime(
      ClaimReader claims,
      Instant expiry,
      Optional<Instant> issuedAt,
      Optional<Instant> notBefore,
      Instant now) {
    if (!now.isBefore(ofOthers ? expiry.plus(clockSkew) : expiry)) {
      return refused(claims, Reason.EXPIRED, "token expired");
    }
    Instant latest = now.plus(clockSkew);
    if (issuedAt.map(latest::isBefore).orElse(false)
        || notBefore.map(latest::isBefore).orElse(false)) {
      return refused(claims, Reason.NOT_YET_VALID, "token not yet valid");
    }
    return Verdict.accepted(claims);
  }

  private Instant instant(ClaimReader claims, String name) {
    return ofOthers ? claims.preciseInstant(name) : claims.instant(name);
  }

  private Optional<Instant> optionalInstant(ClaimReader claims, String name) {
    return claims.has(name) ? Optional.of(instant(claims, name)) : Optional.empty();
  }

  private static Verdict<ClaimReader> refused(ClaimReader claims, Reason reason, String detail) {
    return new Verdict.Refused<>(reason, detail, claims.subjectIfFit());
  }
}
