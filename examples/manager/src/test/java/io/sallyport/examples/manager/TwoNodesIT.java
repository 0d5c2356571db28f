package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static io.sallyport.examples.manager.Client.member;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes, one on Tomcat and one on Jetty, with one PostgreSQL and the real nginx before them. They know
 * nothing of each other.
 */
@Timeout(240)
class TwoNodesIT {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String HASH = ConfigurationFolder.hash("right");

  /** Of the password U*U, as crypt_blowfish publishes it. */
  private static final String OUTDATED =
      "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

  /** The default of {@code failed_logins_before_account_lock}. */
  private static final int FAILURES = 5;

  /** The default of the token store's {@code max_staleness}, and what a busy machine may add. */
  private static final Duration KNOWN_EVERYWHERE = Duration.ofSeconds(1).plusSeconds(5);

  @TempDir
  private static Path parent;

  private static ConfigurationFolder folder;
  private static PostgresProcess database;
  private static ServerProcess first;
  private static ServerProcess second;
  private static NginxProcess nginx;
  private static SSLContext trusting;
  private static Client one;
  private static Client other;

  @BeforeAll
  static void start() throws Exception {
    Path executable = NginxProcess.require();
    Path own = Files.createDirectory(parent.resolve("nodes"));
    database = PostgresProcess.start(parent.resolve("data"));
    folder = ConfigurationFolder.onDatabase(own, database.jdbcUrl());
    folder.configure("audit:", """
        trusted_proxies: {ranges: [127.0.0.1/32], header: x-forwarded}
        public_origin: https://manager.example.org
        audit:""");
    folder.write(
        "second.yaml",
        Files.readString(folder.file("security.yaml")).replace("audit.log", "second.log"));
    first = start("security.yaml", "tomcat");
    second = start("second.yaml", "jetty");
    one = Client.of(first.url());
    other = Client.of(second.url());
    database.addUser("alice", HASH, "administrator");
    ServerCertificate certificate =
        ServerCertificate.make(parent, "nginx", "DNS:" + NginxProcess.NAME);
    trusting = certificate.trusting();
    nginx = NginxProcess.start(
        executable,
        Files.createDirectory(parent.resolve("nginx")),
        certificate,
        URI.create(first.url()).getPort(),
        URI.create(second.url()).getPort());
  }

