package io.sallyport.userstore.jdbc.internal.database;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What an exception of a database says, by its SQLSTATE (ISO/IEC 9075). */
public final class SqlFailure {

  private static final Set<String> LOST_RACES = Set.of("40001", "40P01");
  private static final String UNIQUE_VIOLATION = "23505";
  private static final int MARIADB_DUPLICATE_KEY = 1062;
  private static final int MARIADB_LOCK_TIMEOUT = 1205;
  // with innodb_snapshot_isolation, as MariaDB has it since 11.6
  private static final int MARIADB_CHANGED_SINCE_READ = 1020;
  private static final int H2_LOCK_TIMEOUT = 50_200;

  private SqlFailure() {}

  /** Whether a row of the same key was there before. */
  public static boolean isDuplicateKey(SQLException e) {
    return UNIQUE_VIOLATION.equals(e.getSQLState()) || e.getErrorCode() == MARIADB_DUPLICATE_KEY;
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
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08")
        || state.startsWith("57P")
        || e instanceof SQLTransientConnectionException
        || e instanceof SQLRecoverableException;
  }

  /**
   * What may be logged of it. The message of the database may show values of a row, and among them hashes, so it is
   * told only where there is no row yet.
   */
  static String told(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    String kind = e.getClass().getSimpleName() + " with SQLSTATE " + state;
    boolean withoutRow = isAway(e) || state.startsWith("28") || state.startsWith("3D");
    return withoutRow ? kind + ": " + e.getMessage() : kind;
  }
}
