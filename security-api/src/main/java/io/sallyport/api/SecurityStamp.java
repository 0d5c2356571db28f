package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A digest of what, when it changes, ends every token of a user that was issued until then: the id,
 * the password epoch, the active flag and an instant that is set to end them all. Roles and locks are
 * not in it, since they are read afresh for every request.
 *
 * <p><b>Security.</b> A stamp never leaves the process: a token carries {@link #mac(Secret)}, which
 * tells nothing about it and cannot be made without the key.
 *
 * @since 0.1
 */
public final class SecurityStamp {

  /** The length of {@link #mac(Secret)} in bytes: 128 bits. */
  public static final int MAC_LENGTH = 16;

  private static final byte[] DOMAIN = "sallyport stamp 1".getBytes(StandardCharsets.US_ASCII);

  private final byte[] digest;

  private SecurityStamp(byte[] digest) {
    this.digest = digest;
  }

  /**
   * The stamp of a user in the state given.
   *
   * @param id the user's id
   * @param passwordEpoch anything that changes with the password and with nothing else; an upgrade
   *     of the stored hash keeps it
   * @param active whether the user is active
   * @param tokensNotBefore another value than before ends the tokens issued so far; null if it was
   *     never set
   * @return the stamp
   */
  public static SecurityStamp of(
      String id, byte[] passwordEpoch, boolean active, @Nullable Instant tokensNotBefore) {
    requireNonNull(id, "id");
    requireNonNull(passwordEpoch, "passwordEpoch");
    MessageDigest sha256 = sha256();
    // each field goes in behind its length, so that no two states share one input
    update(sha256, DOMAIN);
    update(sha256, id.getBytes(StandardCharsets.UTF_8));
    update(sha256, passwordEpoch);
    update(sha256, new byte[] {(byte) (active ? 1 : 0)});
    update(
        sha256,
        tokensNotBefore == null
            ? new byte[0]
            : ByteBuffer.allocate(12)
                .putLong(tokensNotBefore.getEpochSecond())
                .putInt(tokensNotBefore.getNano())
                .array());
    return new SecurityStamp(sha256.digest());
  }

  /**
   * What a token carries instead of the stamp.
   *
   * @param key a secret of the token's issuer
   * @return the first 128 bits of HMAC-SHA-256 over the stamp
   */
  public byte[] mac(Secret key) {
    byte[] keyBytes = key.revealBytes();
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(keyBytes, "HmacSHA256"));
      hmac.update(DOMAIN);
      return Arrays.copyOf(hmac.doFinal(digest), MAC_LENGTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256, which every Java must have", e);
    } finally {
      Arrays.fill(keyBytes, (byte) 0);
    }
  }

  private static void update(MessageDigest digest, byte[] field) {
    digest.update(ByteBuffer.allocate(4).putInt(field.length).flip());
    digest.update(field);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
    }
  }

  /** Compares in a time that does not depend on where the stamps differ. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SecurityStamp stamp && MessageDigest.isEqual(digest, stamp.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return "SecurityStamp[hidden]";
  }
}
