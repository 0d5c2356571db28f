package io.sallyport.examples.webapp;

import static io.sallyport.examples.webapp.TestUsers.ALICE;
import static io.sallyport.examples.webapp.TestUsers.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.examples.webapp.TestUsers.TestUser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers get from the shipped application, with the shipped configuration. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PagesTests {

  private static final Pattern TOKEN = Pattern.compile("\"value\": ?\"([^\"]+)\"");
  private static final int THREADS = 16;
  private static final int REQUESTS_PER_THREAD = 50;

  private Container container;
  private Browser browser;

  abstract Container start();

  /** Changes nothing; some tests do. */
  void prepare(WebappFolder webapp) {}

  @BeforeAll
  void deploy(@TempDir Path folder) throws Exception {
    Path home = Files.createDirectories(Path.of(System.getenv("EXAMPLE_HOME")));
    Files.writeString(home.resolve("users.yaml"), TestUsers.yaml(""));
    WebappFolder webapp = WebappFolder.copyTo(folder.resolve("webapp"));
    prepare(webapp);
    container = start();
    browser = new Browser(container.deploy(webapp.path()));
  }

  @AfterAll
  void stop() {
    container.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/public", "/portal"})
  void letsEverybodySeeAnOpenPage(String path) throws Exception {
    HttpResponse<String> answer = browser.get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/account",
        "/start",
        "/async",
        "/admin",
        "/admin/x",
        "/closed",
        "/tokens",
        "/echo",
        "/nobody-named-this",
        "/not-found.html",
        "/public/"
      })
  void asksForCredentialsWhereARuleWantsThemOrThereIsNone(String path) throws Exception {
    HttpResponse<String> answer = browser.get(path);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .anyMatch(challenge -> challenge.startsWith("Basic realm=\"Example\""))
        .anyMatch(challenge -> challenge.startsWith("Bearer realm=\"Example\""));
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).doesNotContain("principal=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/account", "/admin", "/public/../account"})
  void refusesAWrongPassword(String path) throws Exception {
    TestUser impostor = new TestUser("alice", "admin", BOB.password(), "");

    HttpResponse<String> answer = browser.get(path, impostor);

    assertThat(answer.statusCode()).isIn(401, 400);
  }

  @Test
  void tellsThePageWhoCalls() throws Exception {
    HttpResponse<String> alice = browser.get("/account", ALICE);
    HttpResponse<String> bob = browser.get("/account", BOB);

    assertThat(alice.body().strip())
        .isEqualTo("/account: principal=alice remoteUser=alice authType=BASIC admin=true");
    assertThat(bob.body().strip())
        .isEqualTo("/account: principal=bob remoteUser=bob authType=BASIC admin=false");
  }

  @Test
  void tellsAnOpenPageNobodyEvenIfCredentialsAreSent() throws Exception {
    HttpResponse<String> answer = browser.get("/public", ALICE);

    assertThat(answer.body().strip())
        .isEqualTo("/public: principal=null remoteUser=null authType=null admin=false");
  }

  @Test
  void letsOnlyAnAdministratorAdminister() throws Exception {
    HttpResponse<String> alice = browser.get("/admin", ALICE);
    HttpResponse<String> bob = browser.get("/admin", BOB);

    assertThat(alice.statusCode()).isEqualTo(200);
    assertThat(alice.body()).startsWith("/admin: principal=alice");
    assertThat(bob.statusCode()).isEqualTo(403);
    assertThat(bob.body()).doesNotContain("principal=");
  }

  @Test
  void deniesAlsoTheAdministratorWhatARuleDeniesOrNoRuleNames() throws Exception {
    assertThat(browser.get("/closed", ALICE).statusCode()).isEqualTo(403);
    assertThat(browser.get("/nobody-named-this", ALICE).statusCode()).isEqualTo(403);
    assertThat(browser.get("/WEB-INF/security.yaml", ALICE).statusCode()).isIn(403, 404);
  }

  @Test
  void showsTheErrorPageOnlyWhenTheContainerCallsIt() throws Exception {
    HttpResponse<String> missing = browser.get("/admin/missing", ALICE);
    HttpResponse<String> direct = browser.get("/not-found.html", ALICE);

    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("There is no such page.");
    assertThat(direct.statusCode()).isEqualTo(403);
    assertThat(direct.body()).doesNotContain("There is no such page.");
  }

  @Test
  void authenticatesAtTheMomentOfAForwardFromAnOpenPage() throws Exception {
    HttpResponse<String> answer = browser.get("/start", BOB);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().strip())
        .isEqualTo("/account: principal=bob remoteUser=bob authType=BASIC admin=false");
  }

  @Test
  void keepsTheCallerInAnotherThreadAndAfterItsDispatch() throws Exception {
    HttpResponse<String> answer = browser.get("/async", BOB);

    assertThat(answer.headers().firstValue("Caller-In-Thread")).hasValue("bob");
    assertThat(answer.body().strip())
        .isEqualTo("/account: principal=bob remoteUser=bob authType=BASIC admin=false");
  }

  @Test
  void acceptsTheTokenThatItMakes() throws Exception {
    String token = token(BOB);

    HttpResponse<String> answer = browser.get("/account", "Bearer " + token);

    assertThat(answer.body().strip())
        .isEqualTo("/account: principal=bob remoteUser=bob authType=TOKEN admin=false");
  }

  @Test
  void refusesAWebSocketWithoutCredentials() {
    assertThat(browser.echo("/echo", null, "hello")).isEqualTo("401");
  }

  @Test
  void opensAWebSocketWithCredentials() {
    assertThat(browser.echo("/echo", BOB.basic(), "hello")).isEqualTo("hello");
  }

  @Test
  void neverSharesAnIdentityBetweenRequestsAtTheSameTime() throws Exception {
    List<String> names = List.of("alice", "bob");
    List<String> tokens = List.of(token(ALICE), token(BOB));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    var together = new CyclicBarrier(THREADS);

    List<Future<List<String>>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String bearer = "Bearer " + tokens.get(i % 2);
      String path = i % 4 < 2 ? "/account" : "/async";
      all.add(threads.submit(repeatedly(together, path, bearer)));
    }

    for (int i = 0; i < THREADS; i++) {
      String name = names.get(i % 2);
      assertThat(all.get(i).get())
          .hasSize(REQUESTS_PER_THREAD)
          .allMatch(body -> body.contains("principal=" + name + " remoteUser=" + name));
    }
    threads.shutdown();
  }

  private Callable<List<String>> repeatedly(CyclicBarrier start, String path, String bearer) {
    return () -> {
      start.await();
      List<String> bodies = new ArrayList<>();
      for (int i = 0; i < REQUESTS_PER_THREAD; i++) {
        bodies.add(browser.get(path, bearer).body());
      }
      return bodies;
    };
  }

  @Test
  void writesOneLineForEachDecisionToTheAuditLog() throws Exception {
    HttpResponse<String> refused = browser.get("/admin", BOB);

    String decision = refused.headers().firstValue("Sallyport-Decision").orElseThrow();
    Path log = Path.of(System.getenv("EXAMPLE_HOME"), "audit.log");
    assertThat(Files.readAllLines(log))
        .filteredOn(line -> line.contains("\"" + decision + "\""))
        .singleElement()
        .asString()
        .contains("bob", "/admin")
        .doesNotContain(BOB.password(), BOB.hash());
  }

  private String token(TestUser user) throws IOException, InterruptedException {
    HttpResponse<String> answer = browser.post("/tokens", user);
    assertThat(answer.statusCode()).isEqualTo(200);
    Matcher value = TOKEN.matcher(answer.body());
    assertThat(value.find()).isTrue();
    return value.group(1);
  }
}
