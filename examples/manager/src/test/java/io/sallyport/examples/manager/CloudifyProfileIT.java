package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the clients of generation 3 and 4 need. */
class CloudifyProfileIT {

  private static final String UNAUTHORIZED =
      "{\"message\":\"user unauthorized\",\"error_code\":\"unauthorized_error\","
          + "\"server_traceback\":null}";

  @TempDir
  private Path parent;

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void generationThreeAnswers401ToWhateverItRefuses(Container.Kind kind) throws Exception {
    try (ManagerServer server = third(kind)) {
      Client client = Client.of(server.url());

      for (HttpResponse<String> answer : List.of(
          client.get("/status"),
          client.get("/status", "Authorization", basic("alice", "wrong")),
          client.get("/status", "Authentication-Token", "x"),
          client.send("DELETE", "/blueprints/x", "Authorization", basic("victor")))) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo(UNAUTHORIZED);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void generationThreeMakesTokensByGet(Container.Kind kind) throws Exception {
    try (ManagerServer server = third(kind)) {
      Client client = Client.of(server.url());

      for (String path : new String[] {"/tokens", "/api/v2.1/tokens"}) {
        HttpResponse<String> answer = client.get(path, "Authorization", basic("victor"));

        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.body()).as(path).matches("\\{\"value\":\"[^\"]+\"}");
        String token = answer.body().replaceAll(".*:\"|\"}", "");
        assertThat(client.get("/status", "Authentication-Token", token).statusCode())
            .isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void generationThreeHasItsPathsAndBodies(Container.Kind kind) throws Exception {
    try (ManagerServer server = third(kind)) {
      Client client = Client.of(server.url());
      String alice = basic("alice");

      assertThat(client.get("/api/v2.1/version").body())
          .matches("\\{\"version\":\"[^\"]+\",\"build\":null,\"date\":null,\"commit\":null}");
      assertThat(client.get("/api/v2.1/status", "Authorization", alice).body())
          .isEqualTo("{\"status\":\"running\",\"services\":[]}");
      assertThat(client.get("/blueprints", "Authorization", alice).body()).isEqualTo("[]");
      assertThat(client.get("/api/v2.1/blueprints", "Authorization", alice).body())
          .isEqualTo(
              "{\"items\":[],\"metadata\":{\"pagination\":{\"total\":0,\"offset\":0,\"size\":0},"
                  + "\"filtered\":null}}");
      assertThat(client
              .send("PUT", "/api/v2.1/blueprints/b", "Authorization", alice)
              .statusCode())
          .isEqualTo(201);
      HttpResponse<String> deleted =
          client.send("DELETE", "/api/v2.1/blueprints/b", "Authorization", alice);
      assertThat(deleted.statusCode()).isEqualTo(200);
      assertThat(deleted.body()).startsWith("{\"id\":\"b\",");
      HttpResponse<String> missing = client.get("/api/v2.1/blueprints/b", "Authorization", alice);
      assertThat(missing.statusCode()).isEqualTo(404);
      assertThat(missing.body())
          .isEqualTo("{\"message\":\"Requested `Blueprint` with ID `b` was not found\","
              + "\"error_code\":\"not_found_error\",\"server_traceback\":null}");
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void generationThreeTakesTheUrlSafeAlphabetWithoutPadding(Container.Kind kind) throws Exception {
    try (ManagerServer server = third(kind)) {
      Client client = Client.of(server.url());
      String credentials = basic("alice").replace('+', '-').replace('/', '_').replace("=", "");

      assertThat(client.get("/status", "Authorization", credentials).statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void generationThreeSaysThatNothingMakesTokens(Container.Kind kind) throws Exception {
    ConfigurationFolder folder = ConfigurationFolder.in(parent);
    folder.configure("""
        token_generator:
          {implementation: token, properties: {secret_key: '${file:token.key}', expires_in_seconds: 600}}
        """, "profile: cloudify-3\n");
    try (ManagerServer server = folder.start(kind)) {
      HttpResponse<String> answer =
          Client.of(server.url()).get("/tokens", "Authorization", basic("alice"));

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body())
          .isEqualTo(
              "{\"message\":\"token generation not supported, an auth token generator was not"
                  + " registered\",\"error_code\":\"no_token_generator_error\","
                  + "\"server_traceback\":null}");
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void generationFourForbidsWith403(Container.Kind kind) throws Exception {
    ConfigurationFolder folder = ConfigurationFolder.in(parent);
    folder.configure("version: 1\n", "version: 1\nprofile: cloudify-4\n");
    try (ManagerServer server = folder.start(kind)) {
      Client client = Client.of(server.url());

      HttpResponse<String> forbidden =
          client.send("DELETE", "/api/v3.1/blueprints/x", "Authorization", basic("victor"));
      assertThat(forbidden.statusCode()).isEqualTo(403);
      assertThat(forbidden.body())
          .contains("\"error_code\":\"forbidden_error\"")
          .contains("User `victor` is not permitted to perform the action");
      assertThat(client.get("/api/v3.1/status").body())
          .contains("User unauthorized: No authentication info provided");
      assertThat(client.get("/api/v3.1/status", "Authorization", basic("alice")).body())
          .isEqualTo("{\"status\":\"OK\",\"services\":{}}");
      assertThat(client.get("/api/version", "Authorization", basic("alice")).body())
          .contains("\"edition\":");
    }
  }

  private ManagerServer third(Container.Kind kind) throws Exception {
    ConfigurationFolder folder = ConfigurationFolder.in(parent);
    folder.configure("version: 1\n", "version: 1\nprofile: cloudify-3\n");
    folder.configure(
        "open_endpoints: [GET /version,", "open_endpoints: [GET /version, GET /api/v2.1/version,");
    folder.configure("tokens: /tokens", "tokens: [/tokens, /api/v2.1/tokens]");
    return folder.start(kind);
  }
}
