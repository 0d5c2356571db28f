package io.sallyport.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.Set;

/** Nimbus JOSE+JWT alone, as its manual has tokens verified: parse, signature, claims. */
final class NimbusVerification {

  private final ConfigurableJWTProcessor<SecurityContext> processor;

  NimbusVerification(TokenAlgorithm algorithm, JWK key) {
    this.processor = processor(algorithm, key);
  }

  static ConfigurableJWTProcessor<SecurityContext> processor(TokenAlgorithm algorithm, JWK key) {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(algorithm.jose(), new ImmutableJWKSet<>(new JWKSet(key))));
    processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
        TokenAlgorithm.AUDIENCE,
        new JWTClaimsSet.Builder().issuer(TokenAlgorithm.ISSUER).build(),
        Set.of("sub", "exp")));
    return processor;
  }

  /** The claims of a good token; anything else throws. */
  JWTClaimsSet verify(String token) {
    try {
      return processor.process(token, null);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
