package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.spi.Database;
import io.sallyport.spi.NamedDatabase;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.FaultySource.Fault;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Issue 6: no connection is leaked over 10,000 failing requests. */
class ConnectionLeakTest {

  private static final int REQUESTS = 10_000;
  private static final int THREADS = 8;
  private static final List<Fault> FAULTS = List.of(
      Fault.GET_CONNECTION,
      Fault.GET_CONNECTION_UNCHECKED,
      Fault.SETTINGS,
      Fault.STATEMENT,
      Fault.LOST_STATEMENT,
      Fault.COMMIT);

  private final FaultySource faulty = new FaultySource(TestDatabase.h2().source());
  private final AtomicInteger failed = new AtomicInteger();

  private static JdbcDatabase connect(DataSource source) {
    return JdbcDatabase.open(
        new NamedDatabase("main", (Database) () -> source), Duration.ofSeconds(2));
  }

  private static boolean run(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute("SELECT 1");
    }
  }

  /** Requests of both kinds, from several threads, under one fault after the other. */
  private void failOften(JdbcDatabase database, Runnable forgetIdleConnections) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Fault fault : FAULTS) {
        faulty.fault = fault;
        forgetIdleConnections.run();
        List<Future<?>> done = new ArrayList<>();
        int each = REQUESTS / FAULTS.size() / THREADS + 1;
        for (int i = 0; i < THREADS; i++) {
          done.add(threads.submit(() -> fail(database, fault, each)));
        }
        for (Future<?> one : done) {
          one.get(5, TimeUnit.MINUTES);
        }
        faulty.fault = Fault.NONE;
        UserHost.await(() -> isGood(database));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void fail(JdbcDatabase database, Fault fault, int times) {
    for (int i = 0; i < times; i++) {
      try {
        if (i % 2 == 0 && fault != Fault.COMMIT) {
          database.call(ConnectionLeakTest::run);
        } else {
          database.inTransaction(ConnectionLeakTest::run);
        }
      } catch (UnavailableException e) {
        assertThat(e).hasMessageNotContaining("hunter2");
        failed.incrementAndGet();
      }
    }
  }

  private static boolean isGood(JdbcDatabase database) {
    try {
      return database.inTransaction(ConnectionLeakTest::run);
    } catch (UnavailableException e) {
      return false;
    }
  }

  @Test
  void closesEveryConnectionOfAPlainDataSource() throws Exception {
    JdbcDatabase database = connect(faulty.source());

    failOften(database, () -> {});

    assertThat(failed.get()).isGreaterThanOrEqualTo(REQUESTS);
    assertThat(faulty.given.get()).isGreaterThan(REQUESTS / 4);
    assertThat(faulty.open.get()).isZero();
  }

  @Test
  void closesEveryConnectionOfAPool() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setDataSource(faulty.source());
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(250);
    config.setAutoCommit(true);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      JdbcDatabase database = connect(pool);

      failOften(database, pool.getHikariPoolMXBean()::softEvictConnections);

      assertThat(failed.get()).isGreaterThanOrEqualTo(REQUESTS);
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
      assertThat(isGood(database)).isTrue();
    }
    UserHost.await(() -> faulty.open.get() == 0);
  }
}
