package io.sallyport.userstore.file.internal;

import io.sallyport.api.User;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
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
    return user(storedById(id));
  }

  private @Nullable StoredUser storedById(String id) {
    StoredUser other = byOtherId.get(id);
    return other == null ? withId(bySignIn.get(id), id) : other;
  }

  /** The account of the user with an id. */
  Optional<Account> accountOf(String id) {
    return Optional.ofNullable(storedById(id)).map(StoredUser::account);
  }

  /**
   * Whether these are the users that others have become by changing nothing but accounts.
   *
   * @param before what they were
   * @param expected the account that a user should have now, by the id and what it was
   */
  boolean isSameBut(Users before, BiFunction<String, Account, Account> expected) {
    return grants.equals(before.grants)
        && isSameBut(bySignIn, before.bySignIn, expected)
        && isSameBut(byOtherId, before.byOtherId, expected);
  }

  private static boolean isSameBut(
      Map<String, StoredUser> now,
      Map<String, StoredUser> before,
      BiFunction<String, Account, Account> expected) {
    return now.size() == before.size()
        && before.entrySet().stream().allMatch(entry -> {
          StoredUser old = entry.getValue();
          StoredUser user = now.get(entry.getKey());
          return user != null
              && user.isSameButForAccount(old)
              && user.account().isSame(expected.apply(old.id(), old.account()));
        });
  }

  /** The user, if there is one and it has this id; what another user signs in with may look like it. */
  static @Nullable StoredUser withId(@Nullable StoredUser user, String id) {
    return user != null && user.id().equals(id) ? user : null;
  }

  private Optional<User> user(@Nullable StoredUser stored) {
    return stored == null ? Optional.empty() : Optional.of(stored.user(grants));
  }
}
