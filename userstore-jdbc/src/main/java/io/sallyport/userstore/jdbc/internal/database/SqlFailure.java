package io.sallyport.userstore.jdbc.internal.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an exception of a database says, by its SQLSTATE (ISO/IEC 9075) and the codes of MariaDB and H2. */
public final class SqlFailure {

  private static final Set<String> LOST_RACES = Set.of("40001", "40P01");
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String NOT_PERMITTED = "42501";
  private static final int MARIADB_DUPLICATE_KEY = 1062;
  private static final int MARIADB_LOCK_TIMEOUT = 1205;
  // with innodb_snapshot_isolation, as MariaDB has it since 11.6
  private static final int MARIADB_CHANGED_SINCE_READ = 1020;
  private static final int H2_LOCK_TIMEOUT = 50_200;

  /** No rights: in a database, on a table, on a column; in H2. */
  private static final Set<Integer> FORBIDDEN = Set.of(1044, 1142, 1143, 90_096);

  /** Connections are used up, while those that there are work. MariaDB calls that lost connections. */
  private static final Set<Integer> MARIADB_TOO_MANY = Set.of(1040, 1203, 1226);

  /** Connection broken, database closing, closed, used by somebody alone. */
  private static final Set<Integer> H2_AWAY = Set.of(90_067, 90_098, 90_121, 90_135);

  /** How deep pools wrap. */
  private static final int MOST_CAUSES = 8;

  private SqlFailure() {}

  /** Whether a row of the same key was there before. */
  public static boolean isDuplicateKey(SQLException e) {
    return UNIQUE_VIOLATION.equals(e.getSQLState()) || e.getErrorCode() == MARIADB_DUPLICATE_KEY;
  }

  /** Whether the user of the database may not do this. */
  public static boolean isForbidden(SQLException e) {
    return NOT_PERMITTED.equals(e.getSQLState()) || FORBIDDEN.contains(e.getErrorCode());
  }

  /** Whether the work would do if it were done again. */
  static boolean isLostRace(SQLException e) {
    return LOST_RACES.contains(String.valueOf(e.getSQLState()))
        || e.getErrorCode() == MARIADB_LOCK_TIMEOUT
        || e.getErrorCode() == MARIADB_CHANGED_SINCE_READ
        || e.getErrorCode() == H2_LOCK_TIMEOUT;
  }

  /** Whether the database itself is not there, rather than unwilling to do what it was told. */
  static boolean isAway(SQLException e) {
    @Nullable Throwable each = e;
    for (int depth = 0; each != null && depth < MOST_CAUSES; depth++) {
      if (each instanceof SQLException one && isAwayItself(one)) {
        return true;
      }
      each = each.getCause();
    }
    return false;
  }

  private static boolean isAwayItself(SQLException e) {
    if (MARIADB_TOO_MANY.contains(e.getErrorCode()) || isExhausted(e)) {
      return false;
    }
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08")
        || state.startsWith("57P")
        || H2_AWAY.contains(e.getErrorCode())
        || e instanceof SQLNonTransientConnectionException
        || e instanceof SQLTransientConnectionException
        || e instanceof SQLRecoverableException;
  }

  /**
   * Whether a pool is used up by those who have its connections. HikariCP says nothing of the reason then, nor
   * while its first connection is being made, when it has none ("total=0").
   */
  private static boolean isExhausted(SQLException e) {
    return e instanceof SQLTransientConnectionException
        && e.getCause() == null
        && (e.getSQLState() == null || e.getSQLState().startsWith("53"))
        && !String.valueOf(e.getMessage()).contains("total=0,");
  }

  /**
   * Whether it is no use for others to ask for a connection now: it is away, does not know the user, the
   * password or the database, and would take many tries for an attack.
   */
  static boolean refusesConnections(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return isAway(e) || state.startsWith("28") || state.startsWith("3D");
  }

  /** What may be told of work that failed. The database's own message may show values, and hashes among them. */
  static String told(SQLException e) {
    return e.getClass().getSimpleName() + " with SQLSTATE " + e.getSQLState();
  }

  /** What may be told where there is no statement yet, and so no value. */
  public static String toldInFull(SQLException e) {
    return told(e) + ": " + e.getMessage();
  }
}