  private static ServerProcess start(String configuration, String container) throws IOException {
    return ServerProcess.ofJar(
        folder.path(), "--port", "0", "--config", configuration, "--container", container);
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable each :
        Stream.of(nginx, first, second, database).flatMap(Stream::ofNullable).toList()) {
      each.close();
    }
  }

  private static List<Client> nodes() {
    return List.of(one, other);
  }

  private static int status(Client node, String token) throws Exception {
    return node.get("/status", "Authentication-Token", token).statusCode();
  }

  /** Through nginx, which asks the nodes in turn. */
  private static RawAnswer through(String from, String methodAndTarget, String fields)
      throws IOException {
    return RawAnswer.https(
        trusting,
        from,
        nginx.httpsPort(),
        NginxProcess.NAME,
        methodAndTarget + " HTTP/1.1\r\nHost: " + NginxProcess.NAME + "\r\nConnection: close\r\n"
            + fields + "\r\n");
  }

  private static List<String> audited(String what) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String log : List.of("logs/audit.log", "logs/second.log")) {
      Files.readAllLines(folder.file(log)).stream()
          .filter(line -> line.contains(what))
          .forEach(lines::add);
    }
    return lines;
  }

  @Test
  void whoSignsInAtOneIsKnownAtBothAndIsRefusedAtBothOnceDeactivated() throws Exception {
    database.addUser("dora", HASH, "deployer");
    String signed = one.token("dora", "right");
    String stored = member(
        other.postJson("/api-tokens", "{}", "Authorization", basic("dora", "right")), "value");
    for (Client node : nodes()) {
      assertThat(status(node, signed)).isEqualTo(200);
      assertThat(status(node, stored)).isEqualTo(200);
    }
    for (int i = 0; i < 4; i++) {
      assertThat(through("127.0.0.9", "GET /status", "Authentication-Token: " + signed + "\r\n")
              .status())
          .isEqualTo(200);
    }

    database.execute("UPDATE sallyport_users SET active = FALSE WHERE name = 'dora'");

    for (Client node : nodes()) {
      assertThat(status(node, signed)).isEqualTo(401);
      assertThat(status(node, stored)).isEqualTo(401);
      assertThat(node.get("/status", "Authorization", basic("dora", "right")).statusCode())
          .isEqualTo(401);
    }
    for (String log : List.of("logs/audit.log", "logs/second.log")) {
      assertThat(Files.readString(folder.file(log)))
          .as("nginx has asked both nodes: %s", log)
          .contains("\"remote\":\"127.0.0.9\"");
    }
  }

  @Test
  void whatOneEndsIsEndedAtTheOther() throws Exception {
    database.addUser("victor", HASH, "viewer");
    String right = basic("victor", "right");
    String signed = one.token("victor", "right");
    HttpResponse<String> made = one.postJson("/api-tokens", "{}", "Authorization", right);
    String stored = member(made, "value");
    assertThat(status(other, signed)).isEqualTo(200);
    assertThat(status(other, stored)).isEqualTo(200);

    for (String token : List.of(signed, stored)) {
      HttpResponse<String> ended =
          one.sendBody("POST", "/tokens/revoke", FORM, "token=" + token, "Authorization", right);
      assertThat(ended.statusCode()).isEqualTo(200);
    }

    long begun = System.nanoTime();
    assertThat(status(one, signed)).isEqualTo(401);
    assertThat(status(one, stored)).isEqualTo(401);
    assertThat(status(other, stored)).as("is read for each request").isEqualTo(401);
    Eventually.holds("the other node knows", () -> status(other, signed) == 401);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(KNOWN_EVERYWHERE);
  }

  @Test
  void wrongPasswordsAtBothNodesAtOnceLockAtExactlyTheConfiguredFailure() throws Exception {
    database.addUser("lena", HASH, "viewer");
    for (int i = 1; i < FAILURES; i++) {
      assertThat(guess("lena", i)).isEqualTo(401);
    }
    assertThat(lockedUntil("lena")).isEqualTo("null");
    assertThat(one.get("/status", "Authorization", basic("lena", "right")).statusCode())
        .isEqualTo(200);
    database.addUser("omar", HASH, "viewer");

    assertThat(guessAtOnce("omar", 16)).containsOnly(401);

    List<String> attempts = audited("\"claimed_user\":\"omar\"");
    assertThat(attempts).hasSize(16);
    assertThat(attempts.stream().filter(line -> line.contains("\"wrong_credentials\"")))
        .as("guesses that were worth something")
        .hasSize(FAILURES);
    assertThat(lockedUntil("omar")).isNotEqualTo("null");
    for (Client node : nodes()) {
      assertThat(node.get("/status", "Authorization", basic("omar", "right")).statusCode())
          .isEqualTo(401);
    }
  }

  private static int guess(String name, int number) throws IOException {
    // from many places: nginx lets one address try only so often
    return through(
            "127.0.1." + number,
            "GET /status",
            "Authorization: " + basic(name, "wrong " + number) + "\r\n")
        .status();
  }

  private static List<Integer> guessAtOnce(String name, int number) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(number);
    try {
      var start = new CyclicBarrier(number);
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 1; i <= number; i++) {
        int own = 100 + i;
        running.add(threads.submit(() -> {
          start.await();
          return guess(name, own);
        }));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> each : running) {
        statuses.add(each.get());
      }
      return statuses;
    } finally {
      threads.shutdownNow();
    }
  }

  private static String lockedUntil(String name) throws Exception {
    return database.text("SELECT locked_until FROM sallyport_attempts WHERE user_id ="
        + " (SELECT CAST(id AS VARCHAR) FROM sallyport_users WHERE name = '" + name + "')");
  }

  @Test
  void aBetterHashKeepsTokensGoodAtBoth() throws Exception {
    database.addUser("nora", OUTDATED, "viewer");

    String token = one.token("nora", "U*U");
    Eventually.holds(
        "the hash is replaced",
        () -> database
            .text("SELECT password FROM sallyport_users WHERE name = 'nora'")
            .startsWith("$argon2id$"));

    for (Client node : nodes()) {
      assertThat(status(node, token)).isEqualTo(200);
      assertThat(node.get("/status", "Authorization", basic("nora", "U*U")).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aNewUserOfAnOldNameInheritsNothing() throws Exception {
    database.addUser("mia", HASH, "viewer");
    String signed = one.token("mia", "right");
    String stored =
        member(one.postJson("/api-tokens", "{}", "Authorization", basic("mia", "right")), "value");
    guessAtOnce("mia", 16);
    assertThat(lockedUntil("mia")).isNotEqualTo("null");

    database.execute("DELETE FROM sallyport_users WHERE name = 'mia'");
    database.addUser("mia", HASH, "viewer");

    for (Client node : nodes()) {
      assertThat(status(node, signed)).isEqualTo(401);
      assertThat(status(node, stored)).isEqualTo(401);
      assertThat(node.get("/status", "Authorization", basic("mia", "right")).statusCode())
          .as("is not locked")
          .isEqualTo(200);
      assertThat(node.get("/api-tokens", "Authorization", basic("mia", "right")).body())
          .doesNotContain("\"id\"");
    }
  }
}
