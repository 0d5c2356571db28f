package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sallyport.core.InvalidConfigurationException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The ten invariants of docs/architecture.md, each by one test that names it, on the assembled product. Their
 * corner cases are tested beside the code.
 */
class InvariantsIT {

  private static final String PASSWORD = "alice's password";

  @TempDir
  private Path parent;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private ConfigurationFolder folder;
  private ManagerServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    // the threads of the server write to it while it is read
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    root.addAppender(log);
    folder = ConfigurationFolder.in(parent);
    server = folder.start(Container.Kind.TOMCAT);
    client = Client.of(server.url());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    root.detachAppender(log);
  }

  private int status(String path, String... headers) throws Exception {
    return client.get(path, headers).statusCode();
  }

  @Test
  void invariant1FailClosedWhateverIsMissingOrBroken() throws Exception {
    assertThat(status("/status", "Authorization", basic("alice"))).isEqualTo(200);

    // the audit log can no longer be written: nothing passes unrecorded
    Path logs = folder.file("logs");
    Files.move(logs, folder.file("moved"));
    Files.writeString(logs, "a file where the folder was");
    Eventually.holds(
        "nothing passes that cannot be written down",
        () -> status("/status", "Authorization", basic("alice")) == 503);
    assertThat(status("/status")).isEqualTo(401);

    // and an empty, a cut-off and a missing configuration do not start
    for (String broken : List.of("", "version: 1\n", "version: 1\nuserstore: {impl")) {
      folder.write("security.yaml", broken);
      assertThatThrownBy(() -> folder.start(Container.Kind.TOMCAT))
          .isInstanceOf(InvalidConfigurationException.class);
    }
    Files.delete(folder.file("security.yaml"));
    assertThatThrownBy(() -> folder.start(Container.Kind.TOMCAT))
        .isInstanceOf(InvalidConfigurationException.class);
  }

  @Test
  void invariant2WhatNoRuleOpensNeedsAuthenticationAndWhatNothingAllowsIsDenied() throws Exception {
    assertThat(status("/version")).isEqualTo(200);
    for (String path : List.of("/", "/version/", "/Version", "/ok/x", "/status", "/nowhere")) {
      assertThat(status(path)).as(path).isEqualTo(401);
    }
    assertThat(client
            .send("DELETE", "/blueprints/x", "Authorization", basic("victor"))
            .statusCode())
        .isEqualTo(403);
    assertThat(client
            .send("PROPFIND", "/blueprints", "Authorization", basic("victor"))
            .statusCode())
        .isEqualTo(403);
  }

  @Test
  void invariant3ATargetThatCanBeReadInTwoWaysIs400() throws Exception {
    for (String target : List.of(
        "/version/../status",
        "/version/%2e%2e/status",
        "/version;x=y",
        "//version",
        "/version%2f",
        "/version%00",
        "/%76ersion%5cx",
        "/version/..;/status")) {
      String answer =
          client.raw("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(answer).as(target).startsWith("HTTP/1.1 400");
    }
    assertThat(status("/%76ersion")).isEqualTo(200);
  }

  @Test
  void invariant4EveryRequestIsDecidedOnTheCurrentStateOfItsUser() throws Exception {
    String token = client.token("victor");
    assertThat(status("/status", "Authentication-Token", token)).isEqualTo(200);

    folder.replace(
        "users.yaml",
        ConfigurationFolder.users()
            .replace("username: victor,", "username: victor, active: false,"));

    Eventually.holds(
        "the token of a deactivated user has ended",
        () -> status("/status", "Authentication-Token", token) == 401);
    assertThat(status("/status", "Authorization", basic("victor"))).isEqualTo(401);
  }

  @Test
  void invariant5WrongUnknownLockedAndInactiveGetTheSameAnswer() throws Exception {
    folder.replace(
        "users.yaml",
        ConfigurationFolder.users()
            .replace("username: victor,", "username: victor, active: false,")
            .replace("username: dora,", "username: dora, locked: true,"));
    Eventually.holds(
        "dora is locked", () -> status("/status", "Authorization", basic("dora")) == 401);

    List<String> answers = new ArrayList<>();
    for (String credentials : List.of(
        basic("alice", "wrong"),
        basic("nobody", "wrong"),
        basic("dora"),
        basic("dora", "wrong"),
        basic("victor"),
        basic("victor", "wrong"))) {
      answers.add(comparable(client.get("/status", "Authorization", credentials)));
    }

    // that they take the same time is shown where the hashing is: it is one hash in each case
    assertThat(answers).allMatch(answers.get(0)::equals);
  }

  /** All that a client sees, but for the decision's id and the time. */
  private static String comparable(HttpResponse<String> answer) {
    String id = answer.headers().firstValue("Sallyport-Decision").orElseThrow();
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.remove("date");
    return (answer.statusCode() + " " + headers + answer.body()).replace(id, "ID");
  }

  @Test
  void invariant6SecretsAppearNowhere() throws Exception {
    String token = client.token("alice");
    String answers =
        client.get("/status", "Authorization", basic("alice", "guess-3141")).body()
            + client.get("/status", "Authorization", "Bearer " + token + "x").body()
            + client.get("/status", "Authentication-Token", token).body()
            + client.get("/nowhere", "Authorization", basic("alice")).body();
    folder.replace("users.yaml", ConfigurationFolder.users() + "  - {username: {}}\n");
    Eventually.holds(
        "the broken file is reported",
        () -> log.list.stream()
            .anyMatch(event -> event.getFormattedMessage().contains("users.yaml")));

    StringBuilder seen = new StringBuilder(answers);
    for (ILoggingEvent event : log.list) {
      seen.append(event.getFormattedMessage()).append(event.getThrowableProxy());
    }
    seen.append(Files.readString(folder.file("logs/audit.log")));
    assertThat(seen.toString())
        .doesNotContain(PASSWORD, "guess-3141", token, "$argon2id$")
        .doesNotContain(token.substring(token.lastIndexOf('.') + 1))
        .doesNotContain(Files.readString(folder.file("token.key")))
        .doesNotContain(Base64.getEncoder()
            .encodeToString(("alice:" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void invariant7NothingACallerSendsBreaksALine() throws Exception {
    for (String name :
        List.of("eve\r\n{\"forged\":true}", "\u2028x", "a\"b", "\ud83d\ude42", "x".repeat(300))) {
      status("/status", "Authorization", basic(name, "wrong"));
    }
    client.raw(String.join(
        "\r\n",
        "GET /status HTTP/1.1",
        "Host: a",
        "Authorization: Basic \u0001\u0002",
        "Connection: close",
        "",
        ""));
    client.get("/x%E2%80%A8y%22z", "Authorization", basic("alice"));

    List<String> lines = Files.readAllLines(folder.file("logs/audit.log"));
    assertThat(lines).hasSizeGreaterThanOrEqualTo(6);
    for (String line : lines) {
      assertThat(line).doesNotContain("\u2028").startsWith("{\"time\":").hasSizeLessThan(10_000);
      parse(line);
    }
  }

  private static void parse(String line) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(line)) {
      while (json.nextToken() != null) {
        json.getText();
      }
    }
  }

  @Test
  void invariant8EveryRefusalAndEveryAuthenticatedPassLeavesOneRecord() throws Exception {
    List<String> refused = new ArrayList<>();
    for (String path : List.of("/status", "/nowhere")) {
      refused.add(client.get(path).headers().firstValue("Sallyport-Decision").orElseThrow());
    }
    status("/status", "Authorization", basic("alice"));
    status("/version");

    List<String> lines = Files.readAllLines(folder.file("logs/audit.log"));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).contains("\"decision\":\"" + refused.get(0) + "\"");
    assertThat(lines.get(1)).contains("\"decision\":\"" + refused.get(1) + "\"");
    assertThat(lines.get(2)).contains("\"outcome\":\"allowed\"", "\"user\":\"alice\"");
  }

  @Test
  void invariant9NoDefaultSecretOrPasswordExists() throws Exception {
    Pattern secret =
        Pattern.compile("\\$argon2|\\$2[aby]\\$|secret_key: *['\"]?[A-Za-z0-9+/=_-]{8}");
    List<Path> shipped = new ArrayList<>();
    for (String part : List.of("src/main/resources", "config")) {
      try (Stream<Path> files = Files.walk(Path.of(part))) {
        files.filter(Files::isRegularFile).forEach(shipped::add);
      }
    }

    assertThat(shipped).hasSizeGreaterThanOrEqualTo(4);
    for (Path file : shipped) {
      assertThat(secret.matcher(Files.readString(file)).find())
          .as(file.toString())
          .isFalse();
      assertThat(file.getFileName().toString()).doesNotContain("users").doesNotEndWith(".key");
    }
    for (String guess : List.of("admin", "password", "my_secret", "")) {
      assertThat(status("/status", "Authorization", basic("admin", guess))).isEqualTo(401);
    }
  }

  @Test
  void invariant10AHalfWrittenFileNeverCountsAndTheLastGoodOneStays() throws Exception {
    String users = ConfigurationFolder.users();

    // a crash in the middle of writing leaves such files
    for (int cut : List.of(0, 1, users.length() / 3, users.indexOf("victor") + 3)) {
      long reported = logged("Failed parsing");
      folder.write("users.yaml", users.substring(0, cut));
      Eventually.holds("the cut-off file is reported", () -> logged("Failed parsing") > reported);
      assertThat(status("/status", "Authorization", basic("victor"))).isEqualTo(200);
    }
    folder.replace("users.yaml", users.replace("username: victor", "username: vera"));
    Eventually.holds(
        "the whole file is in force",
        () -> status("/status", "Authorization", basic("victor")) == 401);
  }

  private long logged(String part) {
    return log.list.stream()
        .filter(event -> event.getFormattedMessage().contains(part))
        .count();
  }
}
