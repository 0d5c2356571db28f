package io.sallyport.authprovider.password.internal;

import io.sallyport.api.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link CredentialKey}s: HMAC-SHA-256, under a random key that never leaves this object, over the
 * parts, each behind its length, so that no two different credentials share a key.
 */
final class CredentialKeys {

  private static final String HMAC = "HmacSHA256";

  private static final byte NO_USER = 0;
  private static final byte NO_HASH = 1;
  private static final byte STORED_HASH = 2;

  private static final byte[] NOTHING = {};

  private final SecretKey key;

  /** Initialized and at rest; as many as ever were in use at once, which is as many as there are processors. */
  private final Queue<Mac> macs = new ConcurrentLinkedQueue<>();

  CredentialKeys() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, HMAC);
    Arrays.fill(random, (byte) 0);
  }

  /** The key of a name that no store knows. */
  CredentialKey ofUnknown(String name, Secret password) {
    return mac(NO_USER, "", name, null, password);
  }

  /** The key of a user for whom no hash is stored. */
  CredentialKey ofUser(String store, String id, Secret password) {
    return mac(NO_HASH, store, id, null, password);
  }

  /** The key of a user with a stored hash. */
  CredentialKey ofUser(String store, String id, Secret hash, Secret password) {
    return mac(STORED_HASH, store, id, hash, password);
  }

  private CredentialKey mac(
      byte kind, String store, String id, @Nullable Secret hash, Secret password) {
    byte[] storeBytes = store.getBytes(StandardCharsets.UTF_8);
    byte[] idBytes = id.getBytes(StandardCharsets.UTF_8);
    ByteBuffer hashBytes = hash == null ? ByteBuffer.wrap(NOTHING) : hash.revealBuffer();
    byte[] message = new byte
        [1
            + 4 * Integer.BYTES
            + storeBytes.length
            + idBytes.length
            + hashBytes.remaining()
            + password.length()];
    try {
      ByteBuffer parts = ByteBuffer.wrap(message).put(kind);
      parts.putInt(storeBytes.length).put(storeBytes);
      parts.putInt(idBytes.length).put(idBytes);
      parts.putInt(hashBytes.remaining()).put(hashBytes);
      parts.putInt(password.length()).put(password.revealBuffer());
      return key(message);
    } finally {
      Arrays.fill(message, (byte) 0);
    }
  }

  private CredentialKey key(byte[] message) {
    Mac idle = macs.poll();
    Mac mac = idle == null ? initialized() : idle;
    ByteBuffer bits = ByteBuffer.wrap(mac.doFinal(message));
    macs.add(mac);
    return new CredentialKey(bits.getLong(), bits.getLong(), bits.getLong(), bits.getLong());
  }

  private Mac initialized() {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256, which every Java must have", e);
    }
  }
}
