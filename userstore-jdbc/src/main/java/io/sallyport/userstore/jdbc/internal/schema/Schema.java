package io.sallyport.userstore.jdbc.internal.schema;

import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Makes the tables of a part, or sees to it that somebody else has made them. */
public final class Schema {

  private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*(?:\n|$)");

  private Schema() {}

  /**
   * Sees to it that the tables of a part are there.
   *
   * @param create whether they are made if they are not
   * @throws InvalidSettingsException if they are not there, or are of another version
   */
  public static void require(JdbcDatabase database, SchemaPart part, boolean create) {
    OptionalInt version = database.call(connection -> version(connection, part));
    if (version.isEmpty() && create) {
      create(database, part);
      version = database.call(connection -> version(connection, part));
    }
    if (version.isEmpty()) {
      throw new InvalidSettingsException("database " + database.name() + " has no tables for "
          + part.key() + "; apply the script " + path(database, part)
          + " of the jar sallyport-userstore-jdbc, or set create_schema: true");
    }
    if (version.getAsInt() != SchemaPart.VERSION) {
      throw new InvalidSettingsException("database " + database.name() + " has version "
          + version.getAsInt() + " of the tables for " + part.key()
          + ", and this release works with "
          + SchemaPart.VERSION + "; use the release that made them, or apply its scripts");
    }
  }

  private static void create(JdbcDatabase database, SchemaPart part) {
    List<String> statements = statements(database, part);
    database.inTransaction(connection -> {
      try (Statement statement = connection.createStatement()) {
        for (String each : statements) {
          statement.execute(each);
        }
      }
      return true;
    });
  }

  /** The version of a part; empty if it is not there. */
  private static OptionalInt version(Connection connection, SchemaPart part) throws SQLException {
    if (!hasTable(connection)) {
      return OptionalInt.empty();
    }
    try (PreparedStatement query =
        connection.prepareStatement("SELECT version FROM sallyport_schema WHERE part = ?")) {
      query.setString(1, part.key());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
      }
    }
  }

  private static boolean hasTable(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement
          .executeQuery("SELECT part, version FROM sallyport_schema WHERE 1 = 0")
          .close();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static List<String> statements(JdbcDatabase database, SchemaPart part) {
    return END_OF_STATEMENT
        .splitAsStream(script(path(database, part)))
        .filter(each -> !each.isBlank())
        .toList();
  }

  private static String path(JdbcDatabase database, SchemaPart part) {
    return "/io/sallyport/userstore/jdbc/schema/" + database.dialect().folder() + "/"
        + part.script();
  }

  private static String script(String path) {
    try (InputStream script = Schema.class.getResourceAsStream(path)) {
      if (script == null) {
        throw new IllegalStateException("the jar lacks " + path);
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the jar's " + path + " cannot be read", e);
    }
  }
}
