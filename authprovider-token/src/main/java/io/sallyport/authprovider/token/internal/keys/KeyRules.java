package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** Which keys an algorithm may have at all. */
final class KeyRules {

  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 16384;
  private static final int MAX_EXPONENT_BITS = 64;
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private KeyRules() {}

  static boolean isEcdsa(JwsAlgorithm algorithm) {
    return algorithm == JwsAlgorithm.ES256 || algorithm == JwsAlgorithm.ES384;
  }

  static boolean isRsa(JwsAlgorithm algorithm) {
    return algorithm == JwsAlgorithm.RS256 || algorithm == JwsAlgorithm.PS256;
  }

  /** The bytes that a secret for HMAC has at least: RFC 7518 section 3.2. */
  static int minSecret(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case HS256 -> 32;
      case HS384 -> 48;
      case HS512 -> 64;
      default -> throw new IllegalArgumentException(algorithm + " has no secret");
    };
  }

  /** What is wrong with a key for an algorithm, without a digit of it; empty if nothing is. */
  static Optional<String> fault(JwsAlgorithm algorithm, PublicKey key) {
    if (isRsa(algorithm) && key instanceof RSAPublicKey rsa) {
      return rsaFault(rsa);
    }
    if (isEcdsa(algorithm) && key instanceof ECPublicKey point) {
      return NamedCurve.of(algorithm).fault(point);
    }
    if (algorithm == JwsAlgorithm.EDDSA && key instanceof EdECPublicKey point) {
      return Edwards25519.fault(point);
    }
    return Optional.of("is not a key for " + algorithm.header());
  }

  private static Optional<String> rsaFault(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
      return Optional.of(
          "has " + bits + " bits, and RSA needs " + MIN_RSA_BITS + " to " + MAX_RSA_BITS);
    }
    BigInteger exponent = key.getPublicExponent();
    if (!exponent.testBit(0)
        || exponent.compareTo(THREE) < 0
        || exponent.bitLength() > MAX_EXPONENT_BITS) {
      return Optional.of("has a public exponent that RSA cannot have; it usually is 65537");
    }
    return key.getModulus().testBit(0)
        ? Optional.empty()
        : Optional.of("has an even modulus, which is no product of two large primes");
  }
}
