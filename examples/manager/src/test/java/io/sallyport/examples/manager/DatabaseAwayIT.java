package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database that goes away under load and comes back, seen by fifty clients. */
@Timeout(300)
class DatabaseAwayIT {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseAwayIT.class);
  private static final Duration AWAY = Duration.ofSeconds(4);

  /** {@code connection_timeout} and {@code statement_timeout}. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

  /** What a busy machine may add to any time. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  @TempDir
  private Path parent;

  private PostgresProcess database;
  private ConfigurationFolder folder;

  @BeforeEach
  void start() throws Exception {
    database = PostgresProcess.start(parent.resolve("data"));
    Path own = Files.createDirectory(parent.resolve("node"));
    folder = ConfigurationFolder.onDatabase(own, database.jdbcUrl());
  }

  @AfterEach
  void stop() {
    database.close();
  }

  /** How it goes away. */
  private enum Outage {
    KILLED {
      @Override
      void begin(PostgresProcess database) throws Exception {
        database.kill();
      }

      @Override
      void end(PostgresProcess database) throws Exception {
        database.startAgain();
      }
    },
    SILENT {
      @Override
      void begin(PostgresProcess database) throws Exception {
        database.halt();
      }

      @Override
      void end(PostgresProcess database) throws Exception {
        database.goOn();
      }
    };

    abstract void begin(PostgresProcess database) throws Exception;

    abstract void end(PostgresProcess database) throws Exception;
  }

  /** What a client does, and what it may be answered besides 503. */
  private enum Doing {
    TOKEN(30, 200),
    RIGHT_PASSWORD(8, 200),
    WRONG_PASSWORD(2, 401),
    OPEN(10, 200);

    private final int clients;
    private final int answer;

    Doing(int clients, int answer) {
      this.clients = clients;
      this.answer = answer;
    }

    HttpResponse<String> ask(Client client, String token) throws Exception {
      return switch (this) {
        case TOKEN -> client.get("/status", "Authentication-Token", token);
        case RIGHT_PASSWORD -> client.get("/status", "Authorization", basic("alice", "right"));
        case WRONG_PASSWORD -> client.get("/status", "Authorization", basic("victor", "wrong"));
        case OPEN -> client.get("/version");
      };
    }

    boolean may(HttpResponse<String> answer) {
      boolean isUnavailable = this != OPEN
          && answer.statusCode() == 503
          && answer.headers().firstValue("Retry-After").isPresent();
      return isUnavailable || answer.statusCode() == this.answer;
    }
  }

  /** Fifty clients that ask again and again. */
  private static final class Load implements AutoCloseable {

    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<Doing, AtomicLong> good = new EnumMap<>(Doing.class);
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong lastRefusal = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Thread> clients = new ArrayList<>();

    Load(Client client, String token) {
      for (Doing each : Doing.values()) {
        good.put(each, new AtomicLong());
        for (int i = 0; i < each.clients; i++) {
          clients.add(new Thread(() -> askOn(each, client, token), each + " " + i));
        }
      }
      clients.forEach(Thread::start);
    }

    private void askOn(Doing doing, Client client, String token) {
      while (!ended.get()) {
        long begun = System.nanoTime();
        try {
          note(doing, doing.ask(client, token));
        } catch (Exception e) {
          wrong.add(doing + ": " + e);
        }
        longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
        LockSupport.parkNanos(20_000_000);
      }
    }

    private void note(Doing doing, HttpResponse<String> answer) {
      if (!doing.may(answer)) {
        wrong.add(doing + ": " + answer.statusCode() + " " + answer.headers().map());
      } else if (answer.statusCode() == 503) {
        refused.incrementAndGet();
        lastRefusal.accumulateAndGet(System.nanoTime(), Math::max);
      } else {
        good.get(doing).incrementAndGet();
      }
    }

    /** Waits until each kind of request was answered well so many times more. */
    void awaitGood(int times) throws Exception {
      Map<Doing, Long> before = new EnumMap<>(Doing.class);
      good.forEach((doing, number) -> before.put(doing, number.get()));
      Eventually.holds(
          "all are served",
          () -> before.entrySet().stream()
              .allMatch(each -> good.get(each.getKey()).get() >= each.getValue() + times));
    }

    @Override
    public void close() {
      ended.set(true);
      for (Thread client : clients) {
        try {
          client.join(60_000);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        assertThat(client.isAlive()).as("%s hangs", client.getName()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Outage.class)
  void nobodyIsWronglyAdmittedOrRefusedOrHangsAndAllAreServedAgainAtOnce(Outage outage)
      throws Exception {
    try (ServerProcess server = startServer()) {
      Client client = Client.of(server.url());
      addUsers();
      String token = client.token("alice", "right");
      try (Load load = new Load(client, token)) {
        load.awaitGood(20);
        assertThat(load.refused.get()).isZero();
        load.longest.set(0);

        outage.begin(database);
        long begun = System.nanoTime();
        Eventually.holds("it was away", () -> System.nanoTime() - begun > AWAY.toNanos());
        long refusedMeanwhile = load.refused.get();
        outage.end(database);
        long back = System.nanoTime();
        load.awaitGood(20);
        long lastRefusal = load.lastRefusal.get();
        load.awaitGood(40);

        LOG.info(
            "{}: {} requests refused in {} s, the longest took {} ms; the last was refused {} ms after its return",
            outage,
            refusedMeanwhile,
            AWAY.toSeconds(),
            load.longest.get() / 1_000_000,
            (lastRefusal - back) / 1_000_000);
        assertThat(load.wrong).isEmpty();
        assertThat(refusedMeanwhile).isGreaterThan(100);
        assertThat(Duration.ofNanos(load.longest.get())).isLessThan(LONGEST_WAIT.plus(SLACK));
        assertThat(Duration.ofNanos(lastRefusal - back)).isLessThan(SLACK);
        assertThat(load.lastRefusal.get()).as("none was refused later").isEqualTo(lastRefusal);
      }
    }
  }

  @Test
  void signedTokensGoOnWhereTheConfigurationSaysSoAndNothingElseDoes() throws Exception {
    folder.configure(
        "userstore: {implementation: jdbc, properties: {create_schema: true}}",
        "userstore: {implementation: jdbc, properties: {create_schema: true, stale_if_error: 1h}}");
    folder.configure(
        "token_store: {implementation: jdbc, properties: {create_schema: true}}",
        "token_store: {implementation: jdbc, properties: {create_schema: true, stale_if_error: 1h}}");
    try (ServerProcess server = startServer()) {
      Client client = Client.of(server.url());
      addUsers();
      String seen = client.token("alice", "right");
      String never = client.token("victor", "right");
      String stored = Client.member(
          client.postJson("/api-tokens", "{}", "Authorization", basic("alice", "right")), "value");
      assertThat(client.get("/status", "Authentication-Token", seen).statusCode())
          .isEqualTo(200);
      database.execute("DELETE FROM sallyport_users WHERE name = 'victor'");
      assertThat(client.get("/status", "Authentication-Token", never).statusCode())
          .isEqualTo(401);

      database.kill();

      Set<Integer> withToken = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        withToken.add(client.get("/status", "Authentication-Token", seen).statusCode());
      }
      assertThat(withToken).containsExactly(200);
      assertThat(client.get("/status", "Authentication-Token", never).statusCode())
          .isEqualTo(503);
      assertThat(client.get("/status", "Authentication-Token", stored).statusCode())
          .isEqualTo(503);
      assertThat(client.get("/status", "Authorization", basic("alice", "right")).statusCode())
          .isEqualTo(503);
      database.startAgain();
      Eventually.holds(
          "all are served again",
          () -> client.get("/status", "Authorization", basic("alice", "right")).statusCode() == 200
              && client.get("/status", "Authentication-Token", stored).statusCode() == 200);
      assertThat(client.get("/status", "Authentication-Token", never).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void withoutTheDatabaseThereIsNoStart() throws Exception {
    database.kill();

    try (ServerProcess server = startServer()) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.err()).contains("database", "main").doesNotContain("\tat ");
    }
    database.startAgain();
  }

  private ServerProcess startServer() throws Exception {
    return ServerProcess.ofJar(folder.path(), "--port", "0", "--config", "security.yaml");
  }

  private void addUsers() throws Exception {
    String hash = ConfigurationFolder.hash("right");
    database.addUser("alice", hash, "administrator");
    database.addUser("victor", hash, "viewer");
  }
}
