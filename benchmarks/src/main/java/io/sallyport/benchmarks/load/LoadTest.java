package io.sallyport.benchmarks.load;

import io.sallyport.benchmarks.Accounts;
import io.sallyport.benchmarks.TemporaryFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * 200 clients guess passwords, each from an address of its own, while 50 clients work with tokens and people
 * sign in with their passwords, over HTTP and against a server in a process of its own.
 *
 * <pre>java -cp benchmarks/target/sallyport-benchmarks.jar io.sallyport.benchmarks.load.LoadTest</pre>
 *
 * <p>It measures without the guesses first, then with them. Nobody's password is remembered ({@code cache:
 * off}), so that every honest sign-in pays for its hash.
 */
public final class LoadTest {

  private static final int TOKENS_PER_SECOND = 10;
  private static final int HONEST_PER_SECOND = 5;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int HEAP_MIB = 256;
  private static final int HASHING_MIB = 64;

  /**
   * How much of everything there is.
   *
   * @param seconds how long each phase takes
   * @param pauseMillis how long a guesser waits after an answer
   * @param people how many sign in with their passwords, in turn
   */
  record Plan(
      int seconds,
      int pauseMillis,
      int hashingThreads,
      int people,
      int tokenClients,
      int guessers) {

    /** Everybody has signed in once, and the server is warm. */
    int warmupSeconds() {
      return people / HONEST_PER_SECOND + seconds / 2;
    }
  }

  private final Plan plan;
  private final String classPath;
  private final Random random = new Random(1);
  private final Tally tokens = new Tally();
  private final Tally honest = new Tally();
  private final Tally guesses = new Tally();

  LoadTest(Plan plan, String classPath) {
    this.plan = plan;
    this.classPath = classPath;
  }

