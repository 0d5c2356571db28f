package io.sallyport.userstore.jdbc.internal.database;

import static java.util.Objects.requireNonNull;

import io.sallyport.spi.NamedDatabase;
import io.sallyport.spi.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

  /** By how much the pause before doing it again grows each time. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final String name;
  private final DataSource source;
  private final Optional<DataSource> direct;
  private final Duration timeout;
  private final Availability availability;
  private final Dialect dialect;

  private JdbcDatabase(NamedDatabase database, Duration statementTimeout) {
    this.name = database.name();
    this.source = requireNonNull(database.database().dataSource(), "dataSource");
    this.timeout = statementTimeout;
    if (database.database() instanceof WatchedDatabase watched) {
      this.availability = watched.availability();
      this.direct = watched.direct();
    } else {
      this.availability = new Availability(name);
      this.direct = Optional.empty();
    }
    this.dialect = call(connection -> Dialect.of(connection.getMetaData()));
  }

  private JdbcDatabase(JdbcDatabase same, Duration statementTimeout) {
    this.name = same.name;
    this.source = same.source;
    this.direct = same.direct;
    this.timeout = statementTimeout;
    this.availability = same.availability;
    this.dialect = same.dialect;
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

  /** The same, for work of which an answer may take longer or must come earlier. */
  public JdbcDatabase withTimeout(Duration statementTimeout) {
    return new JdbcDatabase(this, statementTimeout);
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
    return attempt(connection -> transacting(connection, work));
  }

  /**
   * Does work in a transaction that may be wrong by itself, such as a script or a query that somebody wrote.
   * What the database then says is for the log: the work must touch no row.
   *
   * @throws SQLException if the database is there and does not do it
   * @throws UnavailableException if it cannot be reached
   */
  public <T> T trying(SqlWork<T> work) throws SQLException {
    try {
      return inTransaction(connection -> {
        try {
          return work.with(connection);
        } catch (SQLException e) {
          if (SqlFailure.isAway(e) || SqlFailure.isLostRace(e)) {
            throw e;
          }
          throw new Wrong(e);
        }
      });
    } catch (Wrong e) {
      throw e.reason;
    }
  }

  /** Carries what is wrong with the work past those who look for what is wrong with the database. */
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final SQLException reason;

    Wrong(SQLException reason) {
      super(null, reason, false, false);
      this.reason = reason;
    }
  }

  private static <T> T committing(Connection connection, SqlWork<T> work) throws SQLException {
    if (connection.getAutoCommit()) {
      return work.with(connection);
    }
    return atOnce(connection, work);
  }

  private <T> T transacting(Connection connection, SqlWork<T> work) throws SQLException {
    boolean automatic = connection.getAutoCommit();
    if (!automatic) {
      return repeating(connection, work);
    }
    connection.setAutoCommit(false);
    try {
      return repeating(connection, work);
    } finally {
      quietly(() -> connection.setAutoCommit(true));
    }
  }

  private <T> T repeating(Connection connection, SqlWork<T> work) throws SQLException {
    long begun = System.nanoTime();
    for (int tries = 1; ; tries++) {
      try {
        return atOnce(connection, work);
      } catch (SQLException e) {
        boolean late = System.nanoTime() - begun > timeout.toNanos();
        if (tries == MOST_TRIES || late || !SqlFailure.isLostRace(e)) {
          throw e;
        }
        // at random, or those who met once meet again
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(tries * PAUSE_NANOS));
        if (Thread.currentThread().isInterrupted()) {
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
        quietly(connection::rollback);
      }
    }
  }

  /** Something to be done behind work. */
  @FunctionalInterface
  private interface Tidying {
    void run() throws SQLException;
  }

  /** What was the matter is told by whatever came before; a connection that fails here is of no use to its pool. */
  private static void quietly(Tidying tidying) {
    try {
      tidying.run();
    } catch (SQLException | RuntimeException e) {
      // the work was done and stays so, or its failure is on its way
    }
  }

  private <T> T attempt(SqlWork<T> work) {
    if (availability.isThere()) {
      return used(work);
    }
    if (!availability.mayTry()) {
      throw new UnavailableException(
          "database " + name + " could not be reached a moment ago", RETRY_AFTER, null);
    }
    return tried(work);
  }

  private <T> T used(SqlWork<T> work) {
    try {
      return connected(work);
    } catch (Failed e) {
      if (e.away) {
        availability.suspect();
      }
      throw unavailable(e);
    }
  }

  /** What is found out here is everybody's. */
  private <T> T tried(SqlWork<T> work) {
    boolean shown = false;
    try {
      if (direct.isPresent()) {
        quietly(connect(direct.get())::close);
      }
      T result = connected(work);
      availability.reached();
      shown = true;
      return result;
    } catch (Failed e) {
      if (e.away) {
        availability.lost(e.told);
        shown = true;
      } else if (e.connected) {
        availability.reached();
        shown = true;
      }
      throw unavailable(e);
    } finally {
      if (!shown) {
        availability.unknown();
      }
    }
  }

  private UnavailableException unavailable(Failed e) {
    return new UnavailableException("database " + name + ": " + e.told, RETRY_AFTER, null);
  }

  private <T> T connected(SqlWork<T> work) throws Failed {
    Connection connection = connect(source);
    try {
      return bounded(connection, work);
    } catch (SQLException e) {
      throw new Failed(SqlFailure.told(e), SqlFailure.isAway(e), true);
    } finally {
      quietly(connection::close);
    }
  }

  private static Connection connect(DataSource source) throws Failed {
    try {
      return source.getConnection();
    } catch (SQLException e) {
      boolean away = SqlFailure.refusesConnections(e) && !Thread.currentThread().isInterrupted();
      throw new Failed(SqlFailure.toldInFull(e), away, false);
    } catch (RuntimeException e) {
      throw new Failed("its data source threw " + e.getClass().getName(), false, false);
    }
  }

  /** Not every pool puts back what its users set. */
  private <T> T bounded(Connection connection, SqlWork<T> work) throws SQLException {
    int before = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, (int) timeout.toMillis());
    try {
      return work.with(connection);
    } finally {
      quietly(() -> connection.setNetworkTimeout(Runnable::run, before));
    }
  }

  /** What went wrong, and what that says of the database. */
  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    final String told;
    final boolean away;
    final boolean connected;

    Failed(String told, boolean away, boolean connected) {
      super(told, null, false, false);
      this.told = told;
      this.away = away;
      this.connected = connected;
    }
  }
}
