package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a token that was presented, apart from its user. Nothing of it is secret.
 *
 * @param kind what kind of token it is
 * @param id what it is called where tokens are listed or revoked; unique among the tokens of this application,
 *     for {@link TokenKind#OUTSIDE} only among those of its issuer
 * @param parentId what ends it when it is revoked itself: the stored token that it was made with, or the
 *     family of refresh tokens that it belongs to; null if there is none
 * @param issuedAt when it was made
 * @param endsAt the first instant at which it is no longer good, null if it does not end by itself
 * @since 0.1
 */
public record TokenDetails(
    TokenKind kind,
    String id,
    @Nullable String parentId,
    Instant issuedAt,
    @Nullable Instant endsAt) {
  /**
   * Details of a token.
   *
   * @param kind what kind of token it is
   * @param id what it is called
   * @param parentId what it was made with, or null
   * @param issuedAt when it was made
   * @param endsAt when it ends, or null
   */
  public TokenDetails {
    requireNonNull(kind, "kind");
    requireNonNull(id, "id");
    requireNonNull(issuedAt, "issuedAt");
  }

  /**
   * What ends the token when it is revoked itself.
   *
   * @return the id of its parent, empty if it has none
   */
  public Optional<String> parent() {
    return Optional.ofNullable(parentId);
  }

  /**
   * When the token ends by itself.
   *
   * @return the first instant at which it is no longer good, empty if there is none
   */
  public Optional<Instant> end() {
    return Optional.ofNullable(endsAt);
  }
}
