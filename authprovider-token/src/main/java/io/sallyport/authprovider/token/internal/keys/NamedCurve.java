package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.Optional;

/**
 * The curve of one of the ECDSA algorithms.
 *
 * @param jwkName what a JWK calls it
 * @param parameters what it is
 */
record NamedCurve(String jwkName, ECParameterSpec parameters) {

  private static final BigInteger TWO = BigInteger.TWO;
  private static final BigInteger THREE = BigInteger.valueOf(3);

  static NamedCurve of(JwsAlgorithm algorithm) {
    return algorithm == JwsAlgorithm.ES384
        ? named("P-384", "secp384r1")
        : named("P-256", "secp256r1");
  }

  private static NamedCurve named(String jwkName, String name) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(name));
      return new NamedCurve(jwkName, parameters.getParameterSpec(ECParameterSpec.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no curve " + name + "; use another one", e);
    }
  }

  /** The bytes of a coordinate, and of each half of a signature. */
  int size() {
    return (prime().bitLength() + 7) / 8;
  }

  /** Whether a key says that it is on this curve, whatever its point is. */
  boolean isOf(ECKey key) {
    ECParameterSpec other = key.getParams();
    return other != null
        && other.getCurve().getField().equals(parameters.getCurve().getField())
        && other.getCurve().getA().equals(parameters.getCurve().getA())
        && other.getCurve().getB().equals(parameters.getCurve().getB())
        && other.getGenerator().equals(parameters.getGenerator())
        && other.getOrder().equals(parameters.getOrder())
        && other.getCofactor() == parameters.getCofactor();
  }

  /** What is wrong with a public key for this curve, empty if nothing is. */
  Optional<String> fault(ECPublicKey key) {
    if (!isOf(key)) {
      return Optional.of("is not on the curve " + jwkName);
    }
    return contains(key.getW())
        ? Optional.empty()
        : Optional.of("is a point beside the curve " + jwkName);
  }

  private boolean contains(ECPoint point) {
    if (point.equals(ECPoint.POINT_INFINITY)
        || !isElement(point.getAffineX())
        || !isElement(point.getAffineY())) {
      return false;
    }
    BigInteger x = point.getAffineX();
    BigInteger right = x.pow(3)
        .add(parameters.getCurve().getA().multiply(x))
        .add(parameters.getCurve().getB())
        .mod(prime());
    return point.getAffineY().modPow(TWO, prime()).equals(right);
  }

  private boolean isElement(BigInteger coordinate) {
    return coordinate.signum() >= 0 && coordinate.compareTo(prime()) < 0;
  }

  /** Whether both halves of a signature are numbers from 1 to the order less one. */
  boolean isSignature(byte[] signature) {
    int half = size();
    return signature.length == 2 * half
        && isScalar(new BigInteger(1, Arrays.copyOfRange(signature, 0, half)))
        && isScalar(new BigInteger(1, Arrays.copyOfRange(signature, half, 2 * half)));
  }

  /** Whether a number is from 1 to the order less one. */
  boolean isScalar(BigInteger number) {
    return number.signum() > 0 && number.compareTo(parameters.getOrder()) < 0;
  }

  /**
   * The public point of a private number. Not in constant time: for when a key is read, which nobody can
   * have done again and again.
   */
  ECPoint publicPoint(BigInteger number) {
    ECPoint sum = ECPoint.POINT_INFINITY;
    for (int bit = number.bitLength() - 1; bit >= 0; bit--) {
      sum = sum(sum, sum);
      if (number.testBit(bit)) {
        sum = sum(sum, parameters.getGenerator());
      }
    }
    return sum;
  }

  private ECPoint sum(ECPoint one, ECPoint other) {
    if (one.equals(ECPoint.POINT_INFINITY)) {
      return other;
    }
    if (other.equals(ECPoint.POINT_INFINITY)) {
      return one;
    }
    BigInteger slope;
    if (one.equals(other)) {
      slope = quotient(
          one.getAffineX().pow(2).multiply(THREE).add(parameters.getCurve().getA()),
          one.getAffineY().multiply(TWO));
    } else if (one.getAffineX().equals(other.getAffineX())) {
      return ECPoint.POINT_INFINITY;
    } else {
      slope = quotient(
          other.getAffineY().subtract(one.getAffineY()),
          other.getAffineX().subtract(one.getAffineX()));
    }
    BigInteger x =
        slope.pow(2).subtract(one.getAffineX()).subtract(other.getAffineX()).mod(prime());
    BigInteger y =
        slope.multiply(one.getAffineX().subtract(x)).subtract(one.getAffineY()).mod(prime());
    return new ECPoint(x, y);
  }

  private BigInteger quotient(BigInteger dividend, BigInteger divisor) {
    return dividend.multiply(divisor.modInverse(prime())).mod(prime());
  }

  private BigInteger prime() {
    return ((ECFieldFp) parameters.getCurve().getField()).getP();
  }
}
