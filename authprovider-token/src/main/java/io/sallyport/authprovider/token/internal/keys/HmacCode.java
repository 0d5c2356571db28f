package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC with one key of any length. It is set up once and copied for each use. */
final class HmacCode {

  private final Mac prototype;
  private final SecretKeySpec key;

  private HmacCode(Mac prototype, SecretKeySpec key) {
    this.prototype = prototype;
    this.key = key;
  }

  static HmacCode of(JwsAlgorithm algorithm, byte[] key) {
    return of(
        switch (algorithm) {
          case HS256 -> "HmacSHA256";
          case HS384 -> "HmacSHA384";
          case HS512 -> "HmacSHA512";
          default -> throw new IllegalArgumentException(algorithm + " is not an HMAC");
        },
        key);
  }

  /** What is derived from a key for one purpose. */
  static byte[] derived(byte[] key, String purpose) {
    return of("HmacSHA256", key).of(purpose.getBytes(StandardCharsets.UTF_8));
  }

  private static HmacCode of(String name, byte[] bytes) {
    var key = new SecretKeySpec(bytes, name);
    try {
      Mac mac = Mac.getInstance(name);
      mac.init(key);
      return new HmacCode(mac, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "this Java has no " + name + ", which every Java must have", e);
    }
  }

  /** The code of a message. */
  byte[] of(byte[] message) {
    return fresh().doFinal(message);
  }

  /** Whether a code is right, in a time that does not depend on where it is not. */
  boolean matches(byte[] message, byte[] code) {
    return MessageDigest.isEqual(of(message), code);
  }

  private Mac fresh() {
    try {
      return (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      return begun();
    }
  }

  /** For providers whose codes cannot be copied. */
  private Mac begun() {
    try {
      Mac mac = Mac.getInstance(prototype.getAlgorithm(), prototype.getProvider());
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was taken before is not taken now", e);
    }
  }
}
