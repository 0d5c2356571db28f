package io.sallyport.userstore.jdbc.internal.attempts;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.spi.Database;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginLimits;
import io.sallyport.spi.NamedDatabase;
import io.sallyport.userstore.jdbc.Server;
import io.sallyport.userstore.jdbc.TestDatabase;
import io.sallyport.userstore.jdbc.WatchedSource;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.schema.Schema;
import io.sallyport.userstore.jdbc.internal.schema.SchemaPart;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A database of failed logins whose clock the test moves, and the nodes on it. */
final class SharedCounters implements AutoCloseable {

  private static final int CONNECTIONS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestDatabase database;
  private final HikariDataSource owner;
  private final List<HikariDataSource> pools = new ArrayList<>();
  private final AtomicLong shiftNanos = new AtomicLong();

  private SharedCounters(TestDatabase database) {
    this.database = database;
    this.owner = pool(database);
    Schema.require(connect(owner), SchemaPart.ATTEMPTS, true);
    database.execute(
        "CREATE TABLE test_clock (shift BIGINT)", "INSERT INTO test_clock (shift) VALUES (0)");
  }

  static SharedCounters on(Server server) {
    return new SharedCounters(server.open());
  }

  TestDatabase database() {
    return database;
  }

  private HikariDataSource pool(TestDatabase of) {
    return pool(of, null);
  }

  private HikariDataSource pool(TestDatabase of, String isolation) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(of.url());
    config.setUsername(of.user());
    config.setPassword(of.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setTransactionIsolation(isolation);
    HikariDataSource made = new HikariDataSource(config);
    pools.add(made);
    return made;
  }

  private static JdbcDatabase connect(DataSource source) {
    return JdbcDatabase.open(new NamedDatabase("main", (Database) () -> source), PATIENCE);
  }

  /** A new node, with connections of its own. */
  LoginAttempts node(LoginLimits limits) {
    return open(pool(database), limits);
  }

  /** A new node whose transactions are of an isolation, such as {@code TRANSACTION_REPEATABLE_READ}. */
  LoginAttempts node(LoginLimits limits, String isolation) {
    return open(pool(database, isolation), limits);
  }

  /** A new node that uses the connections of the last one. */
  LoginAttempts another(LoginLimits limits) {
    return open(owner, limits);
  }

  /** A new node whose database is watched. */
  LoginAttempts node(LoginLimits limits, Consumer<WatchedSource> use) {
    WatchedSource watched = new WatchedSource(pool(database));
    LoginAttempts node = open(watched.source(), limits);
    use.accept(watched);
    return node;
  }

  private LoginAttempts open(DataSource source, LoginLimits limits) {
    return JdbcLoginAttempts.open(
        connect(source),
        limits,
        () -> System.nanoTime() + shiftNanos.get(),
        " + (SELECT shift FROM test_clock)");
  }

  /** Lets time pass, for the database and the nodes. */
  void passTime(Duration time) {
    shiftNanos.addAndGet(time.toNanos());
    setClock(time);
  }

  /** Sets the clock of the database, forth or back. */
  void setClock(Duration by) {
    database.execute("UPDATE test_clock SET shift = shift + (" + by.toMillis() + ")");
  }

  /** Forgets all. */
  void clear() {
    database.execute("DELETE FROM sallyport_attempts", "UPDATE test_clock SET shift = 0");
  }

  /** The number that a query answers. */
  long number(String sql) {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** All rows, as somebody sees them who can read the tables. */
  String content() {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM sallyport_attempts")) {
      StringBuilder all = new StringBuilder();
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          all.append(rows.getString(i)).append('\n');
        }
        for (String binary : List.of("id", "state")) {
          all.append(new String(rows.getBytes(binary), StandardCharsets.UTF_8)).append('\n');
        }
      }
      return all.toString();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    pools.forEach(HikariDataSource::close);
  }
}
