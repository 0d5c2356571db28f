package io.sallyport.api;

import static java.util.Objects.requireNonNull;

/**
 * Whose a token is: the user, not the name, so that a later user of the same name inherits nothing.
 *
 * @param store the userstore's name
 * @param userId the user's id there, {@link User#id()}
 * @since 0.1
 */
public record TokenOwner(String store, String userId) {
  /**
   * The owner of tokens.
   *
   * @param store the userstore's name
   * @param userId the user's id there
   */
  public TokenOwner {
    requireNonNull(store, "store");
    requireNonNull(userId, "userId");
  }

  /**
   * The owner of what a caller makes.
   *
   * @param identity the caller
   * @return its store and id
   */
  public static TokenOwner of(Identity identity) {
    return new TokenOwner(identity.store(), identity.id());
  }
}
