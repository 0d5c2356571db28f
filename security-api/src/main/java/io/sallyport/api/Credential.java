package io.sallyport.api;

import static java.util.Objects.requireNonNull;

/**
 * What a userstore holds to check a user's password with.
 *
 * @since 0.1
 */
public sealed interface Credential {

  /**
   * A hash in a form that names its own scheme, such as {@code $argon2id$v=19$…}.
   *
   * @param hash the stored hash, as it is written in the store
   */
  record Stored(Secret hash) implements Credential {
    /**
     * A stored hash.
     *
     * @param hash the stored hash, as it is written in the store
     */
    public Stored {
      requireNonNull(hash, "hash");
    }
  }

  /**
   * The store checks passwords itself and shows no hash, as a directory does that is bound to: see
   * {@link io.sallyport.spi.Userstore#passwordVerifier()}.
   */
  record VerifiedByStore() implements Credential {}

  /** The user has no password and cannot sign in with one. */
  record None() implements Credential {}
}
