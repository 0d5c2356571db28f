package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token as a {@link io.sallyport.spi.TokenStore} keeps it. Of its secret there is only a keyed hash, which
 * is of no use without the key; the store knows neither.
 *
 * <p>Immutable. Two are equal if all that they hold is equal.
 *
 * @since 0.1
 */
public final class StoredToken {

  private final TokenKind kind;
  private final String id;
  private final TokenOwner owner;
  private final String username;
  private final String secretHash;
  private final byte[] stampMac;
  private final @Nullable String familyId;
  private final @Nullable String description;
  private final Instant createdAt;
  private final Instant signedInAt;
  private final @Nullable Instant expiresAt;
  private final @Nullable Instant lastUsedAt;
  private final @Nullable Instant consumedAt;
  private final Restrictions restrictions;

  private StoredToken(Builder builder) {
    this.kind = builder.kind;
    this.id = builder.id;
    this.owner = builder.owner;
    this.username = builder.username;
    this.secretHash = builder.secretHash;
    this.stampMac = builder.stampMac;
    this.familyId = builder.familyId;
    this.description = builder.description;
    this.createdAt = builder.createdAt;
    this.signedInAt = builder.signedInAt;
    this.expiresAt = builder.expiresAt;
    this.lastUsedAt = builder.lastUsedAt;
    this.consumedAt = builder.consumedAt;
    this.restrictions = builder.restrictions;
  }

  /**
   * Begins a token.
   *
   * @param kind {@link TokenKind#STORED} or {@link TokenKind#REFRESH}
   * @param id what it is called
   * @param owner whose it is
   * @param username the owner's name at the time, to show
   * @param createdAt when it was made
   * @return a builder
   * @throws IllegalArgumentException if tokens of that kind are not stored
   */
  public static Builder builder(
      TokenKind kind, String id, TokenOwner owner, String username, Instant createdAt) {
    return new Builder(kind, id, owner, username, createdAt);
  }

  /**
   * A builder that begins with what this token holds.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder(kind, id, owner, username, createdAt);
    builder.secretHash = secretHash;
    builder.stampMac = stampMac;
    builder.familyId = familyId;
    builder.description = description;
    builder.signedInAt = signedInAt;
    builder.expiresAt = expiresAt;
    builder.lastUsedAt = lastUsedAt;
    builder.consumedAt = consumedAt;
    builder.restrictions = restrictions;
    return builder;
  }

  /**
   * What kind of token it is.
   *
   * @return {@link TokenKind#STORED} or {@link TokenKind#REFRESH}
   */
  public TokenKind kind() {
    return kind;
  }

  /**
   * What the token is called where it is listed or revoked; no secret.
   *
   * @return the id, unique in its store
   */
  public String id() {
    return id;
  }

  /**
   * Whose the token is.
   *
   * @return the owner
   */
  public TokenOwner owner() {
    return owner;
  }

  /**
   * The owner's name when the token was made; to show, never to look anybody up.
   *
   * @return the name
   */
  public String username() {
    return username;
  }

  /**
   * What the provider compares a presented secret with.
   *
   * @return a keyed hash with the name of its key, in a form of the provider's own
   */
  public String secretHash() {
    return secretHash;
  }

  /**
   * What the token remembers of its owner's stamp.
   *
   * @return {@link SecurityStamp#mac} under the provider's key
   */
  public byte[] stampMac() {
    return stampMac.clone();
  }

  /**
   * The family of refresh tokens that follow each other from one sign-in.
   *
   * @return its id, empty for other tokens
   */
  public Optional<String> familyId() {
    return Optional.ofNullable(familyId);
  }

  /**
   * What the token is for, in its owner's words.
   *
   * @return the description, empty if there is none
   */
  public Optional<String> description() {
    return Optional.ofNullable(description);
  }

  /**
   * When the token was made.
   *
   * @return the instant
   */
  public Instant createdAt() {
    return createdAt;
  }

  /**
   * When the owner had last proved itself by more than a token.
   *
   * @return the instant
   */
  public Instant signedInAt() {
    return signedInAt;
  }

