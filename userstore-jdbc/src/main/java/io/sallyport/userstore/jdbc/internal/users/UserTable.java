package io.sallyport.userstore.jdbc.internal.users;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.User;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks for users. What a database holds for the same as what was asked for, by its collation or its types, is
 * compared here once more: only what is really the same finds somebody.
 */
final class UserTable {

  /** More than anybody's roles: a query that is about no single user must not fill the memory. */
  static final int MOST_ROWS = 100_000;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final JdbcDatabase database;
  private final UserQueries queries;
  private final NameRule names;
  private final IdType ids;

  UserTable(JdbcDatabase database, UserQueries queries, NameRule names, IdType ids) {
    this.database = database;
    this.queries = queries;
    this.names = names;
    this.ids = ids;
  }

  /**
   * The rows of who signs in with a name.
   *
   * @param key {@link NameRule#key} of the name
   */
  List<FoundUser> byName(String name, String key) {
    Map<String, Object> values = Map.of("username", name, "name_key", key);
    return database.call(connection -> read(
        connection,
        queries.findUser(),
        values,
        found ->
            found.account() != null && names.fold(found.account().username()).equals(key)));
  }

  /** The rows of who has an id. */
  List<FoundUser> byId(String id) {
    return ids.parse(id).isEmpty() ? List.of() : database.call(connection -> byId(connection, id));
  }

  List<FoundUser> byId(Connection connection, String id) throws SQLException {
    Optional<Object> value = ids.parse(id);
    if (value.isEmpty()) {
      return List.of();
    }
    return read(
        connection,
        queries.findUserById(),
        Map.of("id", value.get()),
        found -> found.account() != null && found.id().equals(id));
  }

  private List<FoundUser> read(
      Connection connection, NamedSql query, Map<String, Object> values, Predicate<FoundUser> meant)
      throws SQLException {
    Map<String, FoundUser> all = new LinkedHashMap<>();
    try (PreparedStatement statement = query.prepare(connection, values);
        ResultSet rows = statement.executeQuery()) {
      Columns columns = Columns.of(rows.getMetaData());
      for (int i = 1; rows.next(); i++) {
        bound(i);
        String id = columns.text(rows, Columns.ID);
        if (id != null) {
          all.computeIfAbsent(id, FoundUser::new).add(columns, rows);
        }
      }
    }
    List<FoundUser> found = all.values().stream().filter(meant).toList();
    for (NamedSql each : queries.further()) {
      for (FoundUser one : found) {
        readFurther(connection, each, one);
      }
    }
    return found;
  }

  private void readFurther(Connection connection, NamedSql query, FoundUser found)
      throws SQLException {
    Map<String, Object> values = Map.of(
        "id", ids.parse(found.id()).orElseThrow(),
        "username", requireNonNull(found.account()).username());
    try (PreparedStatement statement = query.prepare(connection, values);
        ResultSet rows = statement.executeQuery()) {
      Columns columns = Columns.of(rows.getMetaData());
      for (int i = 1; rows.next(); i++) {
        bound(i);
        found.addFurther(columns, rows);
      }
    }
  }

  private static void bound(int rows) throws SQLException {
    if (rows > MOST_ROWS) {
      throw new SQLException("a query of users answers more than " + MOST_ROWS + " rows");
    }
  }

  /**
   * The one user of these rows.
   *
   * @throws UnavailableException if there are several, or the rows contradict each other
   */
  Optional<User> user(List<FoundUser> found) {
    return theOne(found).map(one -> one.user(requireNonNull(one.account())));
  }

  /** The rows of the one user, as {@link #user} demands it. */
  Optional<FoundUser> theOne(List<FoundUser> found) {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    FoundUser one = found.get(0);
    if (found.size() > 1) {
      throw unclear("two users have the same name, with the ids " + one.id() + " and "
          + found.get(1).id());
    }
    if (one.isContradictory()) {
      throw unclear("several rows of the user with the id " + one.id()
          + " differ in username, password or flags");
    }
    if (!User.isValidName(one.id())
        || !User.isValidName(requireNonNull(one.account()).username())) {
      throw unclear("a user's id or name is too long or has control characters");
    }
    return Optional.of(one);
  }

  private UnavailableException unclear(String problem) {
    return new UnavailableException(
        "database " + database.name() + ": " + problem, RETRY_AFTER, null);
  }
}
