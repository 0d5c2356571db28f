package io.sallyport.authprovider.token.internal.signed;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.TokenOwner;
import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.HeaderPolicy;
import io.sallyport.authprovider.token.internal.jws.Opened;
import io.sallyport.authprovider.token.internal.jws.StrictJws;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.jwt.ClaimReader;
import io.sallyport.authprovider.token.internal.jwt.ClaimsPolicy;
import io.sallyport.authprovider.token.internal.keys.TokenKey;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes and reads the tokens of some keys, an issuer and an audience: JWTs (RFC 7519).
 *
 * <p>Their {@code typ} is {@code JWT} and not a type of our own, since generation 3's clients and
 * usual tools know it; that no other token of the same key passes is seen to by {@code iss}, {@code
 * aud} and the claims that only ours have.
 */
final class SignedTokenCodec {

  /** RFC 7519 tells the time in seconds, which is too coarse to say what was issued before an instant. */
  private static final String ISSUED_MILLIS = "iat_ms";

  private static final String PARENT = "parent";

  private final StrictJws<TokenKey> jws;
  private final ClaimsPolicy policy;

  SignedTokenCodec(TokenKeys keys, ClaimsPolicy policy) {
    this.jws = new StrictJws<>(keys, HeaderPolicy.OWN);
    this.policy = policy;
  }

  /** The token that says this, signed with a key. */
  String write(TokenContent content, TokenKey key) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", key.algorithm().header());
    header.put("typ", "JWT");
    if (!key.keyId().isEmpty()) {
      header.put("kid", key.keyId());
    }
    String signed = encoded(header) + '.' + encoded(claims(content));
    byte[] signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + '.' + Base64Url.encode(signature);
  }

  private Map<String, Object> claims(TokenContent content) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", policy.issuer());
    claims.put("aud", policy.audiences().iterator().next());
    claims.put("sub", content.owner().userId());
    claims.put("iat", content.issuedAt().getEpochSecond());
    claims.put("nbf", content.goodFrom().getEpochSecond());
    claims.put("exp", content.expiresAt().getEpochSecond());
    claims.put("jti", content.id());
    claims.put("store", content.owner().store());
    claims.put("stamp", Base64Url.encode(content.stampMac()));
    claims.put("auth_time", content.signedInAt().getEpochSecond());
    claims.put(ISSUED_MILLIS, content.issuedAt().toEpochMilli());
    if (content.parentId() != null) {
      claims.put(PARENT, content.parentId());
    }
    RestrictionClaims.write(content.restrictions(), claims);
    return claims;
  }

  private static String encoded(Map<String, Object> members) {
    return Base64Url.encode(JSONObjectUtils.toJSONString(members).getBytes(StandardCharsets.UTF_8));
  }

  /** What a token says that is right and in force at an instant. */
  Verdict<ReadToken> read(String token, Instant now) {
    return jws.open(token).then(opened -> read(opened, now));
  }

  /** Whether a token that was right before is in force at an instant. */
  boolean isInForce(TokenContent content, Instant now) {
    return now.isBefore(content.expiresAt())
        && !content.goodFrom().isAfter(now.plus(policy.clockSkew()));
  }

  private Verdict<ReadToken> read(Opened<TokenKey> opened, Instant now) {
    return ClaimReader.flat(opened.payload())
        .then(claims -> policy.check(claims, now))
        .then(SignedTokenCodec::content)
        .then(content -> Verdict.accepted(new ReadToken(content, opened.key())));
  }

  private static Verdict<TokenContent> content(ClaimReader claims) {
    Instant issuedAt = issuedAt(claims);
    Instant notBefore = claims.instant("nbf");
    Instant signedInAt = claims.instant("auth_time");
    claims.require(!signedInAt.isAfter(issuedAt), "the claim auth_time must not be after iat");
    TokenContent content = new TokenContent(
        claims.name("jti"),
        claims.optionalText(PARENT).orElse(null),
        new TokenOwner(claims.text("store"), claims.name("sub")),
        claims.bytes("stamp", SecurityStamp.MAC_LENGTH),
        signedInAt,
        issuedAt,
        later(notBefore, issuedAt.truncatedTo(ChronoUnit.SECONDS)),
        claims.instant("exp"),
        RestrictionClaims.read(claims));
    return claims.fault().isPresent()
        ? new Verdict.Refused<>(
            Reason.MALFORMED, "invalid token: " + claims.fault().get(), claims.subjectIfFit())
        : Verdict.accepted(content);
  }

  /** Tokens of earlier releases have the second alone. */
  private static Instant issuedAt(ClaimReader claims) {
    Instant second = claims.instant("iat");
    if (!claims.has(ISSUED_MILLIS)) {
      return second;
    }
    Instant exact = claims.milliseconds(ISSUED_MILLIS);
    claims.require(
        exact.truncatedTo(ChronoUnit.SECONDS).equals(second),
        "the claim " + ISSUED_MILLIS + " must be in the second of iat");
    return exact;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
