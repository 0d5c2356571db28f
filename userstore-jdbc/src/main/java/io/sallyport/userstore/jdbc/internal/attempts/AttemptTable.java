package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.spi.LoginAttempts.Account;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.internal.database.Dialect;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.database.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows. What changes some locks them in the order of their keys, reads the time of the database with them, and
 * writes them, all in one transaction; so nothing is lost where many change the same, and nobody waits in a circle.
 *
 * <p>Safe for threads.
 */
final class AttemptTable {

  /** How long an unused row is kept, so that whoever has made it finds it. */
  private static final long UNUSED_MILLIS = Duration.ofMinutes(1).toMillis();

  /** More often than a row can go again behind its making. */
  private static final int TRIES = 10;

  private static final int COLUMN_LENGTH = 256;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final JdbcDatabase database;

  /** The time, as each statement asks for it. */
  private final String clock;

  /**
   * Rows, of those that are there.
   *
   * @param byKey the rows
   * @param clock what the database's clock says, zero if there is no row
   */
  record Rows(Map<RowKey, Row> byKey, long clock) {

    Row row(RowKey key) {
      return find(key).orElseThrow();
    }

    Optional<Row> find(@Nullable RowKey key) {
      return key == null ? Optional.empty() : Optional.ofNullable(byKey.get(key));
    }
  }

  AttemptTable(JdbcDatabase database, String clockOffset) {
    this.database = database;
    this.clock = clock(database.dialect()) + clockOffset;
  }

  /** Milliseconds since 1970. */
  private static String clock(Dialect dialect) {
    return switch (dialect) {
      // the time of the statement, since that of the transaction would be from before the wait for
      // a lock
      case POSTGRESQL -> "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
      // without the time zone of the session, in which an hour may come twice
      case MARIADB -> "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000";
      case H2 -> "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";
    };
  }

  /**
   * Changes rows, which are made where they are not there.
   *
   * @param keys which
   * @param account whose row one of them is
   * @param change what is done with the rows, more than once if it has lost against others
   */
  <T> T change(List<RowKey> keys, Account account, Function<Rows, T> change) {
    for (int tries = 0; tries < TRIES; tries++) {
      Attempted<T> attempted = tryToChange(keys, false, change);
      if (attempted.result.isPresent()) {
        return attempted.result.get();
      }
      // behind the transaction: who waits to insert must not hold what others wait for
      database.inTransaction(connection -> insert(connection, attempted.missing, account));
    }
    throw new UnavailableException("rows of sallyport_attempts vanish", RETRY_AFTER, null);
  }

  /** Changes those of the rows that are there. */
  <T> T changeKnown(List<RowKey> keys, Function<Rows, T> change) {
    return tryToChange(keys, true, change).result.orElseThrow();
  }

  /**
   * What has come of it.
   *
   * @param result empty if nothing was done
   * @param missing which rows were not there
   */
  private record Attempted<T>(Optional<T> result, List<RowKey> missing) {}

  private <T> Attempted<T> tryToChange(
      List<RowKey> keys, boolean evenIfMissing, Function<Rows, T> change) {
    return database.inTransaction(connection -> {
      Rows locked = lock(connection, keys);
      List<RowKey> missing =
          keys.stream().filter(key -> !locked.byKey.containsKey(key)).toList();
      if (!missing.isEmpty() && !evenIfMissing) {
        connection.rollback();
        return new Attempted<>(Optional.empty(), missing);
      }
      T result = change.apply(locked);
      write(connection, locked.byKey.values().stream().filter(Row::isChanged).toList());
      return new Attempted<>(Optional.of(result), missing);
    });
  }

  private Rows lock(Connection connection, List<RowKey> keys) throws SQLException {
    return select(connection, keys, " ORDER BY id FOR UPDATE");
  }

