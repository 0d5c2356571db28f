package io.sallyport.authprovider.password.internal.hash;

import org.bouncycastle.crypto.generators.SCrypt;

/**
 * scrypt (RFC 7914) by Bouncy Castle. This class is linked only where a hash of scrypt is read.
 *
 * @param logN the logarithm of N to the base 2
 */
record Scrypt(int logN, int r, int p) {

  private static final int MAX_LOG_N = 30;
  private static final long MAX_R = 1 << 20;
  private static final long MAX_R_TIMES_P = (1 << 30) - 1;
  private static final int BLOCK_BYTES = 128;
  private static final int KIB = 1024;

  /** Parameters for which scrypt is defined and within the limits. */
  static Scrypt of(int logN, long r, long p, HashLimits limits) throws UnusableHashException {
    if (r < 1 || p < 1 || logN < 1) {
      throw Malformed.because("N must be at least 2, r and p at least 1");
    }
    if (logN > MAX_LOG_N || r > MAX_R || p > MAX_R_TIMES_P / r || logN >= 16 * r) {
      throw Malformed.because("scrypt is not defined for its parameters");
    }
    limits.requireScrypt(memoryKib(logN, r, p), p);
    return new Scrypt(logN, (int) r, (int) p);
  }

  private static long memoryKib(int logN, long r, long p) {
    long bytes = BLOCK_BYTES * r * ((1L << logN) + p);
    return (bytes + KIB - 1) / KIB;
  }

  HashCost cost() {
    return new HashCost(
        "scrypt", "ln=" + logN + ",r=" + r + ",p=" + p, (int) memoryKib(logN, r, p));
  }

  /** Fails at once if Bouncy Castle is not there. */
  static void link() throws UnusableHashException {
    try {
      new Scrypt(1, 1, 1).derive(new byte[0], new byte[0], 1);
    } catch (LinkageError e) {
      throw new UnusableHashException(
          "is of scrypt, for which the application needs a library: " + BouncyCastle.REMEDY);
    }
  }

  byte[] derive(byte[] password, byte[] salt, int length) {
    return SCrypt.generate(password, salt, 1 << logN, r, p, length);
  }
}
