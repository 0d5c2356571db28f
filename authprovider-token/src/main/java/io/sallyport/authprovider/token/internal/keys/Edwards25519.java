package io.sallyport.authprovider.token.internal.keys;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The curve of Ed25519: RFC 8032 section 5.1. */
final class Edwards25519 {

  private static final BigInteger ONE = BigInteger.ONE;
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger D = BigInteger.valueOf(-121665)
      .multiply(BigInteger.valueOf(121666).modInverse(P))
      .mod(P);
  private static final Point BASE = new Point(
      new BigInteger(
          "15112221349535400772501151409588531511454012693041857206046113283949847762202"),
      new BigInteger(
          "46316835694926478169428394003475163141307993866256225615783033603165251855960"));

  /** A point of order 8: what is multiplied by 8 is the neutral element. */
  private static final BigInteger OF_ORDER_8 = new BigInteger(
      "2707385501144840649318225287225658788936804267575313519463743609750303402022");

  /** The second coordinates of the eight points that show nothing of whoever knows their number. */
  private static final Set<BigInteger> SMALL =
      Set.of(BigInteger.ZERO, ONE, P.subtract(ONE), OF_ORDER_8, P.subtract(OF_ORDER_8));

  private static final int SEED_BYTES = 32;

  private record Point(BigInteger x, BigInteger y) {}

  private Edwards25519() {}

  /** What is wrong with a public key, empty if nothing is. */
  static Optional<String> fault(EdECPublicKey key) {
    if (!NamedParameterSpec.ED25519.getName().equalsIgnoreCase(key.getParams().getName())) {
      return Optional.of("is not on the curve Ed25519, the only one that EdDSA has here");
    }
    BigInteger y = key.getPoint().getY();
    if (y.signum() < 0 || y.compareTo(P) >= 0) {
      return Optional.of("is not written in the one way that a point of Ed25519 has");
    }
    return SMALL.contains(y)
        ? Optional.of("is a point of small order, for which anybody can sign")
        : Optional.empty();
  }

  /**
   * The public point of a private seed. Not in constant time: for when a key is read, which nobody can have
   * done again and again.
   */
  static EdECPoint publicPoint(byte[] seed) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("has " + seed.length + " bytes, and Ed25519 needs 32");
    }
    Point sum = new Point(BigInteger.ZERO, ONE);
    BigInteger number = number(seed);
    for (int bit = number.bitLength() - 1; bit >= 0; bit--) {
      sum = sum(sum, sum);
      if (number.testBit(bit)) {
        sum = sum(sum, BASE);
      }
    }
    return new EdECPoint(sum.x().testBit(0), sum.y());
  }

  private static BigInteger number(byte[] seed) {
    byte[] half = Arrays.copyOf(sha512(seed), SEED_BYTES);
    half[0] &= (byte) 0xF8;
    half[31] &= 0x7F;
    half[31] |= 0x40;
    return littleEndian(half);
  }

  /** A number that is written with its lowest byte first. */
  static BigInteger littleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }

  private static Point sum(Point one, Point other) {
    BigInteger xs = one.x().multiply(other.x()).mod(P);
    BigInteger ys = one.y().multiply(other.y()).mod(P);
    BigInteger both = D.multiply(xs).multiply(ys).mod(P);
    BigInteger crossed = one.x().multiply(other.y()).add(other.x().multiply(one.y()));
    return new Point(
        crossed.multiply(ONE.add(both).modInverse(P)).mod(P),
        ys.add(xs).multiply(ONE.subtract(both).modInverse(P)).mod(P));
  }

  private static byte[] sha512(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-512, which Ed25519 needs", e);
    }
  }
}
