package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.EdECPoint;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A public key as a JSON Web Key: made of public members one by one, so that there is nothing to leave out.
 *
 * @param members the members that RFC 7638 section 3.2 requires, in its order
 */
record PublicJwk(SortedMap<String, String> members) {

  private static final int ED25519_BYTES = 32;

  /** The public members of a key that {@link KeyRules} have permitted. */
  static PublicJwk of(PublicKey key) {
    SortedMap<String, String> members = new TreeMap<>();
    if (key instanceof RSAPublicKey rsa) {
      members.put("kty", "RSA");
      members.put("n", number(rsa.getModulus()));
      members.put("e", number(rsa.getPublicExponent()));
    } else if (key instanceof ECPublicKey point) {
      NamedCurve p384 = NamedCurve.of(JwsAlgorithm.ES384);
      NamedCurve curve = p384.isOf(point) ? p384 : NamedCurve.of(JwsAlgorithm.ES256);
      members.put("kty", "EC");
      members.put("crv", curve.jwkName());
      members.put("x", fixed(point.getW().getAffineX(), curve.size()));
      members.put("y", fixed(point.getW().getAffineY(), curve.size()));
    } else if (key instanceof EdECPublicKey point) {
      members.put("kty", "OKP");
      members.put("crv", "Ed25519");
      members.put("x", Base64Url.encode(littleEndian(point.getPoint())));
    } else {
      throw new IllegalArgumentException("no JWK for a key of " + key.getAlgorithm());
    }
    return new PublicJwk(members);
  }

  private static String number(BigInteger number) {
    return fixed(number, (number.bitLength() + 7) / 8);
  }

  private static String fixed(BigInteger number, int size) {
    return Base64Url.encode(PrivateValue.bytes(number, size));
  }

  private static byte[] littleEndian(EdECPoint point) {
    byte[] high = PrivateValue.bytes(point.getY(), ED25519_BYTES);
    byte[] low = new byte[ED25519_BYTES];
    for (int i = 0; i < ED25519_BYTES; i++) {
      low[i] = high[ED25519_BYTES - 1 - i];
    }
    if (point.isXOdd()) {
      low[ED25519_BYTES - 1] |= (byte) 0x80;
    }
    return low;
  }

  /** The thumbprint by SHA-256: RFC 7638. */
  String thumbprint() {
    try {
      byte[] text = json(members).getBytes(StandardCharsets.UTF_8);
      return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The key for a set, with what it is called and is for. */
  String json(String keyId, JwsAlgorithm algorithm) {
    SortedMap<String, String> all = new TreeMap<>(members);
    all.put("alg", algorithm.header());
    all.put("kid", keyId);
    all.put("use", "sig");
    return json(all);
  }

  /** Neither names nor values hold what JSON would have to escape. */
  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":\"" + member.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
