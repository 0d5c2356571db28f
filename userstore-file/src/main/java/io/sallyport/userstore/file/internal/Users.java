package io.sallyport.userstore.file.internal;

import io.sallyport.api.User;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All users of a store at one moment, by what they sign in with and by id. Immutable. */
public final class Users {

  /** A store without users. */
  public static final Users NOBODY = new Users(Map.of(), Map.of(), Map.of());

  private final Map<String, StoredUser> bySignIn;
  private final Map<String, StoredUser> byOtherId;
  private final Map<Memberships, Grants> grants;

  /**
   * Takes the maps over as they are, since copies of a million entries would be waste.
   *
   * @param bySignIn users by what they sign in with
   * @param byOtherId users by their id, where they do not sign in with just that
   * @param grants what each combination of memberships among the users comes to
   */
  Users(
      Map<String, StoredUser> bySignIn,
      Map<String, StoredUser> byOtherId,
      Map<Memberships, Grants> grants) {
    this.bySignIn = bySignIn;
    this.byOtherId = byOtherId;
    this.grants = grants;
  }

  Optional<User> find(String signIn) {
    return user(bySignIn.get(signIn));
  }

  Optional<User> findById(String id) {
    StoredUser other = byOtherId.get(id);
    return user(other == null ? withId(bySignIn.get(id), id) : other);
  }

  /** The user, if there is one and it has this id; what another user signs in with may look like it. */
  static @Nullable StoredUser withId(@Nullable StoredUser user, String id) {
    return user != null && user.id().equals(id) ? user : null;
  }

  private Optional<User> user(@Nullable StoredUser stored) {
    return stored == null ? Optional.empty() : Optional.of(stored.user(grants));
  }
}