  /**
   * When the token ends.
   *
   * @return the first instant at which it is no longer good, empty if it does not end by itself
   */
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }

  /**
   * When the token was last used, to within a minute or so.
   *
   * @return the instant, empty if it never was
   */
  public Optional<Instant> lastUsedAt() {
    return Optional.ofNullable(lastUsedAt);
  }

  /**
   * When a refresh token was used up.
   *
   * @return the instant, empty if it was not
   */
  public Optional<Instant> consumedAt() {
    return Optional.ofNullable(consumedAt);
  }

  /**
   * What the token is good for at most.
   *
   * @return the restrictions, without an end of their own
   */
  public Restrictions restrictions() {
    return restrictions;
  }

  /**
   * Whether the token has ended by itself.
   *
   * @param now the present instant
   * @return true from {@link #expiresAt} on
   */
  public boolean hasExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredToken that
        && kind == that.kind
        && id.equals(that.id)
        && owner.equals(that.owner)
        && username.equals(that.username)
        && secretHash.equals(that.secretHash)
        && Arrays.equals(stampMac, that.stampMac)
        && familyId().equals(that.familyId())
        && description().equals(that.description())
        && createdAt.equals(that.createdAt)
        && signedInAt.equals(that.signedInAt)
        && expiresAt().equals(that.expiresAt())
        && lastUsedAt().equals(that.lastUsedAt())
        && consumedAt().equals(that.consumedAt())
        && restrictions.equals(that.restrictions);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "StoredToken[" + kind + " " + id + " of " + username + " (" + owner.store() + "/"
        + owner.userId() + "), expiresAt=" + expiresAt + ", " + restrictions + "]";
  }

  /** Builds a stored token. For one thread. */
  public static final class Builder {

    private final TokenKind kind;
    private final String id;
    private final TokenOwner owner;
    private final String username;
    private final Instant createdAt;
    private String secretHash = "";
    private byte[] stampMac = new byte[0];
    private @Nullable String familyId;
    private @Nullable String description;
    private Instant signedInAt;
    private @Nullable Instant expiresAt;
    private @Nullable Instant lastUsedAt;
    private @Nullable Instant consumedAt;
    private Restrictions restrictions = Restrictions.none();

    private Builder(
        TokenKind kind, String id, TokenOwner owner, String username, Instant createdAt) {
      if (kind != TokenKind.STORED && kind != TokenKind.REFRESH) {
        throw new IllegalArgumentException("tokens of kind " + kind + " are not stored");
      }
      this.kind = kind;
      this.id = requireNonNull(id, "id");
      this.owner = requireNonNull(owner, "owner");
      this.username = requireNonNull(username, "username");
      this.createdAt = requireNonNull(createdAt, "createdAt");
      this.signedInAt = createdAt;
    }

    /**
     * Sets what a presented secret is compared with.
     *
     * @param value a keyed hash of the secret
     * @return this builder
     */
    public Builder secretHash(String value) {
      this.secretHash = requireNonNull(value, "secretHash");
      return this;
    }

    /**
     * Sets what the token remembers of its owner's stamp.
     *
     * @param value {@link SecurityStamp#mac} under the provider's key
     * @return this builder
     */
    public Builder stampMac(byte[] value) {
      this.stampMac = value.clone();
      return this;
    }

    /**
     * Sets the family of refresh tokens.
     *
     * @param value its id, null for none
     * @return this builder
     */
    public Builder familyId(@Nullable String value) {
      this.familyId = value;
      return this;
    }

    /**
     * Sets what the token is for.
     *
     * @param value the owner's words, null for none
     * @return this builder
     */
    public Builder description(@Nullable String value) {
      this.description = value;
      return this;
    }

    /**
     * Sets when the owner last proved itself by more than a token; when the token was made by default.
     *
     * @param value the instant
     * @return this builder
     */
    public Builder signedInAt(Instant value) {
      this.signedInAt = requireNonNull(value, "signedInAt");
      return this;
    }

    /**
     * Sets when the token ends.
     *
     * @param value the first instant at which it is no longer good, null if it does not end by itself
     * @return this builder
     */
    public Builder expiresAt(@Nullable Instant value) {
      this.expiresAt = value;
      return this;
    }

    /**
     * Sets when the token was last used.
     *
     * @param value the instant, null if it never was
     * @return this builder
     */
    public Builder lastUsedAt(@Nullable Instant value) {
      this.lastUsedAt = value;
      return this;
    }

    /**
     * Sets when a refresh token was used up.
     *
     * @param value the instant, null if it was not
     * @return this builder
     */
    public Builder consumedAt(@Nullable Instant value) {
      this.consumedAt = value;
      return this;
    }

    /**
     * Sets what the token is good for at most.
     *
     * @param value the restrictions; their end is the token's and not kept here
     * @return this builder
     */
    public Builder restrictions(Restrictions value) {
      this.restrictions = value.withoutEnd();
      return this;
    }

    /**
     * Builds the token.
     *
     * @return the token
     */
    public StoredToken build() {
      return new StoredToken(this);
    }
  }
}
