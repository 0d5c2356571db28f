package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Files that change while the server runs; the container has no part in it. */
class HotReloadIT {

  private static final String ZOE = ConfigurationFolder.hash("zoe's password");

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

  @Test
  void aChangeTakesEffectWithinASecond() throws Exception {
    List<Duration> taken = new ArrayList<>();

    // the machine may be busy with something else: the best of three counts
    for (int i = 0; i < 3; i++) {
      folder.replace("users.yaml", withZoe());
      taken.add(Eventually.holds("zoe may sign in", () -> statusOf("zoe") == 200));
      folder.replace("users.yaml", ConfigurationFolder.users());
      taken.add(Eventually.holds("zoe may not sign in", () -> statusOf("zoe") == 401));
    }

    assertThat(taken).anyMatch(duration -> duration.compareTo(Duration.ofSeconds(1)) <= 0);
  }

  @Test
  void aFileThatIsWrittenInPlaceIsReadAgain() throws Exception {
    folder.write("users.yaml", withZoe());

    Eventually.holds("zoe may sign in", () -> statusOf("zoe") == 200);
  }

  @Test
  void aChangedPasswordEndsTheOldOneAndTheTokens() throws Exception {
    String token = client.token("victor");
    assertThat(statusWith(token)).isEqualTo(200);

    folder.replace(
        "users.yaml",
        ConfigurationFolder.users()
            .replaceAll(
                "(username: victor, password: )\"[^\"]+\"",
                "$1\"" + ZOE.replace("$", "\\$") + "\""));

    Eventually.holds("the old password is refused", () -> statusOf("victor") == 401);
    assertThat(statusWith(token)).isEqualTo(401);
    assertThat(client
            .get("/status", "Authorization", basic("victor", "zoe's password"))
            .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aSymbolicLinkThatIsTurnedElsewhereIsFollowed() throws Exception {
    // as a mounted ConfigMap changes: users.yaml -> current/users.yaml, current -> old, then new
    Path old = Files.createDirectory(parent.resolve("old"));
    Path next = Files.createDirectory(parent.resolve("new"));
    Files.writeString(old.resolve("users.yaml"), ConfigurationFolder.users());
    Files.writeString(next.resolve("users.yaml"), withZoe());
    Path current = Files.createSymbolicLink(parent.resolve("current"), Path.of("old"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), Path.of("current/users.yaml"));
    Files.move(link, folder.file("users.yaml"), StandardCopyOption.ATOMIC_MOVE);
    Eventually.holds("alice may still sign in", () -> statusOf("alice") == 200);

    Path turned = Files.createSymbolicLink(parent.resolve("turned"), Path.of("new"));
    Files.move(turned, current, StandardCopyOption.ATOMIC_MOVE);

    Eventually.holds("zoe may sign in", () -> statusOf("zoe") == 200);
  }

  @Test
  void aHalfWrittenFileDoesNotCount() throws Exception {
    String users = withZoe();
    int half = users.indexOf("victor") + 3;
    Path file = folder.file("users.yaml");

    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      out.write(StandardCharsets.UTF_8.encode(users.substring(0, half)));
      Eventually.holds("half a file is noticed", () -> logged(Level.WARN, "users.yaml"));
      assertThat(statusOf("victor")).isEqualTo(200);
      out.write(StandardCharsets.UTF_8.encode(users.substring(half)));
    }

    Eventually.holds("zoe may sign in", () -> statusOf("zoe") == 200);
  }

  @Test
  void aBrokenFileLeavesTheLastGoodOneInForceUntilItIsMended() throws Exception {
    folder.replace("users.yaml", "users: [\n");

    Eventually.holds("it is said in the log", () -> logged(Level.WARN, "last good content"));
    assertThat(statusOf("alice")).isEqualTo(200);
    assertThat(messages()).noneMatch(line -> line.contains("$argon2id$"));
    folder.replace("users.yaml", withZoe());
    Eventually.holds("zoe may sign in", () -> statusOf("zoe") == 200);
  }

  @Test
  void aDeletedFileLeavesTheLastGoodOneInForce() throws Exception {
    Files.delete(folder.file("users.yaml"));

    Eventually.holds("it is said in the log", () -> logged(Level.WARN, "last good content"));
    assertThat(statusOf("alice")).isEqualTo(200);
  }

  @Test
  void changedRolesTakeEffectForTokensToo() throws Exception {
    String token = client.token("victor");
    assertThat(delete(token)).isEqualTo(403);

    folder.replace("roles.yaml", ConfigurationFolder.ROLES.replace("[GET]", "[GET, DELETE]"));

    Eventually.holds("victor may delete", () -> delete(token) == 404);
  }

  @Test
  void rolesOfTheWrongShapeLeaveTheLastGoodOnesInForce() throws Exception {
    folder.replace("roles.yaml", "viewer: {allow: ['GET']}\n");

    Eventually.holds("it is said in the log", () -> logged(Level.WARN, "roles.yaml"));
    assertThat(statusOf("victor")).isEqualTo(200);
    assertThat(client.send("DELETE", "/x", "Authorization", basic("victor")).statusCode())
        .isEqualTo(403);
    folder.replace("roles.yaml", "viewer: {allow: {'*': [POST]}}\n");
    Eventually.holds("victor may not read any more", () -> statusOf("victor") == 403);
  }

  private static String withZoe() {
    return ConfigurationFolder.users() + ConfigurationFolder.user("zoe", ZOE, "viewer");
  }

  private int statusOf(String user) throws IOException, InterruptedException {
    return client.get("/status", "Authorization", basic(user)).statusCode();
  }

  private int statusWith(String token) throws IOException, InterruptedException {
    return client.get("/status", "Authentication-Token", token).statusCode();
  }

  private int delete(String token) throws IOException, InterruptedException {
    return client.send("DELETE", "/blueprints/x", "Authentication-Token", token).statusCode();
  }

  private boolean logged(Level level, String text) {
    return log.list.stream()
        .anyMatch(
            event -> event.getLevel() == level && event.getFormattedMessage().contains(text));
  }

  private List<String> messages() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
