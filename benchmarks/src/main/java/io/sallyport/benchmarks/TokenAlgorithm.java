package io.sallyport.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** The algorithms that are measured, each with fresh keys and tokens as usual issuers make them. */
enum TokenAlgorithm {
  HS256,
  RS256,
  ES256;

  static final String KEY_ID = "benchmark";
  static final String ISSUER = "https://id.example.org";
  static final String AUDIENCE = "manager";

  JWSAlgorithm jose() {
    return JWSAlgorithm.parse(name());
  }

  JWK newKey() {
    try {
      return switch (this) {
        case HS256 ->
          new OctetSequenceKeyGenerator(256).keyID(KEY_ID).algorithm(jose()).generate();
        case RS256 -> new RSAKeyGenerator(2048).keyID(KEY_ID).algorithm(jose()).generate();
        case ES256 ->
          new ECKeyGenerator(Curve.P_256).keyID(KEY_ID).algorithm(jose()).generate();
      };
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token of the first user, good for a day, with about the claims of RFC 9068. */
  String tokenBy(JWK key) {
    Instant now = Instant.now();
    JWTClaimsSet claims = new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("user0")
        .jwtID(UUID.randomUUID().toString())
        .issueTime(Date.from(now))
        .notBeforeTime(Date.from(now))
        .expirationTime(Date.from(now.plus(Duration.ofDays(1))))
        .claim("roles", List.of(Accounts.ROLE))
        .build();
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(jose()).keyID(KEY_ID).build(), claims);
    try {
      token.sign(signer(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  private JWSSigner signer(JWK key) throws JOSEException {
    return switch (this) {
      case HS256 -> new MACSigner((OctetSequenceKey) key);
      case RS256 -> new RSASSASigner((RSAKey) key);
      case ES256 -> new ECDSASigner((ECKey) key);
    };
  }
}
