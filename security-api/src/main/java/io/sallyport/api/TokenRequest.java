package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wishes of a new token.
 *
 * @param description what the token is for, null if the caller does not say
 * @param expiresAt when it shall end, null for the generator's default, {@link Instant#MAX} for never, which few
 *     generators permit
 * @param restrictions what it shall be good for at most; a wish, which the generator refuses where the caller's
 *     own credential is good for less
 * @since 0.1
 */
public record TokenRequest(
    @Nullable String description, @Nullable Instant expiresAt, Restrictions restrictions) {

  private static final TokenRequest DEFAULTS = new TokenRequest(null, null);

  /**
   * A wish.
   *
   * @param description what the token is for, or null
   * @param expiresAt when it shall end, or null
   * @param restrictions what it shall be good for at most
   */
  public TokenRequest {
    requireNonNull(restrictions, "restrictions");
  }

  /**
   * A wish for a token that is good for whatever the caller's credential is good for.
   *
   * @param description what the token is for, or null
   * @param expiresAt when it shall end, or null
   */
  public TokenRequest(@Nullable String description, @Nullable Instant expiresAt) {
    this(description, expiresAt, Restrictions.none());
  }

  /**
   * A wish for nothing in particular.
   *
   * @return a request with neither description nor expiry
   */
  public static TokenRequest defaults() {
    return DEFAULTS;
  }

  /**
   * This wish, and a token that is good for no more.
   *
   * @param value what it shall be good for at most
   * @return a new wish
   */
  public TokenRequest withRestrictions(Restrictions value) {
    return new TokenRequest(description, expiresAt, value);
  }
}
