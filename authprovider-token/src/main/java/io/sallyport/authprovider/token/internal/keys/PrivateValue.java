package io.sallyport.authprovider.token.internal.keys;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;

/**
 * The number that a private key comes down to, in one spelling: files that hold the same key in another
 * order or form have the same one.
 */
final class PrivateValue {

  private PrivateValue() {}

  /**
   * The number in bytes.
   *
   * @throws IllegalArgumentException if the key does not show it
   */
  static byte[] of(PrivateKey key) {
    if (key instanceof RSAPrivateCrtKey rsa) {
      // not the private exponent, of which each key has several
      return primes(rsa.getPrimeP(), rsa.getPrimeQ());
    }
    if (key instanceof ECPrivateKey number) {
      int size = (number.getParams().getOrder().bitLength() + 7) / 8;
      return bytes(number.getS(), size);
    }
    if (key instanceof EdECPrivateKey seed) {
      return seed.getBytes()
          .orElseThrow(() -> new IllegalArgumentException("does not show its private value"));
    }
    throw new IllegalArgumentException(
        "does not show its private value; for RSA, give p and q too");
  }

  private static byte[] primes(BigInteger p, BigInteger q) {
    int size = (p.max(q).bitLength() + 7) / 8;
    byte[] both = Arrays.copyOf(bytes(p.min(q), size), 2 * size);
    System.arraycopy(bytes(p.max(q), size), 0, both, size, size);
    return both;
  }

  /** A number in so many bytes, the highest first. */
  static byte[] bytes(BigInteger number, int size) {
    byte[] signed = number.toByteArray();
    int zero = signed.length > size ? signed.length - size : 0;
    byte[] bytes = new byte[size];
    int length = signed.length - zero;
    System.arraycopy(signed, zero, bytes, size - length, length);
    return bytes;
  }
}
