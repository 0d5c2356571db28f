package io.sallyport.core.internal.attempts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Numbers for texts that nobody outside can foresee: by a random key of this process. So nobody can choose
 * texts that meet in one number, and what people type in the place of a name, such as a password, is kept
 * nowhere.
 */
final class SecretIndex {

  private static final int KEY_BYTES = 32;

  private final byte[] key = new byte[KEY_BYTES];

  /** 128 bits that stand for a text. */
  record Digest(long high, long low) {}

  SecretIndex() {
    new SecureRandom().nextBytes(key);
  }

  Digest of(String text) {
    MessageDigest digest = sha256();
    digest.update(key);
    ByteBuffer bytes = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    return new Digest(bytes.getLong(), bytes.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
