package io.sallyport.spi;

import io.sallyport.api.User;
import java.util.Optional;

/**
 * Knows users.
 *
 * <p>Read once for each request, so that what changes in the store holds from the next request on. A
 * store tells nothing about passwords being right; that is for authentication providers, or for {@link
 * #passwordVerifier()}.
 *
 * <p><b>Security.</b> A name finds a user only if it is exactly the store's, or is defined by the
 * store's configuration to mean the same; one that merely looks alike finds nobody.
 *
 * <p><b>Threads.</b> One instance serves all requests concurrently.
 *
 * @since 0.1
 */
public interface Userstore extends AutoCloseable {

  /**
   * The user who signs in with a name.
   *
   * @param username what the caller typed
   * @return the user with all groups expanded; empty if there is none
   * @throws UnavailableException if that cannot be told now
   */
  Optional<User> findUser(String username);

  /**
   * The user with an id.
   *
   * @param id what {@link User#id()} once answered
   * @return the same user, whatever its name is now; empty if it is gone
   * @throws UnavailableException if that cannot be told now
   */
  Optional<User> findUserById(String id);

  /**
   * How passwords are checked of users with {@link io.sallyport.api.Credential.VerifiedByStore}.
   *
   * @return empty if this store has no such users
   */
  default Optional<PasswordVerifier> passwordVerifier() {
    return Optional.empty();
  }

  /**
   * How a stored hash is replaced by a better one of the same password.
   *
   * @return empty if this store cannot be written
   */
  default Optional<PasswordUpdates> passwordUpdates() {
    return Optional.empty();
  }

  /** Frees what the store holds. Called once, when no request uses it any more. */
  @Override
  default void close() {}
}
