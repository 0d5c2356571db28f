package io.sallyport.authprovider.token.internal.verified;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Makes {@link TokenDigest}s: SHA-256 over random bytes that never leave this object, and the token. So nobody
 * knows which tokens share a place, and nobody finds another text with the digest of a token.
 */
final class TokenDigests {

  private static final int KEY_BYTES = 32;

  private final byte[] key = new byte[KEY_BYTES];

  /** At rest; as many as ever were in use at once, which is as many as there are processors. */
  private final Queue<MessageDigest> idle = new ConcurrentLinkedQueue<>();

  TokenDigests() {
    new SecureRandom().nextBytes(key);
  }

  /** The digest of a text; what is no Latin-1 becomes a question mark, which no genuine token has. */
  TokenDigest of(String token) {
    MessageDigest polled = idle.poll();
    MessageDigest sha256 = polled == null ? sha256() : polled;
    sha256.update(key);
    ByteBuffer bits = ByteBuffer.wrap(sha256.digest(token.getBytes(StandardCharsets.ISO_8859_1)));
    idle.add(sha256);
    return new TokenDigest(bits.getLong(), bits.getLong(), bits.getLong(), bits.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
    }
  }
}
