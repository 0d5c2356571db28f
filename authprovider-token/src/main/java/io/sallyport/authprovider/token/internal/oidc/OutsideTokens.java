package io.sallyport.authprovider.token.internal.oidc;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.HeaderPolicy;
import io.sallyport.authprovider.token.internal.jws.KeyIdRule;
import io.sallyport.authprovider.token.internal.jws.StrictJson;
import io.sallyport.authprovider.token.internal.jws.StrictJws;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.jws.VerificationKey;
import io.sallyport.authprovider.token.internal.jwt.ClaimReader;
import io.sallyport.authprovider.token.internal.jwt.ClaimsPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the tokens of one issuer: RFC 7519 as profiled by RFC 9068, or by OpenID Connect. */
final class OutsideTokens {

  /** More than a container takes in one header field by default. */
  static final int MAX_LENGTH = 16 * 1024;

  private static final int MAX_DEPTH = 16;

  /** What only ID tokens have: OpenID Connect Core sections 2 and 3.3.2.11. */
  private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash", "s_hash");

  /** What only other kinds of JWT have: logout tokens and security events. */
  private static final String OF_EVENTS = "events";

  private final OutsideSettings settings;
  private final KeySource keys;
  private final HeaderPolicy headers;
  private final ClaimsPolicy policy;

  OutsideTokens(OutsideSettings settings, KeySource keys) {
    this.settings = settings;
    this.keys = keys;
    this.headers =
        HeaderPolicy.outside(settings.types(), settings.typeRequired(), KeyIdRule.REQUIRED);
    this.policy =
        ClaimsPolicy.outside(settings.issuer(), settings.audiences(), settings.clockSkew());
  }

  /**
   * What a token says that is right and in force at an instant.
   *
   * @param remaining how long that may take
   * @throws io.sallyport.spi.UnavailableException if the issuer's keys cannot be had now
   */
  Verdict<GenuineClaims> read(String token, Instant now, Duration remaining) {
    if (token.length() > MAX_LENGTH) {
      return Verdict.refused(Reason.AMBIGUOUS, "token longer than " + MAX_LENGTH + " characters");
    }
    // not verified yet: this decides only that the issuer need not be asked
    if (!settings.issuer().equals(claimedIssuer(token))) {
      return Verdict.refused(Reason.FOREIGN, "no token of the issuer " + settings.issuer());
    }
    StrictJws<VerificationKey> jws =
        new StrictJws<>(keyId -> keys.find(keyId, remaining), headers, MAX_LENGTH);
    return jws.open(token)
        .then(opened -> ClaimReader.nested(opened.payload(), MAX_DEPTH)
            .then(claims -> policy.check(claims, now))
            .then(claims -> checked(claims, now))
            .then(claims -> Verdict.accepted(new GenuineClaims(claims, opened.key()))));
  }

  private static @Nullable Object claimedIssuer(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0) {
      return null;
    }
    Optional<Map<String, @Nullable Object>> claims = Base64Url.decode(
            token.substring(first + 1, second))
        .flatMap(payload -> StrictJson.nested(payload, MAX_DEPTH));
    return claims.isPresent() ? claims.get().get("iss") : null;
  }

  private Verdict<ClaimReader> checked(ClaimReader claims, Instant now) {
    Instant issuedAt = claims.preciseInstant("iat");
    if (claims.has("auth_time")) {
      claims.require(
          !claims.preciseInstant("auth_time").isAfter(issuedAt.plus(settings.clockSkew())),
          "the claim auth_time must not be after iat");
    }
    claims.require(!claims.has(OF_EVENTS), "a token with the claim events is no access token");
    if (!settings.idTokens()) {
      OF_ID_TOKENS.forEach(name -> claims.require(
          !claims.has(name), "an ID token, by its claim " + name + ", is no access token"));
    }
    if (claims.fault().isPresent()) {
      return refused(
          claims, Reason.MALFORMED, "invalid token: " + claims.fault().get());
    }
    return now.isBefore(issuedAt.plus(settings.maxAge()))
        ? Verdict.accepted(claims)
        : refused(claims, Reason.EXPIRED, "token older than max_token_age");
  }

  private static Verdict<ClaimReader> refused(ClaimReader claims, Reason reason, String detail) {
    return new Verdict.Refused<>(reason, detail, claims.subjectIfFit());
  }
}
