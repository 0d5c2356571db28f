package io.sallyport.userstore.jdbc.internal.schema;

import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.database.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Makes the tables of a part, or sees to it that somebody else has made them. */
public final class Schema {

  /** Making tables may wait for another node that makes them, and for whoever locks them. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final int MOST_TRIES = 10;
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String VERSIONS = "sallyport_schema";

  private final JdbcDatabase database;
  private final SchemaPart part;
  private final boolean create;
  private final Script script;

  private Schema(JdbcDatabase database, SchemaPart part, boolean create) {
    this.database = database.withTimeout(TIMEOUT);
    this.part = part;
    this.create = create;
    this.script = Script.of(part, database.dialect());
  }

  /**
   * Sees to it that the tables of a part are there.
   *
   * @param create whether they are made if they are not
   * @throws InvalidSettingsException if they are not there, or are of another version
   * @throws io.sallyport.spi.UnavailableException if the database cannot be reached
   */
  public static void require(JdbcDatabase database, SchemaPart part, boolean create) {
    new Schema(database, part, create).require();
  }

  private void require() {
    OptionalInt version = version();
    if (version.isEmpty() && create) {
      version = OptionalInt.of(create());
    }
    if (version.isPresent() && version.getAsInt() != SchemaPart.VERSION) {
      throw new InvalidSettingsException("database " + database.name() + " has version "
          + version.getAsInt() + " of the tables for " + part.key()
          + ", and this release works with version " + SchemaPart.VERSION
          + "; use the release of Sallyport that made them");
    }
    Lacking lacking = lacking();
    if (!lacking.forbidden().isEmpty()) {
      throw mayNot(
          "read " + String.join(", ", lacking.forbidden()),
          "grant it what docs/databases.md says under Privileges");
    }
    if (version.isEmpty() || !lacking.missing().isEmpty()) {
      throw new InvalidSettingsException(told(version, lacking.missing()));
    }
  }

  /** What is not there, and what may not be read. */
  private record Lacking(List<String> missing, List<String> forbidden) {}

  private String told(OptionalInt version, List<String> missing) {
    String remedy = version.isPresent()
        ? "; compare it with the script " + script.path()
            + " of the jar sallyport-userstore-jdbc, which has been applied"
        : "; apply the script " + script.path()
            + " of the jar sallyport-userstore-jdbc, or set create_schema: true";
    return "database " + database.name() + what(missing) + remedy;
  }

  private String what(List<String> missing) {
    if (missing.size() == script.tables().size()) {
      return " has no tables for " + part.key();
    }
    String lacking = missing.isEmpty()
        ? "the row of part " + part.key() + " in " + VERSIONS
        : String.join(", ", missing);
    return " lacks what " + part.key() + " needs: " + lacking;
  }

  /** The version of a part; empty if it is not there. */
  private OptionalInt version() {
    try {
      return database.trying(this::version);
    } catch (SQLException e) {
      // MariaDB says so too of a table that is not there
      if (SqlFailure.isForbidden(e) && !create) {
        throw mayNot(
            "read " + VERSIONS + ", if it is there",
            "apply the script " + script.path()
                + " of the jar sallyport-userstore-jdbc unless that is done, and grant it what"
                + " docs/databases.md says under Privileges");
      }
      return OptionalInt.empty();
    }
  }

  private OptionalInt version(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT version FROM " + VERSIONS + " WHERE part = ?")) {
      query.setString(1, part.key());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
      }
    }
  }

  /** What is there of tables and columns is asked of the database by using it, which works for any role. */
  private Lacking lacking() {
    List<String> missing = new ArrayList<>();
    List<String> forbidden = new ArrayList<>();
    for (Map.Entry<String, List<String>> each : script.tables().entrySet()) {
      String table = each.getKey();
      switch (look(table, String.join(", ", each.getValue()))) {
        case FORBIDDEN -> forbidden.add(table);
        case MISSING -> missing.addAll(missing(table, each.getValue()));
        case THERE -> {}
      }
    }
    return new Lacking(missing, forbidden);
  }

  private List<String> missing(String table, List<String> columns) {
    List<String> missing = columns.stream()
        .filter(column -> look(table, column) == Look.MISSING)
        .map(column -> "column " + table + "." + column)
        .toList();
    return missing.size() == columns.size() ? List.of("table " + table) : missing;
  }

  private enum Look {
    THERE,
    MISSING,
    FORBIDDEN
  }

  private Look look(String table, String columns) {
    try {
      return database.trying(connection -> {
        try (Statement statement = connection.createStatement()) {
          statement
              .executeQuery("SELECT " + columns + " FROM " + table + " WHERE 1 = 0")
              .close();
          return Look.THERE;
        }
      });
    } catch (SQLException e) {
      return SqlFailure.isForbidden(e) ? Look.FORBIDDEN : Look.MISSING;
    }
  }

  /**
   * Applies the script. Several nodes may do so at once, of which all but one may fail in the middle, as tables
   * are made outside of transactions in some databases, and locked by nobody before they are there.
   *
   * @return the version that is there then
   */
  private int create() {
    for (int tries = 1; ; tries++) {
      try {
        database.trying(this::apply);
      } catch (SQLException e) {
        refuse(e, tries);
      }
      OptionalInt version = version();
      if (version.isPresent()) {
        return version.getAsInt();
      }
      if (tries >= MOST_TRIES) {
        throw new IllegalStateException(script.path() + " does not say its version");
      }
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE));
    }
  }

  private boolean apply(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : script.statements()) {
        statement.execute(each);
      }
    }
    return true;
  }

  private void refuse(SQLException e, int tries) {
    if (version().isPresent()) {
      return;
    }
    if (SqlFailure.isForbidden(e)) {
      throw mayNot(
          "create tables",
          "apply the script " + script.path()
              + " of the jar sallyport-userstore-jdbc as a user who may, and leave create_schema out");
    }
    if (tries == MOST_TRIES) {
      throw new InvalidSettingsException("create_schema: database " + database.name()
          + " does not accept the script " + script.path() + " (" + SqlFailure.toldInFull(e)
          + ")");
    }
  }

  private InvalidSettingsException mayNot(String what, String remedy) {
    return new InvalidSettingsException(
        "the user of database " + database.name() + " may not " + what + "; " + remedy);
  }
}
