package io.sallyport.authprovider.password.internal.hash;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The computation of sha256_crypt and sha512_crypt, after Ulrich Drepper's "Unix crypt using SHA-256 and
 * SHA-512".
 */
enum ShaCrypt {
  SHA256("SHA-256", 32, 21),
  SHA512("SHA-512", 64, 22);

  private final String algorithm;
  private final int length;

  /** By how much the places of the bytes of a group of three differ from those of the group before. */
  private final int stride;

  ShaCrypt(String algorithm, int length, int stride) {
    this.algorithm = algorithm;
    this.length = length;
    this.stride = stride;
  }

  /** How many digits a hash has. */
  int digits() {
    return (length * Byte.SIZE + 5) / 6;
  }

  /** How many of the lowest bits of the last digit stand for nothing. */
  int zeroBits() {
    return digits() * 6 - length * Byte.SIZE;
  }

  /** The digits of a hash. */
  byte[] hash(byte[] password, byte[] salt, long rounds) {
    MessageDigest digest = digest();
    byte[] hash = first(digest, password, salt);
    byte[] p = sequence(digest, password, password.length, password.length);
    byte[] s = sequence(digest, salt, 16 + (hash[0] & 0xff), salt.length);
    try {
      for (long round = 0; round < rounds; round++) {
        step(digest, round, p, s, hash);
      }
      return encoded(hash);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    } finally {
      Arrays.fill(p, (byte) 0);
      Arrays.fill(hash, (byte) 0);
    }
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK computes no " + algorithm, e);
    }
  }

  /** Digest A of the specification, with digest B in it. */
  private byte[] first(MessageDigest digest, byte[] password, byte[] salt) {
    digest.update(password);
    digest.update(salt);
    byte[] b = digest.digest(password);
    digest.update(password);
    digest.update(salt);
    for (int left = password.length; left > 0; left -= length) {
      digest.update(b, 0, Math.min(left, length));
    }
    for (int bits = password.length; bits > 0; bits >>>= 1) {
      digest.update((bits & 1) == 1 ? b : password);
    }
    Arrays.fill(b, (byte) 0);
    return digest.digest();
  }

  /** As many bytes as wanted, of the digest of so many repetitions: P and S of the specification. */
  private byte[] sequence(MessageDigest digest, byte[] bytes, int times, int wanted) {
    for (int i = 0; i < times; i++) {
      digest.update(bytes);
    }
    byte[] repeated = digest.digest();
    byte[] sequence = new byte[wanted];
    for (int i = 0; i < wanted; i++) {
      sequence[i] = repeated[i % length];
    }
    Arrays.fill(repeated, (byte) 0);
    return sequence;
  }

  private void step(MessageDigest digest, long round, byte[] p, byte[] s, byte[] hash)
      throws DigestException {
    boolean odd = (round & 1) == 1;
    digest.update(odd ? p : hash);
    if (round % 3 != 0) {
      digest.update(s);
    }
    if (round % 7 != 0) {
      digest.update(p);
    }
    digest.update(odd ? hash : p);
    digest.digest(hash, 0, length);
  }

  /** Groups of three bytes from all over the hash, their lowest bits first. */
  private byte[] encoded(byte[] hash) {
    byte[] text = new byte[digits()];
    int third = length / 3;
    int at = 0;
    for (int group = 0; group < third; group++) {
      int bits = 0;
      for (int i = 0; i < 3; i++) {
        bits = (bits << Byte.SIZE) | (hash[(group * stride + i * third) % (3 * third)] & 0xff);
      }
      at = put(bits, 4, text, at);
    }
    int rest = 0;
    for (int i = length - 1; i >= 3 * third; i--) {
      rest = (rest << Byte.SIZE) | (hash[i] & 0xff);
    }
    put(rest, text.length - at, text, at);
    return text;
  }

  private static int put(int bits, int count, byte[] text, int at) {
    for (int i = 0; i < count; i++) {
      text[at + i] = (byte) CryptAlphabet.CRYPT.digit(bits >>> (6 * i));
    }
    return at + count;
  }
}