  /**
   * Runs the test.
   *
   * @param args how many seconds each phase takes (30), how many milliseconds a guesser pauses after an
   *     answer (100), and {@code hashing.threads} (as many as there are processors)
   * @throws Exception if the server cannot be started or talked to
   */
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
    int pause = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    int threads =
        args.length > 2 ? Integer.parseInt(args[2]) : Runtime.getRuntime().availableProcessors();
    var test = new LoadTest(
        new Plan(seconds, pause, threads, 40, 50, 200), System.getProperty("java.class.path"));
    System.exit(test.run() ? 0 : 1);
  }

  /** Whether all goals were met. */
  boolean run() throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      write(folder.path());
      Process server = start(folder.path());
      try (Clients clients = new Clients()) {
        int port = Integer.parseInt(server.inputReader().readLine().trim());
        return run(clients, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      } finally {
        server.getOutputStream().close();
        if (!server.waitFor(10, TimeUnit.SECONDS)) {
          server.destroyForcibly().waitFor();
        }
      }
    }
  }

  private void write(Path folder) throws IOException {
    Accounts accounts = Accounts.of(plan.people() + plan.tokenClients() + plan.guessers());
    var users = new StringBuilder("users:\n");
    accounts
        .names()
        .forEach(name -> users.append("  - {username: %s, roles: [user], password: \"%s\"}\n"
            .formatted(name, accounts.hash())));
    Files.writeString(folder.resolve("users.yaml"), users);
    Files.writeString(
        folder.resolve("security.yaml"), """
        version: 1
        userstore:
          implementation: file
          properties: {path: users.yaml}
        authentication_providers:
          - name: password
            implementation: password
            properties: {cache: off, limits: {memory_kib: 19456}, hashing: {memory_mib: %d, threads: %d}}
          - name: token
            implementation: token
            properties: {secret_key: '${env:SALLYPORT_LOAD_KEY}'}
        token_generator:
          implementation: token
          properties: {secret_key: '${env:SALLYPORT_LOAD_KEY}', expires_in_seconds: 3600}
        endpoints: {tokens: /tokens}
        authorization: none
        open_endpoints: [GET /memory]
        audit: {file: audit.log}
        """.formatted(HASHING_MIB, plan.hashingThreads()));
  }

  private Process start(Path folder) throws IOException {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    var server = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + HEAP_MIB + "m",
            "-cp",
            classPath,
            LoadServer.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT);
    server.environment().put("SALLYPORT_LOAD_KEY", Base64.getEncoder().encodeToString(key));
    return server.start();
  }

  private boolean run(Clients clients, InetSocketAddress server) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%d guessers (pause %d ms), %d token clients at %d a second each, %d sign-ins a second of %d"
            + " people; %d s for each phase; hashing.threads %d; Java %s, %d processors%n",
        plan.guessers(),
        plan.pauseMillis(),
        plan.tokenClients(),
        TOKENS_PER_SECOND,
        HONEST_PER_SECOND,
        plan.people(),
        plan.seconds(),
        plan.hashingThreads(),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors());
    List<LoadClient> people = people(clients, server);
    clients.add(people);
    clients.add(tokenClients(clients, server, tokensOf(clients, server)));

    clients.runUntil(
        System.nanoTime() + 15 * SECOND); // all have signed in once, and the server is warm
    double calm = phase(clients, "without guesses");
    String before = memory(clients, server);
    clients.add(guessers(clients, server));
    clients.runUntil(System.nanoTime() + plan.seconds() / 5 * SECOND);
    double flooded = phase(clients, "with guesses");
    return report(calm, flooded, before, memory(clients, server));
  }

  private double phase(Clients clients, String name) throws IOException {
    List.of(tokens, honest, guesses).forEach(Tally::clear);
    clients.runUntil(System.nanoTime() + plan.seconds() * SECOND);
    System.out.printf("%n%s%n  tokens   %s%n  sign-ins %s%n", name, tokens, honest);
    if (guesses.total() > 0) {
      System.out.printf("  guesses  %s%n", guesses);
    }
    return tokens.percentile(99);
  }

  private boolean report(double calm, double flooded, String before, String after) {
    long wrong = guesses.count(200) + honest.count(401) + tokens.count(401);
    String[] then = before.split(" ", -1);
    String[] now = after.split(" ", -1);
    System.out.printf(
        Locale.ROOT,
        "%ntokens: p99 %.2f ms without and %.2f ms with guesses, ratio %.2f (goal: at most 2)%n",
        calm,
        flooded,
        flooded / calm);
    System.out.printf(
        Locale.ROOT,
        "sign-ins of people who had signed in before: %d accepted, %d refused (goal: none)%n",
        honest.count(200),
        honest.total() - honest.count(200) + honest.broken());
    System.out.println("wrong answers: " + wrong + " (goal: none)");
    System.out.printf(
        Locale.ROOT,
        "heap after a collection: %s KiB before, %s KiB after, of %d MiB; resident: %s KiB before, %s KiB"
            + " after, %s KiB at most; hashes may take %d MiB%n",
        then[1],
        now[1],
        HEAP_MIB,
        then[2],
        now[2],
        now[3],
        HASHING_MIB);
    return wrong == 0 && flooded <= 2 * calm && honest.count(200) == honest.total();
  }

  private List<LoadClient> people(Clients clients, InetSocketAddress server) {
    long begin = System.nanoTime();
    long every = SECOND / HONEST_PER_SECOND;
    return IntStream.range(0, plan.people())
        .mapToObj(i -> new LoadClient(
            server,
            "127.0.2." + (i + 1),
            clients.selector(),
            "GET /api/items",
            () -> Accounts.basic("user" + i, Accounts.PASSWORD),
            begin + i * every,
            plan.people() * every,
            true,
            honest))
        .toList();
  }

  private List<String> tokensOf(Clients clients, InetSocketAddress server) throws IOException {
    var made = new ArrayList<String>();
    for (int i = 0; i < plan.tokenClients(); i++) {
      String name = "user" + (plan.people() + i);
      String body =
          ask(clients, server, "POST /tokens", () -> Accounts.basic(name, Accounts.PASSWORD));
      made.add(body.replaceAll("(?s).*\"value\":\"([^\"]+)\".*", "$1"));
    }
    return made;
  }

  private List<LoadClient> tokenClients(
      Clients clients, InetSocketAddress server, List<String> values) {
    long begin = System.nanoTime();
    long every = SECOND / TOKENS_PER_SECOND;
    return IntStream.range(0, plan.tokenClients())
        .mapToObj(i -> new LoadClient(
            server,
            "127.0.3." + (i + 1),
            clients.selector(),
            "GET /api/items",
            () -> "Bearer " + values.get(i),
            begin + i * every / plan.tokenClients(),
            every,
            true,
            tokens))
        .toList();
  }

  /** A third tries names that do not exist, a third those who sign in, a third other users. */
  private List<LoadClient> guessers(Clients clients, InetSocketAddress server) {
    long begin = System.nanoTime();
    long pause = TimeUnit.MILLISECONDS.toNanos(plan.pauseMillis());
    return IntStream.range(0, plan.guessers())
        .mapToObj(i -> new LoadClient(
            server,
            "127.0.4." + (i + 1),
            clients.selector(),
            "GET /api/items",
            () -> Accounts.basic(guessedName(i), "guess" + random.nextInt()),
            begin + i * SECOND / plan.guessers(),
            pause,
            false,
            guesses))
        .toList();
  }

  private String guessedName(int guesser) {
    return switch (guesser % 3) {
      case 0 -> "nobody" + random.nextInt(1_000_000);
      case 1 -> "user" + random.nextInt(plan.people());
      default -> "user" + (plan.people() + plan.tokenClients() + random.nextInt(plan.guessers()));
    };
  }

  private String memory(Clients clients, InetSocketAddress server) throws IOException {
    return ask(clients, server, "GET /memory", () -> "");
  }

  private static String ask(
      Clients clients, InetSocketAddress server, String target, Supplier<String> authorization)
      throws IOException {
    var client = new LoadClient(
        server,
        "127.0.5.1",
        clients.selector(),
        target,
        authorization,
        System.nanoTime(),
        Long.MAX_VALUE / 4,
        false,
        new Tally());
    clients.add(List.of(client));
    for (int i = 0; i < 1000 && !client.isAnswered(); i++) {
      clients.runUntil(System.nanoTime() + SECOND / 100);
    }
    String body = client.last().body();
    client.close();
    return body;
  }
}
