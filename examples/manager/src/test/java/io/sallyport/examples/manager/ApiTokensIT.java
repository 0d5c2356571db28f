package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static io.sallyport.examples.manager.Client.member;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of API tokens as clients see it; the rows are those of the system that is re-created. */
class ApiTokensIT {

  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir
  private Path parent;

  private ConfigurationFolder folder;
  private ManagerServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    folder = ConfigurationFolder.withTokensIn(parent);
    open();
  }

  private void open() throws Exception {
    server = folder.start(Container.Kind.TOMCAT);
    client = Client.of(server.url());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void g20AndG21TheValueIsShownOnceAndOnlyItsHashIsKept() throws Exception {
    HttpResponse<String> made = client.postJson(
        "/api-tokens", "{\"description\":\"for the build\"}", "Authorization", basic("victor"));
    String value = member(made, "value");

    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(value).matches("sly-[A-Za-z0-9]{10}-[A-Za-z0-9]{40}");
    assertThat(value).contains("-" + member(made, "id") + "-");
    assertThat(statusWith(value)).isEqualTo(200);
    assertThat(client.get("/status", "Authentication-Token", value).statusCode())
        .isEqualTo(200);
    String secret = value.substring(value.lastIndexOf('-') + 1);
    assertThat(Files.readString(folder.file("tokens.journal")))
        .contains("for the build")
        .doesNotContain(secret);
    assertThat(Files.readString(folder.file("logs/audit.log")))
        .contains(member(made, "id"))
        .doesNotContain(secret);
  }

  @Test
  void g21AnExpiryInThePastIsRefused() throws Exception {
    HttpResponse<String> answer = client.postJson(
        "/api-tokens", "{\"expires\":\"2020-01-01T00:00:00Z\"}", "Authorization", basic("victor"));

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "+10h, PT10H",
    "+30 minutes, PT30M",
    "+1 day, P1D",
    "+1day+10min, PT24H10M",
    "PT90M, PT90M",
    "P2D, P2D"
  })
  void g22AnExpiryIsCountedFromTheCurrentMinute(String expires, Duration after) throws Exception {
    Instant before = Instant.now();

    HttpResponse<String> made = client.postJson(
        "/api-tokens", "{\"expires\":\"" + expires + "\"}", "Authorization", basic("victor"));

    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    assertThat(Instant.parse(member(made, "expires")))
        .isBetween(before.plus(after).minusSeconds(60), Instant.now().plus(after));
  }

  @Test
  void g22AnExpiryIsADayAndMinuteInUtc() throws Exception {
    String tomorrow = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm")
        .withZone(ZoneOffset.UTC)
        .format(Instant.now().plus(Duration.ofDays(1)));

    HttpResponse<String> made = client.postJson(
        "/api-tokens",
        "{\"expiration_date\":\"" + tomorrow + "\"}",
        "Authorization",
        basic("victor"));

    assertThat(member(made, "expires")).startsWith(tomorrow.replace(' ', 'T') + ":00");
  }

  @Test
  void g23EverybodySeesTheirOwnAndAnAdministratorAllWithoutTheirValues() throws Exception {
    String victors = make("victor", "{\"description\":\"victor's\"}");
    String doras = make("dora", "{\"description\":\"dora's\"}");

    String own = list("victor", "");
    String all = list("alice", "");

    assertThat(own).contains("victor's").doesNotContain("dora's");
    assertThat(all).contains("victor's", "dora's");
    assertThat(own + all).doesNotContain(secret(victors), secret(doras));
  }

  @Test
  void g23TheListIsSortedAndPaged() throws Exception {
    for (String description : new String[] {"b", "a", "c"}) {
      make("victor", "{\"description\":\"number " + description + "\"}");
    }

    String page = list("victor", "?_sort=-description&_size=1&_offset=1");

    assertThat(page).contains("number b").doesNotContain("number a").doesNotContain("number c");
    assertThat(page).contains("\"total\":3");
  }

  @Test
  void g24AnothersIsNotThere() throws Exception {
    String id = id(make("alice", "{}"));

    HttpResponse<String> read = client.get("/api-tokens/" + id, "Authorization", basic("victor"));
    HttpResponse<String> deleted =
        client.send("DELETE", "/api-tokens/" + id, "Authorization", basic("victor"));
    HttpResponse<String> unknown =
        client.get("/api-tokens/0123456789", "Authorization", basic("victor"));

    assertThat(read.statusCode()).isEqualTo(404);
    assertThat(deleted.statusCode()).isEqualTo(404);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(client.get("/api-tokens/" + id, "Authorization", basic("alice")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void g24ADeletedOneEndsWithTheNextRequest() throws Exception {
    String value = make("victor", "{}");
    assertThat(statusWith(value)).isEqualTo(200);

    HttpResponse<String> deleted =
        client.send("DELETE", "/api-tokens/" + id(value), "Authorization", basic("victor"));

    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(statusWith(value)).isEqualTo(401);
  }

  @Test
  void g25AWrongSecretAndAnUnknownIdHaveOneAnswer() throws Exception {
    String value = make("victor", "{}");
    String other = make("victor", "{}");
    String wrongSecret = value.substring(0, 15) + secret(other);
    client.send("DELETE", "/api-tokens/" + id(other), "Authorization", basic("victor"));

    HttpResponse<String> wrong = client.get("/status", "Authorization", "Bearer " + wrongSecret);
    HttpResponse<String> unknown = client.get("/status", "Authorization", "Bearer " + other);

    for (HttpResponse<String> answer : List.of(wrong, unknown)) {
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .anyMatch(challenge ->
              challenge.startsWith("Bearer ") && challenge.contains("error=\"invalid_token\""));
    }
    assertThat(withoutIds(wrong)).isEqualTo(withoutIds(unknown));
  }

  @Test
  void g25TheLastUseIsNotedOffTheRequestsWay() throws Exception {
    String value = make("victor", "{}");
    assertThat(list("victor", "")).contains("\"last_used\":null");

    statusWith(value);

    Eventually.holds(
        "the use is noted",
        () -> list("victor", "").matches("(?s).*\"last_used\":\"[0-9T:.-]+Z\".*"));
  }

  @Test
  void itIsGoodForNoMoreThanItWasMadeFor() throws Exception {
    String status = make("alice", "{\"endpoints\":[\"GET /status\"]}");
    String reading = make("alice", "{\"roles\":[\"administrator\"],\"endpoints\":[\"GET /**\"]}");

    assertThat(statusWith(status)).isEqualTo(200);
    assertThat(get("/blueprints", status)).isEqualTo(403);
    assertThat(get("/blueprints", reading)).isEqualTo(200);
    assertThat(client
            .send("DELETE", "/blueprints/none", "Authorization", "Bearer " + reading)
            .statusCode())
        .isEqualTo(403);
  }

  @Test
  void itMakesNoToken() throws Exception {
    String value = make("alice", "{}");

    for (String path : new String[] {"/tokens", "/api-tokens"}) {
      HttpResponse<String> answer = client.postJson(path, "{}", "Authorization", "Bearer " + value);

      assertThat(answer.statusCode()).as(path).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"roles\":[\"deployer\"]}", "{\"tenants\":[\"acme\"]}"})
  void nobodyMakesOneThatIsGoodForMoreThanThemselves(String wish) throws Exception {
    HttpResponse<String> answer =
        client.postJson("/api-tokens", wish, "Authorization", basic("victor"));

    assertThat(answer.statusCode()).isIn(400, 403);
  }

  @Test
  void itEndsWithThePasswordAndTheUser() throws Exception {
    String value = make("victor", "{}");
    assertThat(statusWith(value)).isEqualTo(200);

    folder.replace(
        "users.yaml",
        "users:\n"
            + ConfigurationFolder.user(
                "victor", ConfigurationFolder.hash("victor's next password"), "viewer"));

    Eventually.holds("the token is refused", () -> statusWith(value) == 401);
  }

  @Test
  void whatIsRevokedStaysSoAfterARestart() throws Exception {
    String stored = make("victor", "{}");
    String signed = client.token("victor");
    String kept = make("victor", "{}");
    for (String token : new String[] {stored, signed}) {
      assertThat(revoke(token, "victor")).isEqualTo(200);
      assertThat(statusWith(token)).isEqualTo(401);
    }

    server.close();
    open();

    assertThat(statusWith(stored)).isEqualTo(401);
    assertThat(statusWith(signed)).isEqualTo(401);
    assertThat(statusWith(kept)).isEqualTo(200);
  }

  @Test
  void nobodyRevokesAnothersButWhoMay() throws Exception {
    String value = make("alice", "{}");

    revoke(value, "victor");
    assertThat(statusWith(value)).isEqualTo(200);

    String victors = client.token("victor");
    assertThat(revoke(victors, "alice")).isEqualTo(200);
    assertThat(statusWith(victors)).isEqualTo(401);
  }

  @Test
  void everythingThatWasIssuedUntilNowEnds() throws Exception {
    String stored = make("victor", "{}");
    String signed = client.token("victor");
    String anothers = client.token("dora");

    HttpResponse<String> ended =
        client.send("DELETE", "/api-tokens?issued_before=now", "Authorization", basic("victor"));

    assertThat(ended.statusCode()).as(ended.body()).isEqualTo(204);
    assertThat(statusWith(stored)).isEqualTo(401);
    assertThat(statusWith(signed)).isEqualTo(401);
    assertThat(statusWith(anothers)).isEqualTo(200);
    assertThat(statusWith(client.token("victor"))).isEqualTo(200);
    assertThat(statusWith(make("victor", "{}"))).isEqualTo(200);
  }

  @Test
  void introspectionSaysWhatTheGateWouldSay() throws Exception {
    String value = make("victor", "{}");

    String active = introspect(value, "alice");
    client.send("DELETE", "/api-tokens/" + id(value), "Authorization", basic("victor"));
    String ended = introspect(value, "alice");

    assertThat(active).contains("\"active\":true", "\"username\":\"victor\"");
    assertThat(ended).isEqualTo("{\"active\":false}");
  }

  @Test
  void moreThanOneTokenIsAmbiguous() throws Exception {
    String one = make("victor", "{}");
    String two = client.token("victor");

    assertThat(client
            .get("/status", "Authorization", "Bearer " + one, "Authentication-Token", two)
            .statusCode())
        .isEqualTo(400);
    assertThat(client
            .get("/status", "Authorization", "Bearer " + one, "Authorization", "Bearer " + two)
            .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aTokenInTheQueryIsNotLookedAt() throws Exception {
    String value = make("victor", "{}");

    assertThat(client.get("/status?access_token=" + value + "&token=" + value).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aRefreshTokenIsGoodOnceForATokenAndForNothingElse() throws Exception {
    HttpResponse<String> first = client.postJson("/tokens", "", "Authorization", basic("victor"));
    String refresh = member(first, "refresh_token");

    assertThat(get("/status", refresh)).isEqualTo(403);
    HttpResponse<String> second =
        client.postJson("/tokens", "", "Authorization", "Bearer " + refresh);
    assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
    assertThat(statusWith(member(second, "value"))).isEqualTo(200);

    // whoever uses it again has stolen it, or was stolen from: all of the family ends
    assertThat(
            client.postJson("/tokens", "", "Authorization", "Bearer " + refresh).statusCode())
        .isEqualTo(401);
    assertThat(statusWith(member(second, "value"))).isEqualTo(401);
    assertThat(client
            .postJson("/tokens", "", "Authorization", "Bearer " + member(second, "refresh_token"))
            .statusCode())
        .isEqualTo(401);
    assertThat(statusWith(member(first, "value"))).isEqualTo(401);
  }

  private String make(String user, String wish) throws Exception {
    HttpResponse<String> made = client.postJson("/api-tokens", wish, "Authorization", basic(user));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    return member(made, "value");
  }

  private String list(String user, String query) throws Exception {
    HttpResponse<String> answer = client.get("/api-tokens" + query, "Authorization", basic(user));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private int statusWith(String token) throws Exception {
    return get("/status", token);
  }

  private int get(String path, String token) throws Exception {
    return client.get(path, "Authorization", "Bearer " + token).statusCode();
  }

  private int revoke(String token, String caller) throws Exception {
    return client
        .sendBody("POST", "/tokens/revoke", FORM, form(token), "Authorization", basic(caller))
        .statusCode();
  }

  private String introspect(String token, String caller) throws Exception {
    HttpResponse<String> answer = client.sendBody(
        "POST", "/tokens/introspect", FORM, form(token), "Authorization", basic(caller));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static String form(String token) {
    return "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
  }

  private static String id(String value) {
    return value.substring(4, 14);
  }

  private static String secret(String value) {
    return value.substring(15);
  }

  private static String withoutIds(HttpResponse<String> answer) {
    return answer.body().replaceAll("[0-9a-f]{12}-[0-9a-z]+", "ID");
  }
}
