package io.sallyport.userstore.jdbc.internal.users;

import io.sallyport.api.User;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.database.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sees to it that each user of our tables can be found by the name without case and accents. */
final class NameKeys {

  private static final int AT_ONCE = 1_000;

  private NameKeys() {}

  /** A user without a key. */
  private record Nameless(long id, String name) {

    String key() {
      return NameRule.FOLDED.fold(name);
    }
  }

  /**
   * Counts who has none.
   *
   * @param complete whether they are given theirs
   * @throws InvalidSettingsException if there are some, or if two would have the same
   */
  static void require(JdbcDatabase database, boolean complete) {
    if (complete) {
      complete(database);
      return;
    }
    long without = database.call(NameKeys::count);
    if (without > 0) {
      throw new InvalidSettingsException("case_insensitive: " + without
          + " rows of sallyport_users have no name_key, and nobody would find these users; set"
          + " complete_name_keys: true, with the right to UPDATE (name_key), and they are given theirs at"
          + " the start");
    }
  }

  private static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT COUNT(*) FROM sallyport_users WHERE name_key IS NULL")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void complete(JdbcDatabase database) {
    List<Nameless> some = database.call(NameKeys::some);
    while (!some.isEmpty()) {
      List<Nameless> batch = some;
      batch.forEach(NameKeys::requireKey);
      if (!database.inTransaction(connection -> write(connection, batch))) {
        throw database.call(connection -> clash(connection, batch));
      }
      some = database.call(NameKeys::some);
    }
  }

  private static List<Nameless> some(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(
            "SELECT id, name FROM sallyport_users WHERE name_key IS NULL ORDER BY id LIMIT "
                + AT_ONCE)) {
      List<Nameless> some = new ArrayList<>();
      while (rows.next()) {
        some.add(new Nameless(rows.getLong(1), rows.getString(2)));
      }
      return some;
    }
  }

  private static void requireKey(Nameless user) {
    if (!User.isValidName(user.key())) {
      throw new InvalidSettingsException("case_insensitive: the name of the user with the id "
          + user.id() + " cannot have a name_key; it has accents only, or is too long");
    }
  }

  /** Writes all keys, or none if one is somebody else's. */
  private static boolean write(Connection connection, List<Nameless> batch) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE sallyport_users SET name_key = ? WHERE id = ?")) {
      for (Nameless each : batch) {
        update.setString(1, each.key());
        update.setLong(2, each.id());
        update.addBatch();
      }
      update.executeBatch();
      return true;
    } catch (SQLException e) {
      if (!SqlFailure.isDuplicateKey(e)) {
        throw e;
      }
      connection.rollback();
      return false;
    }
  }

  private static InvalidSettingsException clash(Connection connection, List<Nameless> batch)
      throws SQLException {
    for (int i = 0; i < batch.size(); i++) {
      Nameless one = batch.get(i);
      Optional<Long> other = batch.stream()
          .limit(i)
          .filter(each -> each.key().equals(one.key()))
          .map(Nameless::id)
          .findFirst();
      if (other.isEmpty()) {
        other = owner(connection, one.key());
      }
      if (other.isPresent()) {
        return new InvalidSettingsException(
            "case_insensitive: the users with the ids " + other.get() + " and " + one.id()
                + " have names that would mean the same; rename one of them");
      }
    }
    return new InvalidSettingsException(
        "case_insensitive: somebody else was given a name_key at the same time; start again");
  }

  private static Optional<Long> owner(Connection connection, String key) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT id FROM sallyport_users WHERE name_key = ?")) {
      query.setString(1, key);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
      }
    }
  }
}
