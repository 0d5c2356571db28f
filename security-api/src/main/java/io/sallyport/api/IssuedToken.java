package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A token that was just made. Its value is handed out once.
 *
 * @param id what the token is called where it is listed or revoked; no secret
 * @param value what the client sends
 * @param expiresAt the first instant at which it is no longer good
 * @since 0.1
 */
public record IssuedToken(String id, Secret value, Instant expiresAt) {
  /**
   * A new token.
   *
   * @param id what the token is called
   * @param value what the client sends
   * @param expiresAt when it ends
   */
  public IssuedToken {
    requireNonNull(id, "id");
    requireNonNull(value, "value");
    requireNonNull(expiresAt, "expiresAt");
  }
}
