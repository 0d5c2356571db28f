package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spi.LoginAttempts.Account;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failed logins over HTTP, from clients with addresses of their own. */
class LoginAttemptsIT {

  private static final String HOME = "127.0.0.1";
  private static final String AFAR = "127.0.0.66";
  private static final int FAILURES = 5;
  private static final Account ALICE = new Account("main", "alice");

  @TempDir
  private Path parent;

  private ConfigurationFolder folder;
  private ManagerServer server;

  @BeforeEach
  void start() throws Exception {
    folder = ConfigurationFolder.in(parent);
    server = folder.start(Container.Kind.TOMCAT);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void restartWith(String more) throws Exception {
    server.close();
    folder.write("security.yaml", Files.readString(folder.file("security.yaml")) + more);
    server = folder.start(Container.Kind.TOMCAT);
  }

  private String answer(String from, String... headers) throws IOException {
    StringBuilder request = new StringBuilder("GET /status HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    int port = URI.create(server.url()).getPort();
    return RawAnswer.http(
            from, port, request.append("Connection: close\r\n\r\n").toString())
        .text();
  }

  private String signIn(String from, String name, String password) throws IOException {
    return answer(from, "Authorization", basic(name, password));
  }

  private int status(String answer) {
    return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
  }

  private void fail(String from, String name, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      assertThat(status(signIn(from, name, "wrong " + i))).isEqualTo(401);
    }
  }

  private int right(String from, String name) throws IOException {
    return status(signIn(from, name, name + "'s password"));
  }

  /** All that the client sees, but for the decision's id and the time. */
  private static String comparable(String answer) {
    String id = answer
        .lines()
        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("sallyport-decision: "))
        .findFirst()
        .orElseThrow()
        .substring("sallyport-decision: ".length());
    return answer.replace(id, "ID").replaceAll("(?im)^date: .*$", "");
  }

  @Test
  void fiveWrongPasswordsLockAndTheRightOneGetsTheAnswerOfAWrongOne() throws Exception {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < FAILURES; i++) {
      answers.add(comparable(signIn(AFAR, "alice", "wrong " + i)));
      answers.add(comparable(signIn(AFAR, "nobody", "wrong " + i)));
    }

    answers.add(comparable(signIn(AFAR, "alice", "alice's password")));
    answers.add(comparable(signIn(AFAR, "nobody", "alice's password")));
    answers.add(comparable(signIn("127.0.0.67", "alice", "alice's password")));

