package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.spi.Database;
import io.sallyport.spi.NamedDatabase;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.FaultySource.Fault;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Data sources as hosts hand them over. */
class HostSourceTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @AfterEach
  void leavesNoThreadInterrupted() {
    assertThat(Thread.interrupted()).isFalse();
  }

  private static JdbcDatabase connect(DataSource source) {
    return JdbcDatabase.open(new NamedDatabase("main", (Database) () -> source), TIMEOUT);
  }

  private static int execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private static int count(JdbcDatabase database) {
    return database.call(connection -> {
      try (Statement statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT COUNT(*) FROM t")) {
        rows.next();
        return rows.getInt(1);
      }
    });
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void commitsWhereNothingIsCommittedByItself(Server server) {
    TestDatabase database = server.open();
    database.execute("CREATE TABLE t (a INT)");
    FaultySource source = new FaultySource(database.source());
    source.automatic = false;
    JdbcDatabase host = connect(source.source());

    host.call(connection -> execute(connection, "INSERT INTO t VALUES (1)"));
    host.inTransaction(connection -> execute(connection, "INSERT INTO t VALUES (2)"));

    assertThat(count(connect(database.source()))).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void undoesWhatFailsInTheMiddle(Server server) {
    TestDatabase database = server.open();
    database.execute("CREATE TABLE t (a INT PRIMARY KEY)");
    JdbcDatabase host = connect(database.source());

    var failure = catchThrowableOfType(
        UnavailableException.class,
        () -> host.inTransaction(connection -> {
          execute(connection, "INSERT INTO t VALUES (4711)");
          return execute(connection, "INSERT INTO t VALUES (4711)");
        }));

    assertThat(failure).hasMessageContaining("SQLSTATE 23").hasMessageNotContaining("4711");
    assertThat(count(host)).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void handsConnectionsBackAsTheyWere(Server server) throws SQLException {
    try (Connection only = server.open().source().getConnection()) {
      only.setNetworkTimeout(Runnable::run, 7_000);
      JdbcDatabase host = connect(always(only));
      AtomicInteger during = new AtomicInteger();

      host.inTransaction(connection -> {
        during.set(connection.getNetworkTimeout());
        return execute(connection, "CREATE TABLE t (a INT)");
      });

      assertThat(during.get()).isEqualTo((int) TIMEOUT.toMillis());
      assertThat(only.getNetworkTimeout()).isEqualTo(7_000);
      assertThat(only.getAutoCommit()).isTrue();
    }
  }

  /** A pool of one connection that puts nothing back. */
  private static DataSource always(Connection connection) {
    Connection unclosed = (Connection) Proxy.newProxyInstance(
        HostSourceTest.class.getClassLoader(),
        new Class<?>[] {Connection.class},
        (self, method, arguments) ->
            method.getName().equals("close") ? null : method.invoke(connection, arguments));
    return (DataSource) Proxy.newProxyInstance(
        HostSourceTest.class.getClassLoader(),
        new Class<?>[] {DataSource.class},
        (self, method, arguments) -> unclosed);
  }

  @Test
  void whatWasDoneStaysDoneIfTheConnectionCannotBeClosed() {
    FaultySource source = new FaultySource(TestDatabase.h2().source());
    JdbcDatabase host = connect(source.source());
    source.fault = Fault.CLOSE;

    int changed = host.inTransaction(connection -> execute(connection, "CREATE TABLE t (a INT)"));

    assertThat(changed).isZero();
    assertThat(count(host)).isZero();
  }

  @Test
  void takesAnyExceptionOfADataSourceForABreakdownAndShowsNoneOfItsWords() {
    FaultySource source = new FaultySource(TestDatabase.h2().source());
    JdbcDatabase host = connect(source.source());
    source.fault = Fault.GET_CONNECTION_UNCHECKED;

    var failure =
        catchThrowableOfType(UnavailableException.class, () -> host.call(connection -> 1));

    assertThat(failure)
        .hasMessage("database main: its data source threw java.lang.IllegalStateException");
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aCallerWhoIsInterruptedMakesNothingAway() {
    FaultySource source = new FaultySource(TestDatabase.h2().source());
    JdbcDatabase host = connect(source.source());
    source.fault = Fault.GET_CONNECTION;
    Thread.currentThread().interrupt();

    var failure =
        catchThrowableOfType(UnavailableException.class, () -> host.call(connection -> 1));
    boolean kept = Thread.interrupted();
    source.fault = Fault.NONE;

    assertThat(failure).isNotNull();
    assertThat(kept).isTrue();
    assertThatCode(() -> host.call(connection -> 1)).doesNotThrowAnyException();
  }

  @Test
  void doesAgainWhatHasLostARace() {
    JdbcDatabase host = connect(TestDatabase.h2().source());
    AtomicInteger tries = new AtomicInteger();

    int result = host.inTransaction(connection -> {
      if (tries.incrementAndGet() < 5) {
        throw new SQLException("deadlock", "40P01");
      }
      return 42;
    });

    assertThat(result).isEqualTo(42);
    assertThat(tries.get()).isEqualTo(5);
  }

  @Test
  void stopsDoingItAgainSometime() {
    JdbcDatabase host = connect(TestDatabase.h2().source());
    AtomicInteger tries = new AtomicInteger();

    var failure = catchThrowableOfType(
        UnavailableException.class,
        () -> host.inTransaction(connection -> {
          tries.incrementAndGet();
          throw new SQLException("deadlock", "40P01");
        }));

    assertThat(failure).hasMessage("database main: SQLException with SQLSTATE 40P01");
    assertThat(tries.get()).isEqualTo(20);
  }

  @Test
  void stopsDoingItAgainWhenItsThreadIsInterrupted() {
    JdbcDatabase host = connect(TestDatabase.h2().source());
    AtomicInteger tries = new AtomicInteger();

    var failure = catchThrowableOfType(
        UnavailableException.class,
        () -> host.inTransaction(connection -> {
          tries.incrementAndGet();
          Thread.currentThread().interrupt();
          throw new SQLException("deadlock", "40001");
        }));
    boolean kept = Thread.interrupted();

    assertThat(failure).isNotNull();
    assertThat(kept).isTrue();
    assertThat(tries.get()).isEqualTo(1);
  }
}
