package io.sallyport.userstore.file.internal;

import io.sallyport.api.Credential;
import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What says whether and how a user may sign in, and until when what it signed in with holds. */
record Account(
    @Nullable Secret hash,
    @Nullable String passwordEpoch,
    boolean active,
    boolean locked,
    @Nullable Instant tokensNotBefore) {

  Credential credential() {
    return hash == null ? new Credential.None() : new Credential.Stored(hash);
  }

  SecurityStamp stamp(String id) {
    return SecurityStamp.of(id, epoch(), active, tokensNotBefore);
  }

  /** The epoch that is written down, else one that follows the hash. */
  private byte[] epoch() {
    if (passwordEpoch != null) {
      return passwordEpoch.getBytes(StandardCharsets.UTF_8);
    }
    return hash == null ? new byte[0] : sha256(hash);
  }

  private static byte[] sha256(Secret secret) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(secret.revealBuffer());
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
    }
  }
}
