package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One JSON Web Key: RFC 7517. What it says of itself is compared with what it is to be used for and decides
 * nothing.
 *
 * @param members its members, of which those with other names than ours are ignored
 */
record Jwk(Map<String, Object> members) {

  private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
  private static final int ED25519_BYTES = 32;

  /** A member that is a text; empty if it is not there. */
  Optional<String> text(String member) {
    Object value = members.get(member);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw new IllegalArgumentException("has a member " + member + " that is not a text");
  }

  /** Whether it holds what must be kept secret. */
  boolean isPrivate() {
    return members.keySet().stream().anyMatch(PRIVATE::contains);
  }

  /** The only algorithm that the key can have, with the first choice for RSA; empty if it has none here. */
  Optional<JwsAlgorithm> algorithm(Set<JwsAlgorithm> accepted) {
    Optional<String> named = text("alg");
    return candidates().stream()
        .filter(accepted::contains)
        .filter(algorithm -> named.isEmpty() || algorithm.header().equals(named.get()))
        .findFirst();
  }

  private List<JwsAlgorithm> candidates() {
    String type = text("kty").orElse("") + " " + text("crv").orElse("");
    return switch (type) {
      case "RSA " -> List.of(JwsAlgorithm.RS256, JwsAlgorithm.PS256);
      case "EC P-256" -> List.of(JwsAlgorithm.ES256);
      case "EC P-384" -> List.of(JwsAlgorithm.ES384);
      case "OKP Ed25519" -> List.of(JwsAlgorithm.EDDSA);
      case "oct " -> List.of(JwsAlgorithm.HS256, JwsAlgorithm.HS384, JwsAlgorithm.HS512);
      default -> List.of();
    };
  }

  /** The secret of a symmetric key. */
  byte[] secret() {
    return bytes("k");
  }

  /** The public half of a key for an algorithm. */
  PublicKey publicKey(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case RS256, PS256 -> generatedPublic("RSA", new RSAPublicKeySpec(number("n"), number("e")));
      case ES256, ES384 -> {
        NamedCurve curve = NamedCurve.of(algorithm);
        var point = new ECPoint(
            new BigInteger(1, bytes("x", curve.size())),
            new BigInteger(1, bytes("y", curve.size())));
        yield generatedPublic("EC", new ECPublicKeySpec(point, curve.parameters()));
      }
      case EDDSA ->
        generatedPublic(
            "Ed25519",
            new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(bytes("x", ED25519_BYTES))));
      case HS256, HS384, HS512 -> throw new IllegalArgumentException("has no public half");
    };
  }

  /** The private half of a key for an algorithm. */
  PrivateKey privateKey(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case RS256, PS256 ->
        generatedPrivate(
            "RSA",
            new RSAPrivateCrtKeySpec(
                number("n"),
                number("e"),
                number("d"),
                number("p"),
                number("q"),
                number("dp"),
                number("dq"),
                number("qi")));
      case ES256, ES384 -> {
        NamedCurve curve = NamedCurve.of(algorithm);
        BigInteger number = new BigInteger(1, bytes("d", curve.size()));
        yield generatedPrivate("EC", new ECPrivateKeySpec(number, curve.parameters()));
      }
      case EDDSA ->
        generatedPrivate(
            "Ed25519",
            new EdECPrivateKeySpec(NamedParameterSpec.ED25519, bytes("d", ED25519_BYTES)));
      case HS256, HS384, HS512 -> throw new IllegalArgumentException("has no private half");
    };
  }

  private static EdECPoint point(byte[] x) {
    byte[] bytes = x.clone();
    boolean odd = bytes[ED25519_BYTES - 1] < 0;
    bytes[ED25519_BYTES - 1] &= 0x7F;
    return new EdECPoint(odd, Edwards25519.littleEndian(bytes));
  }

  private BigInteger number(String member) {
    return new BigInteger(1, bytes(member));
  }

  private byte[] bytes(String member, int size) {
    byte[] bytes = bytes(member);
    if (bytes.length != size) {
      throw new IllegalArgumentException(
          "has a member " + member + " of " + bytes.length + " bytes instead of " + size);
    }
    return bytes;
  }

  private byte[] bytes(String member) {
    return text(member)
        .flatMap(Base64Url::decode)
        .orElseThrow(() -> new IllegalArgumentException(
            "has no member " + member + " in base64url without padding"));
  }

  private static PublicKey generatedPublic(String type, KeySpec spec) {
    try {
      return KeyFactory.getInstance(type).generatePublic(spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("is none of " + type + " that Java takes", e);
    }
  }

  private static PrivateKey generatedPrivate(String type, KeySpec spec) {
    try {
      return KeyFactory.getInstance(type).generatePrivate(spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("is none of " + type + " that Java takes", e);
    }
  }

  /** Nothing of what it holds. */
  @Override
  public String toString() {
    return "Jwk[hidden]";
  }
}
