package io.sallyport.userstore.jdbc.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.Database;
import io.sallyport.spi.NamedDatabase;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.TestDatabase;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.schema.Schema;
import io.sallyport.userstore.jdbc.internal.schema.SchemaPart;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Stores on databases with pools, closed behind each test. */
@Timeout(120)
abstract class TokenTestBase {

  static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  static final Instant LATER = NOW.plusSeconds(600);
  static final TokenOwner LENA = new TokenOwner("main", "7");
  static final Freshness A_SECOND = new Freshness(Duration.ofSeconds(1), Duration.ZERO);
  static final long MANY = 1_000_000;
  static final int THREADS = 16;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @AfterEach
  final void closeAll() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  /** A pool of connections, of an isolation if one is named. */
  final DataSource pool(TestDatabase database, @Nullable String isolation) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(THREADS);
    config.setMinimumIdle(0);
    config.setTransactionIsolation(isolation);
    HikariDataSource source = new HikariDataSource(config);
    opened.push(source);
    return source;
  }

  final JdbcDatabase database(DataSource source) {
    JdbcDatabase database = JdbcDatabase.open(
        new NamedDatabase("main", (Database) () -> source), Duration.ofSeconds(5));
    Schema.require(database, SchemaPart.TOKENS, true);
    return database;
  }

  final JdbcDatabase database(TestDatabase database) {
    return database(pool(database, null));
  }

  final TokenStore store(JdbcDatabase database, Freshness freshness, long maxTokens) {
    return store(database, freshness, maxTokens, InstantSource.system());
  }

  final TokenStore store(
      JdbcDatabase database, Freshness freshness, long maxTokens, InstantSource clock) {
    TokenStore store = JdbcTokenStore.open(database, freshness, maxTokens, clock);
    opened.push(store);
    return store;
  }

  final TokenStore store(TestDatabase database) {
    return store(database(database), A_SECOND, MANY);
  }

  static StoredToken.Builder refresh(String id, @Nullable String family) {
    return StoredToken.builder(TokenKind.REFRESH, id, LENA, "lena", NOW)
        .familyId(family)
        .expiresAt(LATER);
  }

  static StoredToken.Builder token(String id) {
    return StoredToken.builder(TokenKind.STORED, id, LENA, "lena", NOW);
  }

  static TokenDetails signed(String id) {
    return new TokenDetails(TokenKind.SIGNED, id, null, NOW, LATER);
  }

  static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      LockSupport.parkNanos(5_000_000);
    }
  }

  static boolean isUnavailable(Runnable call) {
    try {
      call.run();
      return false;
    } catch (UnavailableException e) {
      return true;
    }
  }

  /** Calls at one moment, each on a thread of its own. */
  static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(calls.size());
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<T>> results = new ArrayList<>();
      for (Callable<T> call : calls) {
        results.add(callers.submit(() -> {
          start.await();
          return call.call();
        }));
      }
      start.countDown();
      List<T> all = new ArrayList<>();
      for (Future<T> result : results) {
        all.add(result.get());
      }
      return all;
    } finally {
      callers.shutdownNow();
    }
  }
}
