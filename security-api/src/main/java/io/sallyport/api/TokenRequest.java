package io.sallyport.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wishes of a new token.
 *
 * @param description what the token is for, null if the caller does not say
 * @param expiresAt when it shall end, null for the generator's default
 * @since 0.1
 */
public record TokenRequest(
    @Nullable String description, @Nullable Instant expiresAt) {

  private static final TokenRequest DEFAULTS = new TokenRequest(null, null);

  /**
   * A wish for nothing in particular.
   *
   * @return a request with neither description nor expiry
   */
  public static TokenRequest defaults() {
    return DEFAULTS;
  }
}
