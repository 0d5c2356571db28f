package io.sallyport.authprovider.token.internal.signed;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.SecurityStamp;
import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.HeaderPolicy;
import io.sallyport.authprovider.token.internal.jws.StrictJson;
import io.sallyport.authprovider.token.internal.jws.StrictJws;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.jwt.ClaimReader;
import io.sallyport.authprovider.token.internal.jwt.ClaimsPolicy;
import io.sallyport.authprovider.token.internal.keys.SigningKey;
import java.time.Instant;
import java.util.Date;

/**
 * Writes and reads the tokens of one key, issuer and audience: JWTs (RFC 7519) signed with HS256.
 *
 * <p>Their {@code typ} is {@code JWT} and not a type of our own, since generation 3's clients and
 * usual tools know it; that no other token of the same key passes is seen to by {@code iss}, {@code
 * aud} and the claims that only ours have.
 */
final class SignedTokenCodec {

  private final MACSigner signer;
  private final StrictJws jws;
  private final ClaimsPolicy policy;

  SignedTokenCodec(SigningKey key, ClaimsPolicy policy) {
    this.signer = key.signer();
    this.jws = new StrictJws(key.verifier(), HeaderPolicy.OWN);
    this.policy = policy;
  }

  /** The token that says this. */
  String write(TokenContent content) {
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
        .issuer(policy.issuer())
        .audience(policy.audience())
        .subject(content.subject())
        .issueTime(Date.from(content.issuedAt()))
        .notBeforeTime(Date.from(content.issuedAt()))
        .expirationTime(Date.from(content.expiresAt()))
        .jwtID(content.id())
        .claim("store", content.store())
        .claim("stamp", Base64Url.encode(content.stampMac()))
        .claim("auth_time", content.signedInAt().getEpochSecond());
    RestrictionClaims.write(content.restrictions(), claims);
    SignedJWT token = new SignedJWT(HeaderPolicy.HEADER, claims.build());
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("HMAC with SHA-256 is not to be had from this Java", e);
    }
    return token.serialize();
  }

  /** What a token says that is right and in force at an instant. */
  Verdict<TokenContent> read(String token, Instant now) {
    return jws.open(token)
        .then(SignedTokenCodec::claims)
        .then(claims -> policy.check(claims, now))
        .then(SignedTokenCodec::content);
  }

  /** The claims of a token whose signature is right. */
  static Verdict<ClaimReader> claims(byte[] payload) {
    return StrictJson.object(payload)
        .map(members -> Verdict.accepted(new ClaimReader(members)))
        .orElseGet(
            () -> Verdict.malformed("the claims are not a flat JSON object with each member once"));
  }

  private static Verdict<TokenContent> content(ClaimReader claims) {
    Instant issuedAt = claims.instant("iat");
    claims.instant("nbf");
    Instant signedInAt = claims.instant("auth_time");
    claims.require(!signedInAt.isAfter(issuedAt), "the claim auth_time must not be after iat");
    TokenContent content = new TokenContent(
        claims.name("jti"),
        claims.text("store"),
        claims.name("sub"),
        claims.bytes("stamp", SecurityStamp.MAC_LENGTH),
        signedInAt,
        issuedAt,
        claims.instant("exp"),
        RestrictionClaims.read(claims));
    return claims.fault().isPresent()
        ? new Verdict.Refused<>(
            Reason.MALFORMED, "invalid token: " + claims.fault().get(), claims.subjectIfFit())
        : Verdict.accepted(content);
  }
}
