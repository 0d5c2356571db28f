package io.sallyport.benchmarks.database;

import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.api.TokenKind;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginAttempts.Account;
import io.sallyport.spi.TokenStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import javax.sql.DataSource;

/**
 * Measures tokens and failed logins in a PostgreSQL of its own, which forces each commit to disk: how many changes
 * and questions there are in a second, from one thread and from sixteen on a pool of ten connections.
 *
 * <p>Arguments, all optional: for how many seconds each is measured (5), and with how many tokens to begin (20,000).
 */
public final class StoresTest {

  private static final int CONNECTIONS = 10;
  private static final int TOUCHED = 100;
  private static final int ALL = Integer.MAX_VALUE;

  private final Duration time;
  private final int tokens;

  StoresTest(Duration time, int tokens) {
    this.time = time;
    this.tokens = tokens;
  }

  /** Measures and prints. */
  public static void main(String[] args) {
    long millis = args.length > 0 ? (long) (Double.parseDouble(args[0]) * 1000) : 5000;
    int tokens = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
    new StoresTest(Duration.ofMillis(millis), tokens).run();
  }

  void run() {
    try (Postgres database = Postgres.start();
        HikariDataSource pool = database.pool(CONNECTIONS)) {
      print("| | threads | /s | statements | mean, µs | p50 | p99 |%n");
      print("| --- | --- | --- | --- | --- | --- | --- |%n");
      limit(database, pool);
      Parts parts = new Parts(pool);
      try (TokenStore store = parts.tokens(Map.of("create_schema", "true"))) {
        tokens(database, store);
      }
      try (LoginAttempts attempts = parts.attempts(Map.of("create_schema", "true"))) {
        attempts(database, attempts);
      }
    }
  }

  /** What no change in this database can be faster than: one row, one statement, one commit. */
  private void limit(Postgres database, DataSource pool) {
    database.execute("CREATE TABLE counters (id bigint PRIMARY KEY, number bigint NOT NULL)");
    database.execute("INSERT INTO counters SELECT i, 0 FROM generate_series(0, 9999) i");
    for (int threads : List.of(1, 16)) {
      measure(database, "one row, by hand", threads, ALL, i -> count(pool, i % 10_000));
      measure(database, "always the same row, by hand", threads, ALL, i -> count(pool, 0));
    }
  }

  private static void count(DataSource pool, int id) {
    try (Connection connection = pool.getConnection();
        PreparedStatement update =
            connection.prepareStatement("UPDATE counters SET number = number + 1 WHERE id = ?")) {
      update.setLong(1, id);
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("no counter " + id);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void tokens(Postgres database, TokenStore store) {
    // before anything is timed: the store must do what it is asked
    fill(store, "t");
    check(store);
    for (int threads : List.of(1, 16)) {
      String run = "r" + threads + "-";
      measure(database, "save", threads, ALL, i -> store.save(Samples.stored(run + i, i)));
      measure(
          database,
          "find",
          threads,
          ALL,
          i -> Samples.require(store.find("t" + Math.floorMod(i * 7919, tokens))));
      measure(
          database,
          "is revoked",
          threads,
          ALL,
          i -> store.isRevoked(Samples.signed("s" + i), Samples.owner(i)));
      fillRefresh(store, run);
      measure(database, "consume", threads, tokens, i -> {
        if (!store.consume("refresh-" + run + i, Samples.now())) {
          throw new IllegalStateException("consumed twice");
        }
      });
      measure(
          database,
          "revoke",
          threads,
          ALL,
          i -> store.revoke("signed-" + run + i, Samples.now().plus(Duration.ofMinutes(10))));
      measure(database, "touch " + TOUCHED, threads, ALL, i -> store.touch(touched(i)));
    }
  }

  private Map<String, Instant> touched(int turn) {
    Map<String, Instant> used = new HashMap<>();
    for (int i = 0; i < TOUCHED; i++) {
      used.put("t" + (int) ((turn * (long) TOUCHED + i) % tokens), Samples.now());
    }
    return used;
  }

  private void fill(TokenStore store, String prefix) {
    Workers.run(16, Duration.ofMinutes(10), tokens, i -> store.save(Samples.stored(prefix + i, i)));
  }

  private void fillRefresh(TokenStore store, String run) {
    Workers.run(
        16,
        Duration.ofMinutes(10),
        tokens,
        i -> store.save(Samples.refresh("refresh-" + run + i, i)));
  }

  private static void check(TokenStore store) {
    store.revoke("signed-check", Samples.now().plus(Duration.ofMinutes(10)));
    boolean right = store.find("t0").orElseThrow().kind() == TokenKind.STORED
        && store.find("none").isEmpty()
        && store.isRevoked(Samples.signed("signed-check"), Samples.owner(0))
        && !store.isRevoked(Samples.signed("signed-other"), Samples.owner(0));
    if (!right) {
      throw new IllegalStateException("the store does not do what is measured");
    }
  }

  private void attempts(Postgres database, LoginAttempts attempts) {
    for (int threads : List.of(1, 16)) {
      String run = "r" + threads + "-";
      measure(
          database,
          "failed login",
          threads,
          ALL,
          i -> attempts.begin(account(run, i), network(i)).failed());
      measure(
          database,
          "right login",
          threads,
          ALL,
          i -> attempts.begin(account(run + "good-", i), network(i + ALL / 2)).succeeded());
      measure(
          database,
          "failed login, one account",
          threads,
          ALL,
          i -> attempts.begin(account(run + "one-", 0), network(i)).failed());
    }
  }

  private static Account account(String run, int number) {
    return new Account("main", run + number);
  }

  /** Each number has one of its own. */
  private static String network(int number) {
    return "%d.%d.%d.%d"
        .formatted(number >>> 24 & 0xff, number >>> 16 & 0xff, number >>> 8 & 0xff, number & 0xff);
  }

  private void measure(Postgres database, String name, int threads, int most, IntConsumer work) {
    long before = database.statements();
    Workers.Result result = Workers.run(threads, time, most, work);
    double done = Math.max(1, result.latencies().count());
    print(
        "| %s | %d | %,.0f | %.2f | %.1f | %.1f | %.1f |%n",
        name,
        threads,
        result.rate(),
        (database.statements() - before) / done,
        result.latencies().meanMicros(),
        result.latencies().micros(0.5),
        result.latencies().micros(0.99));
  }

  @SuppressWarnings("SystemOut") // its purpose
  private static void print(String format, Object... args) {
    System.out.printf(Locale.ROOT, format, args);
  }
}
