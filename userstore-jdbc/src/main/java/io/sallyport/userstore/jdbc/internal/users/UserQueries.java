package io.sallyport.userstore.jdbc.internal.users;

import java.util.List;
import java.util.Optional;

/**
 * All that a userstore asks of a database.
 *
 * @param findUser the rows of the user with a name
 * @param findUserById the rows of the user with an id
 * @param further what tells more of a user that was found, a round trip each
 * @param updatePassword replaces a hash if it is still the expected one; empty if hashes are not replaced
 * @param changes answers another text whenever a user has changed; empty if nobody counts changes
 * @param countChange counts one, where changes are counted by us
 */
record UserQueries(
    NamedSql findUser,
    NamedSql findUserById,
    List<NamedSql> further,
    Optional<NamedSql> updatePassword,
    Optional<NamedSql> changes,
    Optional<NamedSql> countChange) {

  UserQueries {
    further = List.copyOf(further);
  }
}
