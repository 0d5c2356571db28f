package io.sallyport.benchmarks.growth;

import io.sallyport.benchmarks.database.Latencies;
import io.sallyport.benchmarks.database.Parts;
import io.sallyport.benchmarks.database.Postgres;
import io.sallyport.benchmarks.database.Samples;
import io.sallyport.spi.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Simulates 1 to 50 nodes on one PostgreSQL, all on this machine: each with its pool of {@value Node#CONNECTIONS}
 * connections, its stores and their pollers. Once with so many requests a second and node, at fixed times, and once
 * with writes alone and without a pause, to see how many there can be.
 *
 * <p>Arguments, all optional: for how many seconds each number of nodes is measured (10), requests a second and node
 * (100), how many users with a token there are (20,000), and for how many nodes (1 2 5 10 20 50).
 */
public final class NodesTest {

  private static final int THREADS = 2;

  private final Duration time;
  private final int rate;
  private final int users;
  private final List<Integer> sizes;

  NodesTest(Duration time, int rate, int users, List<Integer> sizes) {
    this.time = time;
    this.rate = rate;
    this.users = users;
    this.sizes = sizes;
  }

  /** Measures and prints. */
  public static void main(String[] args) {
    long millis = args.length > 0 ? (long) (Double.parseDouble(args[0]) * 1000) : 10_000;
    int rate = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    int users = args.length > 2 ? Integer.parseInt(args[2]) : 20_000;
    List<Integer> sizes = args.length > 3
        ? IntStream.range(3, args.length)
            .mapToObj(i -> Integer.valueOf(args[i]))
            .toList()
        : List.of(1, 2, 5, 10, 20, 50);
    new NodesTest(Duration.ofMillis(millis), rate, users, sizes).run();
  }

  void run() {
    try (Postgres database = Postgres.start()) {
      fill(database);
      for (int each : sizes) {
        List<Node> nodes = new ArrayList<>();
        try {
          for (int i = 0; i < each; i++) {
            nodes.add(Node.start("n" + each + "-" + i, database, users));
          }
          measure(database, nodes, true);
          measure(database, nodes, false);
        } finally {
          nodes.forEach(Node::close);
        }
      }
    }
  }

  private void fill(Postgres database) {
    try (var pool = database.pool(16)) {
      Parts parts = new Parts(pool);
      Map<String, String> create = Map.of("create_schema", "true");
      parts.users(create).close();
      parts.attempts(create).close();
      database.execute("INSERT INTO sallyport_users (id, name) OVERRIDING SYSTEM VALUE"
          + " SELECT i + 1, 'user' || i FROM generate_series(0, " + (users - 1) + ") i");
      try (TokenStore tokens = parts.tokens(create)) {
        inParallel(16, thread -> {
          for (int i = thread; i < users; i += 16) {
            tokens.save(Samples.stored("t" + i, i));
          }
          return true;
        });
      }
    }
    database.execute("VACUUM ANALYZE");
  }

  private void measure(Postgres database, List<Node> nodes, boolean paced) {
    serve(nodes, paced, Duration.ofNanos(time.toNanos() / 4));
    long statements = database.statements();
    long written = database.walBytes();
    long start = System.nanoTime();
    Served served = serve(nodes, paced, time);
    double seconds = (System.nanoTime() - start) / 1e9;
    print("%n%d nodes, %s%n", nodes.size(), paced ? rate + " requests/s each" : "writes alone");
    print(
        "%,.0f operations/s, %,.0f writes/s, %,.0f statements/s, %,.0f KiB/s of log, %d refused%n",
        served.operations() / seconds,
        served.writes() / seconds,
        (database.statements() - statements) / seconds,
        (database.walBytes() - written) / seconds / 1024,
        served.refused());
    served.print();
  }

  /** What came of one time. */
  private record Served(List<Client> clients, Latencies lags) {

    long operations() {
      return Arrays.stream(Operation.values())
          .mapToLong(each -> all(each).count())
          .sum();
    }

    long writes() {
      return Arrays.stream(Operation.values())
          .filter(Operation::writes)
          .mapToLong(each -> all(each).count())
          .sum();
    }

    int refused() {
      return clients.stream().mapToInt(Client::refused).sum();
    }

    Latencies all(Operation operation) {
      Latencies sum = new Latencies();
      clients.forEach(each -> sum.addAll(each.latencies(operation)));
      return sum;
    }

    void print() {
      for (Operation each : Operation.values()) {
        line(each.toString(), all(each));
      }
      line("revocation known on another node", lags);
    }

    private static void line(String name, Latencies all) {
      if (all.count() > 0) {
        NodesTest.print(
            "  %-33s %,8d  p50 %,8.2f ms  p99 %,8.2f ms%n",
            name, all.count(), all.micros(0.5) / 1000, all.micros(0.99) / 1000);
      }
    }
  }

  private Served serve(List<Node> nodes, boolean paced, Duration howLong) {
    List<Client> clients = new ArrayList<>();
    for (Node node : nodes) {
      for (int i = 0; i < THREADS; i++) {
        clients.add(new Client(node, clients.size()));
      }
    }
    long start = System.nanoTime();
    long end = start + howLong.toNanos();
    Latencies lags = new Latencies();
    inParallel(clients.size() + 1, thread -> {
      if (thread == clients.size()) {
        lags.addAll(new RevocationProbe(nodes).until(end));
      } else if (paced) {
        clients.get(thread).atFixedTimes(start, end, THREADS * 1_000_000_000L / rate);
      } else {
        clients.get(thread).withoutPause(end);
      }
      return true;
    });
    return new Served(clients, lags);
  }

  /** What a thread does. */
  @FunctionalInterface
  private interface Part {
    boolean run(int thread);
  }

  private static void inParallel(int threads, Part part) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(pool.submit(() -> part.run(thread)));
      }
      for (Future<Boolean> each : all) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
  }

  @SuppressWarnings("SystemOut") // its purpose
  private static void print(String format, Object... args) {
    System.out.printf(Locale.ROOT, format, args);
  }
}
