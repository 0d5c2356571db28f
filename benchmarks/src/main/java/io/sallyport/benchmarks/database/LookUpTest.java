package io.sallyport.benchmarks.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Measures the look-up of a user with ten roles through groups in a PostgreSQL of its own: in time and in
 * statements, ours beside those of other libraries, on the same users and the same pool. Each library must first
 * find the right roles.
 *
 * <p>Not a JMH group, since each fork would have to fill the tables anew, which takes minutes for a million.
 *
 * <p>Arguments, all optional: for how many seconds each is measured in a round (2), and for how many users (1000
 * 100000 1000000, in this order).
 */
public final class LookUpTest {

  private static final int CONNECTIONS = 10;
  private static final int THREADS = 16;
  private static final int ROUNDS = 3;
  private static final int CHECKED = 200;

  private final Duration time;
  private final List<Integer> sizes;

  LookUpTest(Duration time, List<Integer> sizes) {
    this.time = time;
    this.sizes = sizes;
  }

  /** Measures and prints. */
  public static void main(String[] args) {
    long millis = args.length > 0 ? (long) (Double.parseDouble(args[0]) * 1000) : 2000;
    List<Integer> sizes = args.length > 1
        ? IntStream.range(1, args.length)
            .mapToObj(i -> Integer.valueOf(args[i]))
            .toList()
        : List.of(1_000, 100_000, 1_000_000);
    new LookUpTest(Duration.ofMillis(millis), sizes).run();
  }

  void run() {
    try (Postgres database = Postgres.start();
        HikariDataSource pool = database.pool(CONNECTIONS)) {
      People people = People.in(database, new Parts(pool));
      for (int users : sizes) {
        long start = System.nanoTime();
        people.growTo(users);
        print("%n%,d users (filled in %.1f s)%n", users, (System.nanoTime() - start) / 1e9);
        measure(database, pool, users);
      }
    }
  }

  private void measure(Postgres database, HikariDataSource pool, int users) {
    Map<LookUp, Finder> finders = new EnumMap<>(LookUp.class);
    try {
      for (LookUp each : LookUp.values()) {
        finders.put(each, each.open(pool));
      }
      finders.values().forEach(each -> check(each, users));
      Map<LookUp, Double> statements = new EnumMap<>(LookUp.class);
      finders.forEach(
          (each, finder) -> statements.put(each, statements(database, finder, each.among(users))));
      report(finders, statements, users);
    } finally {
      finders.values().forEach(Finder::close);
    }
  }

  private void report(Map<LookUp, Finder> finders, Map<LookUp, Double> statements, int users) {
    finders.forEach((each, finder) -> round(finder, each.among(users), 1));
    Map<LookUp, List<Workers.Result>> alone = new EnumMap<>(LookUp.class);
    for (int i = 0; i < ROUNDS; i++) {
      finders.forEach((each, finder) -> alone
          .computeIfAbsent(each, key -> new ArrayList<>())
          .add(round(finder, each.among(users), 1)));
    }
    print("| look-up | statements | mean, µs, of each round | p50 | p99 | 16 threads, /s |%n");
    print("| --- | --- | --- | --- | --- | --- |%n");
    finders.forEach((each, finder) -> {
      Latencies all = new Latencies();
      StringBuilder means = new StringBuilder();
      for (Workers.Result one : alone.getOrDefault(each, List.of())) {
        all.addAll(one.latencies());
        means.append(" %.1f".formatted(one.latencies().meanMicros()));
      }
      print(
          "| %s | %.2f |%s | %.1f | %.1f | %,.0f |%n",
          each,
          statements.getOrDefault(each, Double.NaN),
          means,
          all.micros(0.5),
          all.micros(0.99),
          round(finder, each.among(users), THREADS).rate());
    });
  }

  private Workers.Result round(Finder finder, int among, int threads) {
    return Workers.run(
        threads, time, Integer.MAX_VALUE, i -> finder.find("user" + scattered(i, among)));
  }

  /** A number that no cache can foresee, and that is the same in each run. */
  private static int scattered(int i, int among) {
    return new SplittableRandom(i).nextInt(among);
  }

  private static void check(Finder finder, int users) {
    for (int i = 0; i < CHECKED; i++) {
      int user = scattered(i, users);
      Set<String> roles = finder.roles(finder.find("user" + user));
      if (!roles.equals(People.rolesOf(user))) {
        throw new IllegalStateException(
            finder + " found " + roles + " of user" + user + ", expected " + People.rolesOf(user));
      }
    }
  }

  /** How many statements the database sees for each look-up. */
  private static double statements(Postgres database, Finder finder, int among) {
    long before = database.statements();
    for (int i = 0; i < CHECKED; i++) {
      finder.find("user" + scattered(i, among));
    }
    return (database.statements() - before) / (double) CHECKED;
  }

  @SuppressWarnings("SystemOut") // its purpose
  private static void print(String format, Object... args) {
    System.out.printf(Locale.ROOT, format, args);
  }
}