    assertThat(answers).allMatch(answers.get(0)::equals);
    assertThat(answers.get(0)).startsWith("HTTP/1.1 401");
    assertThat(server.loginAttempts().isLocked(ALICE)).isTrue();
    assertThat(right(AFAR, "dora")).isEqualTo(200);
    assertThat(Files.readString(folder.file("logs/audit.log"))).contains("\"answer\":\"locked\"");
  }

  @Test
  void fourWrongPasswordsDoNotLock() throws Exception {
    fail(AFAR, "alice", FAILURES - 1);
    assertThat(right(AFAR, "alice")).isEqualTo(200);
    fail(AFAR, "alice", FAILURES - 1);
    assertThat(right(AFAR, "alice")).isEqualTo(200);
  }

  @Test
  void whoHasSignedInFromAnAddressCannotBeLockedOutFromAfar() throws Exception {
    assertThat(right(HOME, "alice")).isEqualTo(200);

    fail(AFAR, "alice", FAILURES);

    assertThat(server.loginAttempts().isLocked(ALICE)).isTrue();
    assertThat(right(AFAR, "alice")).isEqualTo(401);
    assertThat(right(HOME, "alice")).isEqualTo(200);
    // but who guesses there is locked out there, remembered password or not
    fail(HOME, "alice", FAILURES);
    assertThat(right(HOME, "alice")).isEqualTo(401);
  }

  @Test
  void of200GuessesAtOnceNoMoreAreLookedAtThanOneAfterTheOther() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(40);
    List<Integer> statuses = new ArrayList<>();
    try {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String guess = "guess " + i;
        running.add(clients.submit(() -> status(signIn(AFAR, "alice", guess))));
      }
      for (Future<Integer> each : running) {
        statuses.add(each.get());
      }
    } finally {
      clients.shutdownNow();
    }

    // 503 where the queue of the hashing is full: nothing was looked at
    assertThat(statuses).allMatch(status -> status == 401 || status == 503);
    assertThat(server.loginAttempts().isLocked(ALICE)).isTrue();
    try (Stream<String> lines = Files.lines(folder.file("logs/audit.log"))) {
      assertThat(lines.filter(line -> line.contains("\"answer\":\"wrong_credentials\"")))
          .hasSizeLessThanOrEqualTo(FAILURES);
    }
    assertThat(right(AFAR, "alice")).isEqualTo(401);
  }

  @Test
  void tooManyFailuresFromOneAddressAreAnsweredWith429WhateverTheName() throws Exception {
    restartWith("login_attempts: {implementation: memory, properties: {client_failures: 3}}\n");
    String token = Client.of(server.url()).token("alice");
    fail(AFAR, "nobody", 1);
    fail(AFAR, "alice", 1);
    fail(AFAR, "dora", 1);

    List<String> answers = List.of(
        comparable(signIn(AFAR, "alice", "wrong")),
        comparable(signIn(AFAR, "alice", "alice's password")),
        comparable(signIn(AFAR, "nobody", "wrong")));

    for (String answer : answers) {
      assertThat(answer).startsWith("HTTP/1.1 429").contains("urn:sallyport:problem:throttled");
      assertThat(retryAfter(answer)).isBetween(880, 960);
    }
    assertThat(status(answer(AFAR, "Authentication-Token", token))).isEqualTo(200);
    assertThat(status(answer(AFAR))).isEqualTo(401);
    assertThat(right("127.0.0.67", "alice")).isEqualTo(200);
  }

  private static int retryAfter(String answer) {
    return answer
        .lines()
        .filter(line -> line.startsWith("Retry-After: "))
        .mapToInt(
            line -> Integer.parseInt(line.substring("Retry-After: ".length()).trim()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tokensOfALockedAccountStayGood() throws Exception {
    String token = Client.of(server.url()).token("alice");

    fail(AFAR, "alice", FAILURES);

    assertThat(server.loginAttempts().isLocked(ALICE)).isTrue();
    assertThat(status(answer(AFAR, "Authentication-Token", token))).isEqualTo(200);
  }

  @Test
  void underCloudify4TokensOfALockedAccountAreRefusedUntilItIsUnlocked() throws Exception {
    restartWith("profile: cloudify-4\n");
    String token = Client.of(server.url()).token("alice");
    assertThat(status(answer(AFAR, "Authentication-Token", token))).isEqualTo(200);

    fail(AFAR, "alice", FAILURES);

    assertThat(answer(AFAR, "Authentication-Token", token))
        .startsWith("HTTP/1.1 401")
        .contains("username=`alice`>. Wrong credentials or locked account");
    // the password itself, from where alice has signed in before
    assertThat(right(HOME, "alice")).isEqualTo(200);
    assertThat(server.loginAttempts().unlock(ALICE)).isTrue();
    assertThat(status(answer(AFAR, "Authentication-Token", token))).isEqualTo(200);
  }

  @Test
  void unlockingLetsInAtOnce() throws Exception {
    fail(AFAR, "alice", FAILURES);
    assertThat(right(AFAR, "alice")).isEqualTo(401);

    assertThat(server.loginAttempts().unlock(ALICE)).isTrue();

    assertThat(right(AFAR, "alice")).isEqualTo(200);
    assertThat(server.loginAttempts().unlock(ALICE)).isFalse();
  }

  @Test
  void theLockEndsByItself() throws Exception {
    restartWith("account_lock_period: 2s\n");
    fail(AFAR, "alice", FAILURES);
    assertThat(server.loginAttempts().isLocked(ALICE)).isTrue();

    Eventually.holds("the lock has ended", () -> !server.loginAttempts().isLocked(ALICE));

    assertThat(right(AFAR, "alice")).isEqualTo(200);
  }

  @Test
  void forwardingFieldsOfAnUndeclaredPeerMakeNoClientAnother() throws Exception {
    for (int i = 0; i < FAILURES; i++) {
      answer(
          AFAR,
          "Authorization",
          basic("alice", "wrong"),
          "X-Forwarded-For",
          "198.51.100." + i,
          "Forwarded",
          "for=198.51.100." + i);
    }

    assertThat(status(
            answer(AFAR, "Authorization", basic("alice"), "X-Forwarded-For", "198.51.100.200")))
        .isEqualTo(401);
  }
}
