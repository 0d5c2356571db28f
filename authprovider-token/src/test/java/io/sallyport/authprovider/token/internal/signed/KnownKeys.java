package io.sallyport.authprovider.token.internal.signed;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.authprovider.token.internal.jws.VerificationKey;
import io.sallyport.authprovider.token.internal.jws.VerificationKeys;
import io.sallyport.authprovider.token.internal.keys.CryptoChoice;
import io.sallyport.authprovider.token.internal.keys.JwkSet;
import io.sallyport.authprovider.token.internal.keys.SecretTokenKey;
import io.sallyport.authprovider.token.internal.keys.Signatures;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of a file of known answers: public ones as an issuer publishes them, and secrets as we keep them. */
final class KnownKeys implements VerificationKeys<VerificationKey> {

  private final Map<String, VerificationKey> keys = new HashMap<>();

  /** Keys, of which none is used that must not be. */
  static KnownKeys of(List<Map<String, Object>> jwks) {
    KnownKeys known = new KnownKeys();
    known.keys.putAll(JwkSet.read(
            JSONObjectUtils.toJSONString(Map.of("keys", jwks)),
            EnumSet.allOf(JwsAlgorithm.class),
            Signatures.of(CryptoChoice.JDK))
        .keys());
    Set<String> seen = new HashSet<>();
    for (Map<String, Object> jwk : new ArrayList<>(jwks)) {
      if ("oct".equals(jwk.get("kty"))) {
        known.addSecret(jwk, seen);
      }
    }
    return known;
  }

  private void addSecret(Map<String, Object> jwk, Set<String> seen) {
    String keyId = (String) jwk.getOrDefault("kid", "secret");
    if (!seen.add(keyId)) {
      keys.remove(keyId);
      return;
    }
    Object operations = jwk.get("key_ops");
    boolean forSignatures = "sig".equals(jwk.getOrDefault("use", "sig"))
        && (operations == null || ((List<?>) operations).contains("verify"));
    for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
      if (forSignatures && algorithm.header().equals(jwk.getOrDefault("alg", "HS256"))) {
        try {
          byte[] secret = Base64Url.decode((String) jwk.get("k")).orElseThrow();
          keys.put(keyId, SecretTokenKey.of(keyId, algorithm, secret));
        } catch (IllegalArgumentException e) {
          return; // too short
        }
      }
    }
  }

  @Override
  public Optional<VerificationKey> find(@Nullable String keyId) {
    if (keyId != null) {
      return Optional.ofNullable(keys.get(keyId));
    }
    return keys.size() == 1 ? keys.values().stream().findFirst() : Optional.empty();
  }
}
