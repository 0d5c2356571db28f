package io.sallyport.benchmarks.timing;

import static java.util.Objects.requireNonNull;

import io.sallyport.benchmarks.Accounts;
import io.sallyport.benchmarks.Exchange;
import io.sallyport.benchmarks.SallyportPeer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Measures how long refused sign-ins take, through the whole filter, and compares the kinds of failures
 * with Welch's t-test. The kinds are interleaved in random order; each measurement is of another user from
 * another address, so that no counter of failures has a say in it.
 *
 * <pre>java -cp benchmarks/target/sallyport-benchmarks.jar io.sallyport.benchmarks.timing.TimingTest</pre>
 *
 * <p>Ends with 0 if no pair of kinds differs by |t| of 4.5 or more, with 1 otherwise.
 */
public final class TimingTest {

  private static final double LIMIT = 4.5;
  private static final double MILLION = 1e6;

  private final List<Kind> kinds;
  private final int samples;
  private final int warmup;
  private final Random random;
  private final PrintStream out;
  private final String usual = Accounts.of(1).hash();

  TimingTest(List<Kind> kinds, int samples, int warmup, long seed, PrintStream out) {
    this.kinds = kinds;
    this.samples = samples;
    this.warmup = warmup;
    this.random = new Random(seed);
    this.out = out;
  }

  /**
   * Runs the test.
   *
   * @param args how many measurements of each kind (100), how many more to warm up (20), the seed (1), and
   *     {@code hashing.max_pad} (3s)
   */
  public static void main(String[] args) {
    int samples = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    int warmup = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
    String maxPad = args.length > 3 ? args[3] : "3s";
    System.out.printf(
        Locale.ROOT,
        "%d measurements of each kind after %d to warm up, seed %d, max_pad %s, Java %s, %d processors%n",
        samples,
        warmup,
        seed,
        maxPad,
        Runtime.version(),
        Runtime.getRuntime().availableProcessors());
    double worst =
        new TimingTest(List.of(Kind.values()), samples, warmup, seed, System.out).run(maxPad);
    System.exit(worst < LIMIT ? 0 : 1);
  }

  double run(String maxPad) {
    try (SallyportPeer peer = SallyportPeer.start(security(maxPad), users())) {
      Exchange exchange = new Exchange(peer);
      lock(exchange);
      Map<Kind, Sample> measured = measure(exchange);
      print(measured);
      return worst(measured);
    }
  }

  private static String security(String maxPad) {
    return """
        version: 1
        request_timeout: 60s
        userstore:
          implementation: file
          properties: {path: users.yaml}
        authentication_providers:
          - name: password
            implementation: password
            properties: {hashing: {max_pad: %s}}
        authorization: none
        audit: {file: audit.log}
        """.formatted(maxPad);
  }

  private String users() {
    var users = new StringBuilder("users:\n");
    for (Kind kind : kinds) {
      for (int i = 0; i < warmup + samples; i++) {
        users.append(kind.line(i, usual));
      }
    }
    return users.toString();
  }

  /**
   * Five different wrong passwords for each account, in parallel, since each is answered late; from many
   * addresses, so that none of them is throttled.
   */
  private void lock(Exchange exchange) {
    for (Kind kind : kinds) {
      if (kind.isLocked()) {
        out.println("locking " + (warmup + samples) + " accounts ...");
        IntStream.range(0, 5 * (warmup + samples)).parallel().forEach(i -> {
          String guess = Accounts.basic(kind.user(i / 5), "guess " + i % 5);
          lock(exchange.another().from("192.0.2." + (i / 5 % 250 + 1)), guess);
        });
      }
    }
  }

  private static void lock(Exchange exchange, String guess) {
    int status = exchange.get("/", guess);
    if (status != 401) {
      throw new IllegalStateException("a guess was answered with " + status);
    }
  }

  private Map<Kind, Sample> measure(Exchange exchange) {
    List<Kind> order = new ArrayList<>();
    Map<Kind, Sample> measured = new EnumMap<>(Kind.class);
    for (Kind kind : kinds) {
      measured.put(kind, new Sample());
    }
    for (int i = 0; i < warmup + samples; i++) {
      order.clear();
      order.addAll(kinds);
      Collections.shuffle(order, random);
      for (Kind kind : order) {
        double nanos = nanosOf(exchange, kind, i);
        if (i >= warmup) {
          of(measured, kind).add(nanos);
        }
      }
    }
    return measured;
  }

  private static long nanosOf(Exchange exchange, Kind kind, int number) {
    String credentials = Accounts.basic(
        kind.user(number), kind.rightPassword() ? Accounts.PASSWORD : "not the password");
    exchange.from("10." + kind.name().length() + "." + number / 250 + "." + (number % 250 + 1));
    long begun = System.nanoTime();
    int status = exchange.get("/", credentials);
    long nanos = System.nanoTime() - begun;
    if (status != 401) {
      throw new IllegalStateException(kind + " was answered with " + status);
    }
    return nanos;
  }

  private static Sample of(Map<Kind, Sample> measured, Kind kind) {
    return requireNonNull(measured.get(kind));
  }

  private void print(Map<Kind, Sample> measured) {
    Sample usualFailure = of(measured, Kind.WRONG_PASSWORD);
    out.printf("%-26s %6s %10s %9s %8s%n", "kind", "n", "mean ms", "sd ms", "t");
    measured.forEach((kind, sample) -> out.printf(
        Locale.ROOT,
        "%-26s %6d %10.3f %9.3f %8.2f%n",
        kind,
        sample.count(),
        sample.mean() / MILLION,
        Math.sqrt(sample.variance()) / MILLION,
        kind == Kind.WRONG_PASSWORD ? 0 : Sample.welch(sample, usualFailure)));
  }

  /** The greatest |t| of all pairs. */
  private double worst(Map<Kind, Sample> measured) {
    double worst = 0;
    String pair = "";
    for (Kind one : kinds) {
      for (Kind other : kinds) {
        double t = one.compareTo(other) < 0
            ? Math.abs(Sample.welch(of(measured, one), of(measured, other)))
            : 0;
        if (t > worst) {
          worst = t;
          pair = one + " and " + other;
        }
      }
    }
    out.printf(
        Locale.ROOT,
        "greatest |t| of all pairs: %.2f (%s), %s %.1f%n",
        worst,
        pair,
        worst < LIMIT ? "below" : "NOT below",
        LIMIT);
    return worst;
  }
}
