package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server answers in the standard profile, whatever its container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HttpAnswers {

  private final Container.Kind kind;
  private ManagerServer server;
  private Client client;
  private ConfigurationFolder folder;

  HttpAnswers(Container.Kind kind) {
    this.kind = kind;
  }

  @BeforeAll
  void start(@TempDir Path parent) throws Exception {
    folder = ConfigurationFolder.in(parent);
    server = folder.start(kind);
    client = Client.of(server.url());
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/version", "/ok"})
  void anOpenEndpointAnswersWithoutCredentials(String path) throws Exception {
    HttpResponse<String> answer = client.get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
  }

  @Test
  void credentialsAtAnOpenEndpointAreNotJudged() throws Exception {
    HttpResponse<String> answer =
        client.get("/ok", "Authorization", basic("alice", "wrong"), "Authentication-Token", "x");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("OK");
  }

  @Test
  void anOpenPathIsOpenForItsMethodsOnly() throws Exception {
    assertThat(client.send("DELETE", "/version").statusCode()).isEqualTo(401);
  }

  @Test
  void withoutCredentialsEachProviderChallenges() throws Exception {
    HttpResponse<String> answer = client.get("/status");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .containsExactly(
            "Basic realm=\"Sallyport\", charset=\"UTF-8\"", "Bearer realm=\"Sallyport\"");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void aRefusalIsAProblemWithTheIdOfItsDecision() throws Exception {
    HttpResponse<String> answer = client.get("/status");

    String id = answer.headers().firstValue("Sallyport-Decision").orElseThrow();
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body())
        .startsWith("{\"type\":\"urn:sallyport:problem:unauthenticated\",\"title\":")
        .contains("\"status\":401")
        .contains("\"detail\":\"")
        .contains("\"instance\":\"")
        .contains("\"decision\":\"" + id + "\"");
  }

  @Test
  void aRightPasswordReachesTheEndpoint() throws Exception {
    HttpResponse<String> answer = client.get("/status", "Authorization", basic("victor"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"OK\",\"services\":{}}");
  }

  @Test
  void aTokenWorksInBothHeaderFields() throws Exception {
    String token = client.token("victor");

    assertThat(client.get("/blueprints", "Authentication-Token", token).statusCode())
        .isEqualTo(200);
    assertThat(client.get("/blueprints", "Authorization", "Bearer " + token).statusCode())
        .isEqualTo(200);
  }

  @Test
  void anAnswerWithATokenMayNotBeCached() throws Exception {
    HttpResponse<String> answer = client.send("POST", "/tokens", "Authorization", basic("dora"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body())
        .matches("\\{\"id\":\"[^\"]+\",\"value\":\"[^\"]+\",\"expires\":\"[0-9TZ:.-]+\"}");
  }

  @Test
  void aTokenMayBeUsedToGetTheNext() throws Exception {
    HttpResponse<String> answer =
        client.send("POST", "/tokens", "Authentication-Token", client.token("dora"));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenIsNotMadeByGetInTheStandardProfile() throws Exception {
    HttpResponse<String> answer = client.get("/tokens", "Authorization", basic("alice"));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/tokens",
    "POST,/tokens",
    "GET,/blueprints",
    "PUT,/blueprints/x",
    "DELETE,/blueprints/x"
  })
  void everythingElseNeedsCredentials(String method, String path) throws Exception {
    assertThat(client.send(method, path).statusCode()).isEqualTo(401);
  }

  @Test
  void wrongAndUnknownAndMalformedPasswordsGetTheSameAnswer() throws Exception {
    List<String> refused = List.of(
        basic("alice", "wrong"),
        basic("nobody", "alice's password"),
        basic("Alice", "alice's password"),
        basic("", "alice's password"),
        basic("alice", ""),
        "Basic",
        "Basic !!!",
        "Basic " + Base64.getEncoder().encodeToString("alice".getBytes(StandardCharsets.UTF_8)),
        "Basic " + basic("alice").substring(6).replace("=", ""));
    String expected = withoutId(client.get("/status").body());

    for (String credentials : refused) {
      HttpResponse<String> answer = client.get("/status", "Authorization", credentials);

      assertThat(answer.statusCode()).as(credentials).isEqualTo(401);
      assertThat(answer.headers().allValues("WWW-Authenticate")).as(credentials).hasSize(2);
      assertThat(withoutId(answer.body())).as(credentials).isEqualTo(expected);
    }
  }

  @Test
  void aTokenThatIsNoneIsRefusedAndSaidToBeInvalid() throws Exception {
    String token = client.token("alice");
    int dot = token.lastIndexOf('.');
    List<String> refused = List.of(
        "x",
        "a.b.c",
        token.substring(0, dot) + ".",
        token.substring(0, dot + 1) + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        token + "x",
        unsigned(token));

    for (String value : refused) {
      HttpResponse<String> answer = client.get("/status", "Authorization", "Bearer " + value);

      assertThat(answer.statusCode()).as(value).isEqualTo(401);
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .as(value)
          .contains("Bearer realm=\"Sallyport\", error=\"invalid_token\"");
      assertThat(client.get("/status", "Authentication-Token", value).statusCode())
          .as(value)
          .isEqualTo(401);
    }
  }

  /** The algorithm is for the configuration to say, never for the token. */
  private static String unsigned(String token) {
    String header = Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    return header + token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
  }

  @Test
  void credentialsOfTwoKindsAreAmbiguous() throws Exception {
    HttpResponse<String> answer = client.get(
        "/status", "Authorization", basic("alice"), "Authentication-Token", client.token("alice"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void twoPasswordsAreAmbiguous() throws Exception {
    HttpResponse<String> answer =
        client.get("/status", "Authorization", basic("alice"), "Authorization", basic("victor"));

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void aViewerMayNotDelete() throws Exception {
    HttpResponse<String> answer =
        client.send("DELETE", "/blueprints/b1", "Authorization", basic("victor"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains("\"status\":403")
        .contains("DELETE /blueprints/b1")
        .doesNotContain("administrator")
        .doesNotContain("deployer");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void aBlueprintIsMadeOnceReadAndDeleted() throws Exception {
    String dora = basic("dora");
    String alice = basic("alice");

    assertThat(client.get("/blueprints/b2", "Authorization", dora).statusCode()).isEqualTo(404);
    HttpResponse<String> made = client.send("PUT", "/blueprints/b2", "Authorization", dora);
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.body()).startsWith("{\"id\":\"b2\",").contains("\"created_by\":\"dora\"");
    assertThat(client.send("PUT", "/blueprints/b2", "Authorization", dora).statusCode())
        .isEqualTo(409);
    assertThat(client.get("/blueprints", "Authorization", dora).body()).contains("\"id\":\"b2\"");
    assertThat(client.send("DELETE", "/blueprints/b2", "Authorization", dora).statusCode())
        .isEqualTo(403);
    assertThat(client.send("DELETE", "/blueprints/b2", "Authorization", alice).statusCode())
        .isEqualTo(204);
    assertThat(client.get("/blueprints/b2", "Authorization", dora).statusCode()).isEqualTo(404);
  }

  @Test
  void aPathThatIsNothingIsRefusedBeforeItIsLookedFor() throws Exception {
    assertThat(client.get("/nothing").statusCode()).isEqualTo(401);
    assertThat(
            client.send("DELETE", "/nothing", "Authorization", basic("victor")).statusCode())
        .isEqualTo(403);
    assertThat(client.get("/nothing", "Authorization", basic("victor")).statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/version/",
        "/Version",
        "/version/x",
        "/ok;x=y",
        "//version",
        "/version%2f",
        "/%2e/version"
      })
  void whatOnlyLooksLikeAnOpenPathIsNotOpen(String path) throws Exception {
    String answer = client.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).containsPattern("^HTTP/1.1 (400|401) ");
  }

  @Test
  void headHasTheFieldsAndNoBody() throws Exception {
    HttpResponse<String> open = client.send("HEAD", "/version");
    HttpResponse<String> refused = client.send("HEAD", "/status");
    HttpResponse<String> allowed = client.send("HEAD", "/status", "Authorization", basic("victor"));

    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().allValues("WWW-Authenticate")).hasSize(2);
    assertThat(allowed.statusCode()).isEqualTo(200);
    assertThat(List.of(open.body(), refused.body(), allowed.body())).containsOnly("");
  }

  @Test
  void aHeaderOfAMegabyteIsRefusedAndHarmsNobody() throws Exception {
    String large = "x".repeat(1024 * 1024);

    String answer =
        client.raw("GET /status HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic "
            + large
            + "\r\n\r\n");

    // the container's own limit, before any filter; 431 is Jetty's word for it
    assertThat(answer).containsPattern("^HTTP/1.1 (400|431) ");
    assertThat(client.get("/status", "Authorization", basic("victor")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aNameWithControlCharactersBreaksNoLineOfTheAuditLog() throws Exception {
    HttpResponse<String> answer = client.get(
        "/status", "Authorization", basic("eve\r\n{\"outcome\":\"allowed\"}\u2028\u0007", "x"));

    assertThat(answer.statusCode()).isEqualTo(401);
    String id = answer.headers().firstValue("Sallyport-Decision").orElseThrow();
    assertThat(auditLog())
        .allSatisfy(line -> assertThat(line).startsWith("{\"time\":\"").endsWith("}"))
        .noneMatch(line -> line.startsWith("{\"outcome\""))
        .filteredOn(line -> line.contains("\"decision\":\"" + id + "\""))
        .singleElement()
        .asString()
        .contains("\"outcome\":\"unauthenticated\"")
        .doesNotContainPattern("\\p{Cntrl}|\u2028");
  }

  @Test
  void eachRefusalAndEachPassWithCredentialsIsOneLineOfTheAuditLog() throws Exception {
    String path = "/blueprints/audited";

    client.get(path);
    client.get(path, "Authorization", basic("alice", "wrong"));
    client.get(path, "Authorization", basic("victor"));
    client.send("DELETE", path, "Authorization", basic("victor"));

    List<String> lines = auditLog().stream().filter(line -> line.contains(path)).toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).contains("\"outcome\":\"unauthenticated\"").doesNotContain("\"user\"");
    assertThat(lines.get(1)).contains("\"claimed_user\":\"alice\"").doesNotContain("\"user\"");
    assertThat(lines.get(2)).contains("\"outcome\":\"allowed\"").contains("\"user\":\"victor\"");
    assertThat(lines.get(3)).contains("\"outcome\":\"forbidden\"").contains("\"status\":403");
  }

  @Test
  void theAuditLogHoldsNoSecrets() throws Exception {
    String token = client.token("victor");
    client.get("/status", "Authentication-Token", token);
    client.get("/status", "Authorization", basic("victor"));
    client.get("/status", "Authorization", basic("victor", "wrong horse battery"));

    String log = String.join("\n", auditLog());
    assertThat(log)
        .doesNotContain(token)
        .doesNotContain("victor's password")
        .doesNotContain("wrong horse battery")
        .doesNotContain(basic("victor").substring(6))
        .doesNotContain("$argon2id$");
  }

  @Test
  void nothingOfTheRequestIsReflected() throws Exception {
    HttpResponse<String> answer =
        client.send("TRACE", "/status", "Authorization", basic("alice"), "X-Own", "echo-me");

    // Tomcat and Jetty refuse the method themselves, each in its way
    assertThat(answer.statusCode()).isIn(400, 405);
    assertThat(answer.body()).doesNotContain("echo-me");
  }

  private List<String> auditLog() throws Exception {
    return Files.readAllLines(folder.file("logs/audit.log"));
  }

  private static String withoutId(String body) {
    return body.replaceAll("[0-9a-f]{12}-[0-9a-z]+", "ID");
  }
}
