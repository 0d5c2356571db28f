package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static io.sallyport.examples.manager.Client.member;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tokens endpoints of both generations in one server, told apart by their prefix, as their clients use
 * them; the rows are those of the system that is re-created.
 */
class CloudifyTokensIT {

  private static final String LIST = "/api/v3.1/tokens";
  private static final String THIRD = "/api/v2.1/tokens";
  private static final String VALUE = "ctok-[A-Za-z0-9]{10}-[A-Za-z0-9]{40}";
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @TempDir
  private Path parent;

  private ManagerServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    ConfigurationFolder folder = ConfigurationFolder.withTokensIn(parent);
    folder.configure("version: 1\n", """
        version: 1
        profile: cloudify-4
        tenants: {header: Tenant}
        """);
    folder.configure(
        "{secret_key: '${file:api-token.key}'}",
        "{secret_key: '${file:api-token.key}', prefix: ctok}");
    folder.configure("api_token\n    properties: {", """
        api_token
            properties: {default_life_time: never, max_life_time: never,\s""");
    folder.configure("""
            - {path: /tokens, generator: session}
            - {path: /api-tokens, generator: api}
        """, """
            - {path: /api/v3.1/tokens, generator: api}
            - {path: /api/v2.1/tokens, generator: session, form: cloudify-3}
        """);
    folder.write("roles.yaml", """
        administrator: {allow: {'*': ['*']}}
        deployer: {allow: {'*': ['*']}}
        viewer: {allow: {'*': [GET], '/api/v3.1/tokens/*': [POST, DELETE]}}
        """);
    server = folder.start(Container.Kind.TOMCAT);
    client = Client.of(server.url());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void g20AndG21ANewTokenHasSevenMembersAndItsValueThisOnce() throws Exception {
    HttpResponse<String> plain = post("victor", "{}");
    HttpResponse<String> described = post(
        "victor", "{\"description\":\"for the build\",\"expiration_date\":\"2101-10-12 12:21\"}");

    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(plain.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(plain.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(plain.body())
        .matches("\\{\"id\":\"[A-Za-z0-9]{10}\",\"username\":\"victor\",\"value\":\"" + VALUE
            + "\",\"role\":\"viewer\",\"expiration_date\":null,\"last_used\":null,"
            + "\"description\":null}");
    assertThat(member(plain, "value")).startsWith("ctok-" + member(plain, "id") + "-");
    assertThat(described.statusCode()).isEqualTo(200);
    assertThat(described.body())
        .contains("\"expiration_date\":\"2101-10-12T12:21:00.000Z\"")
        .contains("\"description\":\"for the build\"");
  }

  @Test
  void g21ABodyMayBeMissingThoughItsTypeIsSaid() throws Exception {
    HttpResponse<String> answer = client.postJson(LIST, "", "Authorization", basic("victor"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(member(answer, "value")).matches(VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2020-01-01 00:00", "2020-01-01T00:00:00Z", "PT-1H"})
  void g21APastDateIsRefusedInTheWordsThatClientsKnow(String past) throws Exception {
    HttpResponse<String> answer = post("victor", "{\"expiration_date\":\"" + past + "\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("{\"message\":\"Expiration date was in the past.\","
            + "\"error_code\":\"bad_parameters_error\",\"server_traceback\":null}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"tomorrow\"", "\"2030-02-31 12:00\"", "\"+1 fortnight\"", "17"})
  void g21WhatIsNoDateIsBadInputAndNoFault(String date) throws Exception {
    HttpResponse<String> answer = post("victor", "{\"expiration_date\":" + date + "}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"error_code\":\"bad_parameters_error\"");
  }

  @Test
  void g21MakingOneRemovesTheCallersExpiredOnes() throws Exception {
    HttpResponse<String> brief =
        post("victor", "{\"description\":\"brief\",\"expiration_date\":\"PT1S\"}");
    Eventually.holds("it has expired", () -> statusWith(member(brief, "value")) == 401);

    post("victor", "{\"description\":\"next\"}");

    assertThat(list("victor", "")).contains("\"next\"").doesNotContain("\"brief\"");
  }

  @ParameterizedTest
  @CsvSource({
    "+10h, PT10H",
    "+30 minutes, PT30M",
    "+1 day, P1D",
    "+1day+10min, PT24H10M",
    "+2w, P14D"
  })
  void g22AnExpiryIsCountedFromTheCurrentMinute(String text, Duration after) throws Exception {
    Instant before = Instant.now();

    HttpResponse<String> answer = post("victor", "{\"expiration_date\":\"" + text + "\"}");

    String end = member(answer, "expiration_date");
    assertThat(end).matches(TIME).endsWith(":00.000Z");
    assertThat(Instant.parse(end))
        .isBetween(before.plus(after).minusSeconds(60), Instant.now().plus(after));
  }

  @Test
  void g23AListHasItemsAndPagesAndNoValue() throws Exception {
    HttpResponse<String> made = post("victor", "{\"description\":\"victor's\"}");
    post("alice", "{\"description\":\"alice's\"}");
    String id = member(made, "id");

    String own = list("victor", "?_get_data=True");

    assertThat(own)
        .isEqualTo(
            "{\"items\":[{\"id\":\"" + id + "\",\"username\":\"victor\",\"value\":\"ctok-" + id
                + "-********\",\"role\":\"viewer\",\"expiration_date\":null,\"last_used\":null,"
                + "\"description\":\"victor's\"}],\"metadata\":{\"pagination\":{\"total\":1,"
                + "\"offset\":0,\"size\":1000},\"filtered\":null}}");
    assertThat(list("alice", "?_sort=-username"))
        .containsSubsequence("\"victor\"", "\"alice\"", "\"role\":\"administrator\"")
        .contains("\"total\":2");
    assertThat(list("alice", "?_include=id,description&_size=1&_offset=1&_sort=username"))
        .contains("[{\"id\":\"" + id + "\",\"description\":\"victor's\"}]")
        .contains("{\"total\":2,\"offset\":1,\"size\":1}");
  }

  @Test
  void g23AFieldThatNoTokenHasIsSaidToBeNone() throws Exception {
    HttpResponse<String> answer =
        client.get(LIST + "?_include=secret_hash", "Authorization", basic("alice"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"error_code\":\"no_such_include_field_error\"");
  }

  @Test
  void g24OneIsReadAndDeletedAndThenNotFound() throws Exception {
    HttpResponse<String> made = post("victor", "{}");
    String path = LIST + "/" + member(made, "id");

    HttpResponse<String> read = json("GET", path, basic("victor"));
    HttpResponse<String> deleted = json("DELETE", path, basic("victor"));
    HttpResponse<String> again = json("DELETE", path, basic("victor"));

    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.body())
        .isEqualTo(made.body().replaceAll("(ctok-[A-Za-z0-9]{10}-)[A-Za-z0-9]{40}", "$1********"));
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertThat(deleted.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(again.statusCode()).isEqualTo(404);
    assertThat(statusWith(member(made, "value"))).isEqualTo(401);
  }

  @Test
  void g24AnothersIsNotFoundInTheWordsForNone() throws Exception {
    String alices = member(post("alice", "{}"), "id");

    for (String id : List.of(alices, "aaaaaaaaaa")) {
      for (String method : List.of("GET", "DELETE")) {
        HttpResponse<String> answer = json(method, LIST + "/" + id, basic("victor"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
            .isEqualTo("{\"message\":\"Could not find token " + id
                + "\",\"error_code\":\"not_found_error\",\"server_traceback\":null}");
      }
    }
    assertThat(json("DELETE", LIST + "/" + alices, basic("alice")).statusCode()).isEqualTo(204);
  }

  @Test
  void g25AWrongSecretAnUnknownIdAndAnExpiredOneHaveOneAnswer() throws Exception {
    String value = member(post("victor", "{}"), "value");
    String other = member(post("victor", "{}"), "value");
    String brief = member(post("victor", "{\"expiration_date\":\"PT1S\"}"), "value");
    json("DELETE", LIST + "/" + other.substring(5, 15), basic("victor"));
    Eventually.holds("it has expired", () -> statusWith(brief) == 401);

    for (String refused : List.of(value.substring(0, 16) + other.substring(16), other, brief)) {
      HttpResponse<String> answer = with(refused);

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body())
          .isEqualTo("{\"message\":\"User unauthorized: Unauthorized\","
              + "\"error_code\":\"unauthorized_error\",\"server_traceback\":null}");
    }
    assertThat(statusWith(value)).isEqualTo(200);
  }

  @Test
  void g25TheLastUseIsATimeOfThatForm() throws Exception {
    String value = member(post("victor", "{}"), "value");

    statusWith(value);

    Eventually.holds(
        "the use is noted", () -> list("victor", "").matches(".*\"last_used\":\"" + TIME + "\".*"));
  }

  @Test
  void g26NeitherMakingNorUsingOneNeedsATenant() throws Exception {
    HttpResponse<String> without = post("victor", "{}");
    HttpResponse<String> foreign =
        client.postJson(LIST, "{}", "Authorization", basic("victor"), "Tenant", "nobody_s");

    assertThat(without.statusCode()).isEqualTo(200);
    assertThat(statusWith(member(without, "value"))).isEqualTo(200);
    assertThat(foreign.statusCode()).isEqualTo(403);
  }

  @Test
  void t2AndG27GenerationThreeMakesASignedOneByGetAndThatMakesTheNext() throws Exception {
    HttpResponse<String> first = json("GET", THIRD, basic("victor"));
    String value = member(first, "value");
    HttpResponse<String> next =
        client.get(THIRD, "Content-Type", "application/json", "Authentication-Token", value);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).matches("\\{\"value\":\"[^\".]+\\.[^\".]+\\.[^\".]+\"}");
    assertThat(statusWith(value)).isEqualTo(200);
    assertThat(next.statusCode()).isEqualTo(200);
    assertThat(statusWith(member(next, "value"))).isEqualTo(200);
    assertThat(list("victor", "")).contains("\"items\":[]");
  }

  @Test
  void aStoredOneMakesNoneInTheWordsOfEachGeneration() throws Exception {
    String value = member(post("alice", "{}"), "value");

    HttpResponse<String> fourth = client.postJson(LIST, "{}", "Authentication-Token", value);
    HttpResponse<String> third = client.get(THIRD, "Authentication-Token", value);

    assertThat(fourth.statusCode()).isEqualTo(403);
    assertThat(fourth.body()).contains("\"error_code\":\"forbidden_error\"");
    assertThat(third.statusCode()).isEqualTo(401);
    assertThat(third.body())
        .isEqualTo("{\"message\":\"user unauthorized\",\"error_code\":\"unauthorized_error\","
            + "\"server_traceback\":null}");
  }

  private HttpResponse<String> post(String name, String body) throws Exception {
    return client.postJson(LIST, body, "Authorization", basic(name));
  }

  /** As clients send it: they say the type of a body that is not there. */
  private HttpResponse<String> json(String method, String path, String authorization)
      throws Exception {
    return client.send(
        method, path, "Content-Type", "application/json", "Authorization", authorization);
  }

  private String list(String name, String query) throws Exception {
    HttpResponse<String> answer = json("GET", LIST + query, basic(name));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> with(String token) throws Exception {
    return client.get("/api/v3.1/status", "Authentication-Token", token);
  }

  private int statusWith(String token) throws Exception {
    return with(token).statusCode();
  }
}
