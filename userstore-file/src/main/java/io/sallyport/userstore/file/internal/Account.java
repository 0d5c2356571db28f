package io.sallyport.userstore.file.internal;

import io.sallyport.api.Credential;
import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import io.sallyport.spi.PasswordEpoch;
import java.time.Instant;
import java.util.Objects;
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

  private byte[] epoch() {
    return PasswordEpoch.of(hash, passwordEpoch);
  }

  /** Whether this is the stored hash. */
  boolean has(Secret stored) {
    return hash != null && hash.matches(stored);
  }

  /** The same account with another hash of the same password, so that its stamp stays the same. */
  Account upgraded(Secret replacement) {
    String kept = PasswordEpoch.kept(hash, passwordEpoch, replacement);
    return new Account(replacement, kept, active, locked, tokensNotBefore);
  }

  /** Whether everything is the same; a record's own comparison would tell secrets apart by identity. */
  boolean isSame(Account other) {
    boolean sameHash = hash == null ? other.hash == null : other.has(hash);
    return sameHash
        && active == other.active
        && locked == other.locked
        && Objects.equals(passwordEpoch, other.passwordEpoch)
        && Objects.equals(tokensNotBefore, other.tokensNotBefore);
  }
}
