package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.api.Secret;
import io.sallyport.spi.Database;
import io.sallyport.spi.NamedDatabase;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.internal.connection.Pool;
import io.sallyport.userstore.jdbc.internal.connection.PoolSettings;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class DatabaseAwayTest {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseAwayTest.class);
  private static final int CLIENTS = 16;
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration AWAY = Duration.ofSeconds(4);

  /** What a busy machine may add to any time. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private static Database pool(TestDatabase database, int connections) {
    return Pool.open(new PoolSettings(
        "main",
        database.url(),
        Optional.of(database.user()),
        Optional.of(Secret.ofText(database.password())),
        connections,
        WAIT));
  }

  private static int one(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT 1")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** Clients that ask again and again. */
  private static final class Load implements AutoCloseable {

    final AtomicInteger good = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicLong longest = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Thread> clients = new ArrayList<>();

    Load(JdbcDatabase database) {
      for (int i = 0; i < CLIENTS; i++) {
        Thread client = new Thread(() -> ask(database));
        clients.add(client);
        client.start();
      }
    }

    private void ask(JdbcDatabase database) {
      while (!ended.get()) {
        long begun = System.nanoTime();
        try {
          database.call(DatabaseAwayTest::one);
          good.incrementAndGet();
        } catch (UnavailableException e) {
          failed.incrementAndGet();
        }
        longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
        LockSupport.parkNanos(2_000_000);
      }
    }

    @Override
    public void close() {
      ended.set(true);
      UserHost.await(() -> clients.stream().noneMatch(Thread::isAlive));
    }
  }

  private static Duration untilEverythingIsGood(Load load) {
    long begun = System.nanoTime();
    AtomicInteger failed = new AtomicInteger(-1);
    AtomicInteger good = new AtomicInteger();
    AtomicLong lastFailure = new AtomicLong(begun);
    UserHost.await(() -> {
      if (failed.getAndSet(load.failed.get()) != load.failed.get()) {
        lastFailure.set(System.nanoTime());
        good.set(load.good.get());
      }
      return load.good.get() > good.get() + 10 * CLIENTS;
    });
    return Duration.ofNanos(lastFailure.get() - begun);
  }

  private static void waitFor(Duration time) {
    long begun = System.nanoTime();
    UserHost.await(() -> System.nanoTime() - begun > time.toNanos());
  }

  @ParameterizedTest
  @CsvSource({"POSTGRESQL,false", "POSTGRESQL,true", "MARIADB,false", "MARIADB,true"})
  void refusesWithoutWaitingAndIsBackWithinASecond(Server server, boolean silent) throws Exception {
    TestDatabase direct = server.open();
    try (Relay relay = new Relay(direct.port());
        Database pool = pool(direct.through(relay.port()), 4)) {
      JdbcDatabase database = JdbcDatabase.open(new NamedDatabase("main", pool), WAIT);
      try (Load load = new Load(database)) {
        UserHost.await(() -> load.good.get() > 200);
        load.longest.set(0);
        if (silent) {
          relay.silence();
        } else {
          relay.refuse();
        }
        waitFor(AWAY);
        int refused = load.failed.get();
        relay.restore();
        Duration back = untilEverythingIsGood(load);

        Duration longest = Duration.ofNanos(load.longest.get());
        LOG.info(
            "{} {}: {} refused in {} s, the longest took {} ms; good again after {} ms",
            server,
            silent ? "silent" : "refusing",
            refused,
            AWAY.toSeconds(),
            longest.toMillis(),
            back.toMillis());
        // with each of them waiting there would be some ten for each client
        assertThat(refused).isGreaterThan(CLIENTS * 20);
        assertThat(longest).isLessThan(WAIT.multipliedBy(2).plus(SLACK));
        assertThat(back).isLessThan(Duration.ofSeconds(1).plus(SLACK));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void isBackWithoutARestartOnAPoolOfTheHost(Server server) throws Exception {
    TestDatabase direct = server.open();
    try (Relay relay = new Relay(direct.port());
        HikariDataSource pool = new HikariDataSource()) {
      pool.setJdbcUrl(direct.through(relay.port()).url());
      pool.setUsername(direct.user());
      pool.setPassword(direct.password());
      pool.setConnectionTimeout(WAIT.toMillis());
      JdbcDatabase database =
          JdbcDatabase.open(new NamedDatabase("main", (Database) () -> pool), WAIT);
      try (Load load = new Load(database)) {
        UserHost.await(() -> load.good.get() > 200);
        relay.refuse();
        waitFor(AWAY);
        relay.restore();

        Duration back = untilEverythingIsGood(load);

        LOG.info("{}: good again after {} ms on a pool of the host", server, back.toMillis());
        // it makes connections every five seconds then
        assertThat(back).isLessThan(Duration.ofSeconds(6).plus(SLACK));
      }
    }
  }

  @Test
  void aPoolThatIsUsedUpIsNotAway() throws Exception {
    TestDatabase h2 = TestDatabase.h2();
    CountDownLatch holds = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (Database pool = pool(h2, 1)) {
      JdbcDatabase database = JdbcDatabase.open(new NamedDatabase("main", pool), WAIT);
      Thread holder = new Thread(() -> database.call(connection -> {
        holds.countDown();
        return uninterrupted(release);
      }));
      holder.start();
      assertThat(holds.await(10, TimeUnit.SECONDS)).isTrue();

      var first = catchThrowableOfType(
          UnavailableException.class, () -> database.call(DatabaseAwayTest::one));
      var second = catchThrowableOfType(
          UnavailableException.class, () -> database.call(DatabaseAwayTest::one));
      release.countDown();
      holder.join();

      assertThat(first).hasMessageContaining("active=1");
      assertThat(second).hasMessageContaining("active=1");
      assertThat(database.call(DatabaseAwayTest::one)).isEqualTo(1);
    }
  }

  private static boolean uninterrupted(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void aConnectionThatSomebodyEndsIsNotTheDatabase(Server server) throws Exception {
    TestDatabase direct = server.open();
    try (Database pool = pool(direct, 2)) {
      JdbcDatabase database = JdbcDatabase.open(new NamedDatabase("main", pool), WAIT);

      var ended = catchThrowableOfType(
          UnavailableException.class,
          () -> database.call(connection -> {
            long id = number(
                connection,
                server == Server.POSTGRESQL ? "SELECT pg_backend_pid()" : "SELECT CONNECTION_ID()");
            direct.execute(
                server == Server.POSTGRESQL
                    ? "SELECT pg_terminate_backend(" + id + ")"
                    : "KILL " + id);
            return one(connection);
          }));

      assertThat(ended).hasMessageContaining("SQLSTATE");
      assertThat(database.call(DatabaseAwayTest::one)).isEqualTo(1);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  // H2 in memory answers in the caller's thread
  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void aStatementThatTakesTooLongEndsInTime(Server server) {
    TestDatabase direct = server.open();
    String sleep = server == Server.POSTGRESQL ? "SELECT pg_sleep(10)" : "SELECT SLEEP(10)";
    try (Database pool = pool(direct, 2)) {
      JdbcDatabase database = JdbcDatabase.open(new NamedDatabase("main", pool), WAIT);
      long begun = System.nanoTime();

      var late = catchThrowableOfType(
          UnavailableException.class, () -> database.call(connection -> number(connection, sleep)));

      assertThat(late).hasMessageNotContaining("sleep").hasMessageNotContaining("SLEEP");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(WAIT, WAIT.plus(SLACK));
      assertThat(database.call(DatabaseAwayTest::one)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void tooManyConnectionsAreNotTheDatabaseAway(Server server) {
    TestDatabase owner = server.open();
    owner.execute("CREATE TABLE something (a INT)");
    TestDatabase role = owner.withRole("GRANT SELECT ON something TO sallyport");
    JdbcDatabase database = JdbcDatabase.open(role.named(), WAIT);
    owner.execute(
        server == Server.POSTGRESQL
            ? "ALTER ROLE " + role.user() + " CONNECTION LIMIT 1"
            : "ALTER USER " + role.user() + " WITH MAX_USER_CONNECTIONS 1");

    int held = database.call(connection -> {
      var refused = catchThrowableOfType(
          UnavailableException.class, () -> database.call(DatabaseAwayTest::one));
      assertThat(refused).isNotNull();
      return one(connection);
    });

    assertThat(held).isEqualTo(1);
    UserHost.await(() -> isGood(database));
  }

  private static boolean isGood(JdbcDatabase database) {
    try {
      return database.call(DatabaseAwayTest::one) == 1;
    } catch (UnavailableException e) {
      assertThat(e).hasMessageNotContaining("a moment ago");
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void aUserWhoIsRefusedNowIsNotTriedByEverybody(Server server) {
    TestDatabase owner = server.open();
    owner.execute("CREATE TABLE something (a INT)");
    TestDatabase role = owner.withRole("GRANT SELECT ON something TO sallyport");
    JdbcDatabase database = JdbcDatabase.open(role.named(), WAIT);
    owner.execute(
        server == Server.POSTGRESQL
            ? "ALTER ROLE " + role.user() + " NOLOGIN"
            : "ALTER USER " + role.user() + " IDENTIFIED BY 'another'");

    List<String> refusals = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      refusals.add(catchThrowableOfType(
              UnavailableException.class, () -> database.call(DatabaseAwayTest::one))
          .getMessage());
    }

    assertThat(refusals.get(0)).contains("SQLSTATE 28").doesNotContain(role.password());
    assertThat(refusals.get(2)).isEqualTo("database main could not be reached a moment ago");
  }
}
