package io.sallyport.userstore.jdbc.internal.database;

import static java.util.Objects.requireNonNull;

import io.sallyport.spi.NamedDatabase;
import io.sallyport.spi.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Does work in a database, and makes of all that goes wrong there an {@link UnavailableException}.
 *
 * <p>A connection is taken for one piece of work and closed behind it, whatever happens. A statement that gets no
 * answer in time ends with its connection. While the database cannot be reached, callers are refused at once.
 *
 * <p><b>Isolation</b> is what the data source says: work holds under READ COMMITTED and whatever is stricter, by
 * locking a row before reading what depends on it.
 *
 * <p>Safe for threads.
 */
public final class JdbcDatabase {

  /** How often work is done again that has lost against the work of others. */
  private static final int MOST_TRIES = 20;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final String name;
  private final DataSource source;
  private final int timeoutMillis;
  private final Availability availability = new Availability(System::nanoTime);
  private final Dialect dialect;
  private volatile boolean bounded = true;

  private JdbcDatabase(NamedDatabase database, Duration statementTimeout) {
    this.name = database.name();
    this.source = requireNonNull(database.database().dataSource(), "dataSource");
    this.timeoutMillis = (int) statementTimeout.toMillis();
    this.dialect = call(connection -> Dialect.of(connection.getMetaData()));
  }

  /**
   * Connects for the first time.
   *
   * @param statementTimeout how long an answer of the database may take
   * @throws UnavailableException if the database cannot be reached
   */
  public static JdbcDatabase open(NamedDatabase database, Duration statementTimeout) {
    return new JdbcDatabase(database, statementTimeout);
  }

  /** Its name in the configuration. */
  public String name() {
    return name;
  }

  /** Whose SQL it speaks. */
  public Dialect dialect() {
    return dialect;
  }

  /**
   * Does work of which each statement counts by itself, so that a single one costs a single round trip.
   *
   * @throws UnavailableException if it cannot be done now; what it changes may have been changed or not
   */
  public <T> T call(SqlWork<T> work) {
    return attempt(connection -> committing(connection, work));
  }

  /**
   * Does work as a whole or not at all, and does it again if it has lost against the work of others.
   *
   * @throws UnavailableException if it cannot be done now; it may have been done or not
   */
  public <T> T inTransaction(SqlWork<T> work) {
    return attempt(connection -> {
      boolean automatic = connection.getAutoCommit();
      if (automatic) {
        connection.setAutoCommit(false);
      }
      try {
        return repeating(connection, work);
      } finally {
        if (automatic) {
          connection.setAutoCommit(true);
        }
      }
    });
  }

  private static <T> T committing(Connection connection, SqlWork<T> work) throws SQLException {
    if (connection.getAutoCommit()) {
      return work.with(connection);
    }
    return atOnce(connection, work);
  }

  private static <T> T repeating(Connection connection, SqlWork<T> work) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        return atOnce(connection, work);
      } catch (SQLException e) {
        if (tries == MOST_TRIES || !SqlFailure.isLostRace(e)) {
          throw e;
        }
      }
    }
  }

  private static <T> T atOnce(Connection connection, SqlWork<T> work) throws SQLException {
    boolean done = false;
    try {
      T result = work.with(connection);
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack(connection);
      }
    }
  }

  /** What was the matter is told by whatever came before. */
  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // the connection is lost, and with it the transaction
    }
  }

  private <T> T attempt(SqlWork<T> work) {
    if (!availability.mayTry()) {
      throw new UnavailableException(
          "database " + name + " could not be reached a moment ago", RETRY_AFTER, null);
    }
    try (Connection connection = connect()) {
      return work.with(connection);
    } catch (SQLException e) {
      if (SqlFailure.isAway(e)) {
        availability.lost();
      }
      throw new UnavailableException(
          "database " + name + ": " + SqlFailure.told(e), RETRY_AFTER, null);
    }
  }

  private Connection connect() throws SQLException {
    Connection connection;
    try {
      connection = source.getConnection();
    } catch (SQLException | RuntimeException e) {
      availability.lost();
      throw e;
    }
    availability.reached();
    bound(connection);
    return connection;
  }

  private void bound(Connection connection) throws SQLException {
    if (!bounded) {
      return;
    }
    try {
      connection.setNetworkTimeout(Runnable::run, timeoutMillis);
    } catch (SQLFeatureNotSupportedException e) {
      bounded = false;
    }
  }
}
