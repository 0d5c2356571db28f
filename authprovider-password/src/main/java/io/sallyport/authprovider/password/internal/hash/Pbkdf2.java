package io.sallyport.authprovider.password.internal.hash;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;

/**
 * PBKDF2 (RFC 8018) over bytes. The JDK's takes a password of characters and no empty salt.
 */
enum Pbkdf2 {
  SHA1("HmacSHA1", 20),
  SHA256("HmacSHA256", 32),
  SHA512("HmacSHA512", 64);

  private final String algorithm;
  private final int blockLength;

  Pbkdf2(String algorithm, int blockLength) {
    this.algorithm = algorithm;
    this.blockLength = blockLength;
  }

  /** As passlib calls it. */
  String scheme() {
    return name().toLowerCase(Locale.ROOT);
  }

  int blockLength() {
    return blockLength;
  }

  /** How many blocks so many bytes take; each costs all the rounds. */
  int blocks(int length) {
    return (length + blockLength - 1) / blockLength;
  }

  byte[] derive(byte[] password, byte[] salt, long rounds, int length) {
    byte[] derived = new byte[blocks(length) * blockLength];
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new RawKey(password));
      for (int block = 0; block < blocks(length); block++) {
        compute(mac, salt, rounds, block, derived);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK computes no " + algorithm, e);
    }
    return Arrays.copyOf(derived, length);
  }

  private void compute(Mac mac, byte[] salt, long rounds, int block, byte[] derived)
      throws GeneralSecurityException {
    mac.update(salt);
    byte[] step =
        mac.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(block + 1).array());
    add(step, derived, block * blockLength);
    for (long round = 1; round < rounds; round++) {
      mac.update(step);
      mac.doFinal(step, 0);
      add(step, derived, block * blockLength);
    }
    Arrays.fill(step, (byte) 0);
  }

  private static void add(byte[] step, byte[] derived, int at) {
    for (int i = 0; i < step.length; i++) {
      derived[at + i] ^= step[i];
    }
  }
}
