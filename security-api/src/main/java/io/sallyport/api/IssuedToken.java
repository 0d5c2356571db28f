package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token that was just made. Its value is handed out once.
 *
 * @param id what the token is called where it is listed or revoked; no secret
 * @param value what the client sends
 * @param endsAt the first instant at which it is no longer good, null if it does not end by itself
 * @param description what the token is for as it is kept, null if that is not kept
 * @param refresh the refresh token that was made with it, null if none was
 * @since 0.1
 */
public record IssuedToken(
    String id,
    Secret value,
    @Nullable Instant endsAt,
    @Nullable String description,
    @Nullable IssuedToken refresh) {
  /**
   * A new token.
   *
   * @param id what the token is called
   * @param value what the client sends
   * @param endsAt when it ends, or null
   * @param description what it is for, or null
   * @param refresh the refresh token that was made with it, or null
   */
  public IssuedToken {
    requireNonNull(id, "id");
    requireNonNull(value, "value");
  }

  /**
   * A new token that comes alone.
   *
   * @param id what the token is called
   * @param value what the client sends
   * @param endsAt when it ends, or null
   */
  public IssuedToken(String id, Secret value, @Nullable Instant endsAt) {
    this(id, value, endsAt, null, null);
  }

  /**
   * When the token ends by itself.
   *
   * @return the first instant at which it is no longer good, empty if there is none
   */
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(endsAt);
  }

  /**
   * The refresh token that was made with this one.
   *
   * @return empty if none was made
   */
  public Optional<IssuedToken> refreshToken() {
    return Optional.ofNullable(refresh);
  }
}
