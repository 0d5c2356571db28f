package io.sallyport.authprovider.token.internal.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** New keys in the forms in which files have them. */
final class TestKeys {

  private TestKeys() {}

  static String ed25519() {
    return pem(generated("Ed25519", 0));
  }

  static String curve(int bits) {
    return pem(generated("EC", bits));
  }

  static String rsa(int bits) {
    return pem(generated("RSA", bits));
  }

  static String secret(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }

  static String pem(PrivateKey key) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  static PrivateKey generated(String type, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      if (type.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp" + bits + "r1"));
      } else if (bits > 0) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair().getPrivate();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
