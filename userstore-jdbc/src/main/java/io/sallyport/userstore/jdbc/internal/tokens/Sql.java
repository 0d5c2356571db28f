package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.api.TokenKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A statement with the values of its parameters. Texts are bound as bytes, see {@link Units}, and instants as numbers,
 * see {@link Instants}: so both are kept and compared exactly, whatever the collation and the zone of the database.
 */
final class Sql {

  private final String text;
  private final List<@Nullable Object> values;

  private Sql(String text, List<@Nullable Object> values) {
    this.text = text;
    this.values = values;
  }

  /** Reads a row. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  static Sql of(String text, @Nullable Object... values) {
    List<@Nullable Object> copy = new ArrayList<>();
    Collections.addAll(copy, values);
    return new Sql(text, copy);
  }

  /** How many rows it has changed. */
  int update(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  <T> List<T> query(Connection connection, Reader<T> reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      bind(statement, values);
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    }
  }

  /** The first column of the only row. */
  long number(Connection connection) throws SQLException {
    List<Long> rows = query(connection, row -> row.getLong(1));
    if (rows.size() != 1) {
      throw new SQLException("one row was expected, not " + rows.size() + ", of: " + text);
    }
    return rows.get(0);
  }

  /** The same statement with many lists of values, in few round trips and in their order. */
  static void updateAll(Connection connection, String text, List<List<Object>> values)
      throws SQLException {
    if (values.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      for (List<Object> each : values) {
        bind(statement, each);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void bind(PreparedStatement statement, List<? extends @Nullable Object> values)
      throws SQLException {
    int at = 1;
    for (Object value : values) {
      statement.setObject(at++, bound(value));
    }
  }

  private static @Nullable Object bound(@Nullable Object value) {
    if (value instanceof String string) {
      return Units.encode(string);
    }
    if (value instanceof Instant instant) {
      return Instants.toNumber(instant);
    }
    if (value instanceof TokenSql.HexPattern pattern) {
      return pattern.expression();
    }
    return value instanceof TokenKind kind ? kind.name().toLowerCase(Locale.ROOT) : value;
  }
}