  private Rows select(Connection connection, List<RowKey> keys, String suffix) throws SQLException {
    String marks = keys.stream().map(key -> "?").collect(Collectors.joining(", "));
    String query = "SELECT id, state, " + clock + " FROM sallyport_attempts WHERE id IN (" + marks
        + ")" + suffix;
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      int at = 1;
      for (RowKey key : keys) {
        statement.setBytes(at++, key.bytes());
      }
      return read(statement);
    }
  }

  private static Rows read(PreparedStatement statement) throws SQLException {
    Map<RowKey, Row> rows = new TreeMap<>();
    long time = 0;
    try (ResultSet found = statement.executeQuery()) {
      while (found.next()) {
        RowKey key = RowKey.of(found.getBytes(1));
        time = found.getLong(3);
        rows.put(key, Row.read(key, found.getBytes(2), time));
      }
    }
    return new Rows(rows, time);
  }

  private static void write(Connection connection, List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(
        "UPDATE sallyport_attempts SET state = ?, expires_at = ?, locked_until = ? WHERE id = ?")) {
      for (Row row : rows) {
        update.setBytes(1, row.state());
        update.setLong(2, row.expiresAt());
        if (row.isLocked()) {
          update.setLong(3, row.lockedUntil());
        } else {
          update.setNull(3, Types.BIGINT);
        }
        update.setBytes(4, row.key().bytes());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /** Makes rows in the order of their keys, unless somebody else has made one. */
  private boolean insert(Connection connection, List<RowKey> keys, Account account)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(
        "INSERT INTO sallyport_attempts (id, userstore, user_id, state, expires_at)"
            + " VALUES (?, ?, ?, ?, " + clock + " + " + UNUSED_MILLIS + ")")) {
      for (RowKey key : keys) {
        String store = key.isOfUser() ? account.store() : null;
        insert.setBytes(1, key.bytes());
        insert.setString(2, store == null ? null : readable(store));
        insert.setString(3, store == null ? null : readable(account.key()));
        insert.setBytes(4, Row.unused());
        insert.addBatch();
      }
      insert.executeBatch();
      return true;
    } catch (SQLException e) {
      if (!SqlFailure.isDuplicateKey(e)) {
        throw e;
      }
      connection.rollback();
      return false;
    }
  }

  /** For the eyes of people: nothing is looked up by it. */
  private static String readable(String text) {
    String plain = text.replaceAll("\\p{C}", "?");
    if (plain.length() <= COLUMN_LENGTH) {
      return plain;
    }
    boolean splits = Character.isHighSurrogate(plain.charAt(COLUMN_LENGTH - 1));
    return plain.substring(0, splits ? COLUMN_LENGTH - 1 : COLUMN_LENGTH);
  }

  /** Reads rows, without a lock and in one round trip. */
  Rows find(List<RowKey> keys) {
    return database.call(connection -> select(connection, keys, ""));
  }

  /**
   * Deletes rows in which nothing counts any more.
   *
   * @param time what the database's clock has said just now
   * @param most how many
   * @return how many there were, at least
   */
  int deleteExpired(long time, int most) {
    List<RowKey> expired = database.call(connection -> expired(connection, time, most));
    if (!expired.isEmpty()) {
      database.inTransaction(connection -> delete(connection, expired, time));
    }
    return expired.size();
  }

  private static List<RowKey> expired(Connection connection, long time, int most)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(
        "SELECT id FROM sallyport_attempts WHERE expires_at < ? ORDER BY expires_at LIMIT "
            + most)) {
      query.setLong(1, time);
      try (ResultSet rows = query.executeQuery()) {
        List<RowKey> keys = new ArrayList<>();
        while (rows.next()) {
          keys.add(RowKey.of(rows.getBytes(1)));
        }
        keys.sort(null);
        return keys;
      }
    }
  }

  /** Each only if it has not come to be used again. */
  private static boolean delete(Connection connection, List<RowKey> keys, long time)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(
        "DELETE FROM sallyport_attempts WHERE id = ? AND expires_at < ?")) {
      for (RowKey key : keys) {
        delete.setBytes(1, key.bytes());
        delete.setLong(2, time);
        delete.addBatch();
      }
      delete.executeBatch();
      return true;
    }
  }

  /** Whether everything may be done that has to be done; nothing is. */
  void requirePrivileges() {
    changeKnown(List.of(RowKey.of((byte) 0, 0)), locked -> true);
    database.inTransaction(connection -> {
      for (String each : List.of(
          "INSERT INTO sallyport_attempts (id, userstore, user_id, state, expires_at)"
              + " SELECT id, userstore, user_id, state, expires_at FROM sallyport_attempts WHERE 1 = 0",
          "UPDATE sallyport_attempts SET state = state, expires_at = 0, locked_until = 0 WHERE 1 = 0",
          "DELETE FROM sallyport_attempts WHERE 1 = 0")) {
        try (PreparedStatement statement = connection.prepareStatement(each)) {
          statement.executeUpdate();
        }
      }
      return true;
    });
  }
}
