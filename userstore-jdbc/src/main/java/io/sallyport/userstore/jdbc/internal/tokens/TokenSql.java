package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.userstore.jdbc.internal.database.Dialect;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** What differs between databases, of statements on tokens. */
final class TokenSql {

  private final Dialect dialect;

  TokenSql(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Reads the counter of changes and locks it: nobody can count before this transaction has ended. Others may read it
   * so at the same time where the database knows such a lock.
   */
  String sharedCounter() {
    String query = "SELECT counter FROM sallyport_changes WHERE part = 'tokens'";
    return switch (dialect) {
      case POSTGRESQL -> query + " FOR SHARE";
      case MARIADB -> query + " LOCK IN SHARE MODE";
      case H2 -> query + " FOR UPDATE";
    };
  }

  /** The counter of changes, and the database's time in seconds since 1970. */
  String counterAndTime() {
    return "SELECT counter, " + now() + " FROM sallyport_changes WHERE part = 'tokens'";
  }

  private String now() {
    return switch (dialect) {
      case POSTGRESQL -> "CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DECIMAL(29, 9))";
      case MARIADB -> "CAST(UNIX_TIMESTAMP(SYSDATE(6)) AS DECIMAL(29, 9))";
      case H2 -> "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) AS DECIMAL(29, 9))";
    };
  }

  /** Whether a description has a part. */
  String descriptionHas() {
    return dialect == Dialect.POSTGRESQL
        ? "POSITION(? IN description) > 0"
        : "LOCATE(?, description) > 0";
  }

  /** Binds a text that is sorted by, or may be any text of Java. H2 keeps those as they are. */
  void bindUnits(PreparedStatement statement, int at, @Nullable String text) throws SQLException {
    if (dialect == Dialect.H2) {
      statement.setString(at, text);
    } else if (text == null) {
      statement.setNull(at, Types.VARBINARY);
    } else {
      statement.setBytes(at, Units.encode(text));
    }
  }

  @Nullable
  String units(ResultSet row, String column) throws SQLException {
    if (dialect == Dialect.H2) {
      return row.getString(column);
    }
    byte[] bytes = row.getBytes(column);
    return bytes == null ? null : Units.decode(bytes);
  }
}
