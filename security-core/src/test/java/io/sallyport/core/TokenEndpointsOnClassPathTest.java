package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.IssuedToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.api.TokenRequest;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.TokenQuery;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointsOnClassPathTest {

  private static final String CONFIGURATION = """
      version: 1
      userstore:
        implementation: listed
        properties: {users: ['alice:user', 'bob:user', 'root:admin', 'rs:checker']}
      token_store: {implementation: listed}
      authentication_providers:
        - {name: caller, implementation: named}
        - {name: kept, implementation: kept}
      token_generators:
        - {name: api, implementation: kept, properties: {public_keys: '{"keys":[{"kty":"EC","kid":"1"}]}'}}
        - {name: numbered, implementation: numbered}
      endpoints:
        tokens:
          - {path: /tokens}
          - {path: /api/v2/tokens, generator: numbered, form: cloudify-3}
          - {path: /api/v3.1/tokens, generator: api, form: cloudify-4}
        token_revocation: /tokens/revoke
        token_introspection: /tokens/introspect
        jwks: /.well-known/jwks.json
      permissions: {manage_others_tokens: [admin], introspect_tokens: [checker]}
      open_endpoints: [GET /.well-known/jwks.json]
      rules:
        - {path: /**, access: authenticated}
      audit: {file: audit.log}
      """;
  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir
  Path folder;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable open : opened) {
      open.close();
    }
  }

  private TomcatFixture app() throws Exception {
    return app(CONFIGURATION);
  }

  private TomcatFixture app(String configuration) throws Exception {
    Path file = folder.resolve("security.yaml");
    Files.writeString(file, configuration);
    Sallyport sallyport = Sallyport.load(file);
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    opened.add(sallyport);
    fixture.initializer((classes, context) -> sallyport.register(context));
    fixture.start();
    return fixture;
  }

  private static HttpResponse<String> make(TomcatFixture app, String user, String body)
      throws Exception {
    return app.send("POST", "/tokens", body, "X-User", user);
  }

  private static HttpResponse<String> form(TomcatFixture app, String path, String body, String user)
      throws Exception {
    return app.send("POST", path, body, "X-User", user, "Content-Type", FORM);
  }

  private static String bearer(String id) {
    return "Bearer kept-" + id;
  }

  @Test
  void makesShowsListsAndEndsATokenOfTheCaller() throws Exception {
    TomcatFixture app = app();

    HttpResponse<String> made = make(app, "alice", """
        {"description": "ci\\"<x>", "expires": "2031-01-31 12:00", "endpoints": ["GET /tokens"]}""");
    HttpResponse<String> listed = app.get("/tokens", "X-User", "alice");
    HttpResponse<String> shown = app.get("/tokens/t1", "X-User", "alice");
    HttpResponse<String> ended = app.send("DELETE", "/tokens/t1", "", "X-User", "alice");

    assertThat(made.body())
        .isEqualTo("{\"id\":\"t1\",\"value\":\"kept-t1\",\"expires\":\"2031-01-31T12:00:00.000Z\","
            + "\"description\":\"ci\\\"<x>\",\"restrictions\":{\"endpoints\":[\"GET /tokens\"]}}");
    assertThat(listed.body())
        .startsWith("{\"items\":[{\"id\":\"t1\",\"username\":\"alice\",\"userstore\":\"main\"")
        .endsWith("\"metadata\":{\"pagination\":{\"total\":1,\"offset\":0,\"size\":1000},"
            + "\"filtered\":null}}")
        .doesNotContain("hash-of", "kept-t1");
    assertThat(shown.body()).contains("\"id\":\"t1\"").doesNotContain("hash-of", "kept-t1");
    assertThat(shown.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(ended.statusCode()).isEqualTo(204);
    assertThat(ended.body()).isEmpty();
    assertThat(app.get("/tokens/t1", "X-User", "alice").statusCode()).isEqualTo(404);
    assertThat(app.get("/tokens", "Authorization", bearer("t1")).statusCode()).isEqualTo(401);
  }

  @Test
  void handsOutARefreshTokenBesideAToken() throws Exception {
    assertThat(make(app(), "alice", "{\"description\": \"with refresh\"}").body())
        .endsWith("\"refresh_token\":\"refresh-value\","
            + "\"refresh_expires\":\"2031-01-01T00:00:00.000Z\"}");
  }

  @Test
  void showsAndEndsNobodyElsesTokensWithoutThePermission() throws Exception {
    TomcatFixture app = app();
    make(app, "alice", "");

    assertThat(app.get("/tokens", "X-User", "bob").body()).contains("\"items\":[]");
    assertThat(app.get("/tokens?username=alice", "X-User", "bob").body()).contains("\"items\":[]");
    assertThat(app.get("/tokens/t1", "X-User", "bob").statusCode()).isEqualTo(404);
    assertThat(app.send("DELETE", "/tokens/t1", "", "X-User", "bob").statusCode())
        .isEqualTo(404);
    assertThat(app.get("/tokens?username=alice", "X-User", "root").body())
        .contains("\"id\":\"t1\"");
    assertThat(app.send("DELETE", "/tokens/t1", "", "X-User", "root").statusCode())
        .isEqualTo(204);
  }

  @Test
  void speaksTheFormOfEachPath() throws Exception {
    TomcatFixture app = app();
    app.send("POST", "/api/v3.1/tokens", "{\"description\": \"x\"}", "X-User", "alice");

    assertThat(app.get("/api/v2/tokens", "X-User", "alice").body())
        .isEqualTo("{\"value\":\"number-1\"}");
    assertThat(app.get("/api/v3.1/tokens", "X-User", "alice").body())
        .startsWith("{\"items\":[{\"id\":\"t1\",\"username\":\"alice\","
            + "\"value\":\"ctok-t1-********\",\"role\":\"user\",\"expiration_date\":null,"
            + "\"last_used\":null,\"description\":\"x\"}]");
    assertThat(app.get("/api/v3.1/tokens", "X-User", "root").body()).contains("\"role\":\"user\"");
    HttpResponse<String> past = app.send(
        "POST",
        "/api/v3.1/tokens",
        "{\"expiration_date\": \"2001-01-01 00:00\"}",
        "X-User",
        "alice");
    assertThat(past.statusCode()).isEqualTo(400);
    assertThat(past.body())
        .isEqualTo("{\"message\":\"Expiration date was in the past.\","
            + "\"error_code\":\"bad_parameters_error\",\"server_traceback\":null}");
    assertThat(app.get("/api/v3.1/tokens/none", "X-User", "alice").body())
        .contains("Could not find token none", "not_found_error");
    assertThat(
            app.get("/api/v3.1/tokens?_include=secret_hash", "X-User", "alice").body())
        .contains("no_such_include_field_error");
    assertThat(app.get("/api/v2/tokens/t1", "X-User", "alice").statusCode()).isEqualTo(404);
  }

  @Test
  void aLinkOfAnotherSiteMakesATokenAtNoPath() throws Exception {
    TomcatFixture app = app();

    assertThat(app.get("/api/v2/tokens", "X-User", "alice", "Sec-Fetch-Site", "cross-site")
            .statusCode())
        .isEqualTo(403);
    assertThat(app.get("/api/v3.1/tokens", "X-User", "alice", "Sec-Fetch-Site", "cross-site")
            .statusCode())
        .isEqualTo(200);
  }

  @Test
  void pagesFiltersAndPicksMembers() throws Exception {
    TomcatFixture app = app();
    make(app, "alice", "{\"description\": \"one\"}");
    make(app, "alice", "{\"description\": \"two\"}");

    assertThat(
            app.get("/tokens?_sort=-id&_size=1&_include=id", "X-User", "alice").body())
        .contains("\"items\":[{\"id\":\"t2\"}]", "\"total\":2");
    assertThat(app.get("/tokens?_offset=1&_include=id&_get_data=True", "X-User", "alice")
            .body())
        .contains("[{\"id\":\"t2\"}]");
    assertThat(app.get("/tokens?_search=tw&_include=id", "X-User", "alice").body())
        .contains("[{\"id\":\"t2\"}]");
    assertThat(app.get("/tokens?description=on&_include=id&_sort=%2Bid", "X-User", "alice")
            .body())
        .contains("[{\"id\":\"t1\"}]");
    assertThat(app.get("/tokens?id=t1&_include=&_size=0", "X-User", "alice").body())
        .contains("\"items\":[]", "\"total\":1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_size=1001",
        "_size=-1",
        "_size=x",
        "_offset=2147483648",
        "_offset=99999999999999999999",
        "_sort=secret_hash",
        "_sort=",
        "_sort=-",
        "secret_hash=x",
        "_include=secret_hash",
        "_include=id,,",
        "_size=1&_size=2",
        "_search=a&description=b"
      })
  void refusesWhatNoListHas(String query) throws Exception {
    int status = app().get("/tokens?" + query, "X-User", "alice").statusCode();

    assertThat(status).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/tokens/..%2ft1", "/tokens/t1/x", "/tokens/", "/tokens/t1%20", "/tokens/%2e%2e"})
  void findsNothingByWhatIsNoId(String path) throws Exception {
    TomcatFixture app = app();
    make(app, "alice", "");

    assertThat(app.get(path, "X-User", "alice").statusCode()).isIn(400, 404);
    assertThat(app.get("/tokens/t1", "X-User", "alice").statusCode()).isEqualTo(200);
  }

  @Test
  void aNarrowedTokenSeesAndEndsItselfAlone() throws Exception {
    TomcatFixture app = app();
    make(app, "alice", "{\"roles\": [\"user\"]}");
    make(app, "alice", "");
    String narrow = bearer("t1");

    assertThat(app.get("/tokens?_include=id", "Authorization", narrow).body())
        .contains("[{\"id\":\"t1\"}]");
    assertThat(app.get("/tokens?id=t2", "Authorization", narrow).body()).contains("\"items\":[]");
    assertThat(app.get("/tokens/t2", "Authorization", narrow).statusCode()).isEqualTo(404);
    assertThat(app.send("DELETE", "/tokens/t2", "", "Authorization", narrow).statusCode())
        .isEqualTo(404);
    assertThat(app.send("DELETE", "/tokens?issued_before=now", "", "Authorization", narrow)
            .statusCode())
        .isEqualTo(403);
    assertThat(app.send("DELETE", "/tokens/t1", "", "Authorization", narrow).statusCode())
        .isEqualTo(204);
  }

  @Test
  void aTokenForOneTenantAlsoSeesItselfAlone() throws Exception {
    TomcatFixture app = app();
    make(app, "root", "{\"tenants\": [\"a\"]}");
    make(app, "root", "{\"description\": \"signed\", \"tenants\": [\"a\"]}");

    assertThat(app.get("/tokens/t1", "Authorization", bearer("t1")).statusCode())
        .isEqualTo(200);
    assertThat(app.get("/tokens/t2", "Authorization", bearer("t1")).statusCode())
        .isEqualTo(404);
    assertThat(app.get("/tokens", "Authorization", bearer("t2")).body()).contains("\"items\":[]");
  }

  @Test
  void endsEverythingOfACallerAndOfOthersWherePermitted() throws Exception {
    TomcatFixture app = app();
    make(app, "alice", "");
    make(app, "bob", "");

    assertThat(delete(app, "issued_before=now", "alice")).isEqualTo(204);
    assertThat(app.get("/tokens", "Authorization", bearer("t1")).statusCode()).isEqualTo(401);
    assertThat(app.get("/tokens", "Authorization", bearer("t2")).statusCode()).isEqualTo(200);
    assertThat(delete(app, "issued_before=now&username=bob", "alice")).isEqualTo(403);
    assertThat(delete(app, "issued_before=now&username=bob&userstore=main", "root"))
        .isEqualTo(204);
    assertThat(app.get("/tokens", "Authorization", bearer("t2")).statusCode()).isEqualTo(401);
    assertThat(delete(app, "issued_before=2020-01-01T00:00:00Z&username=bob", "root"))
        .isEqualTo(204);
  }

  private static int delete(TomcatFixture app, String query, String user) throws Exception {
    return app.send("DELETE", "/tokens?" + query, "", "X-User", user).statusCode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "username=bob",
        "issued_before=soon",
        "issued_before=2100-01-01T00:00:00Z",
        "issued_before=now&username=nobody",
        "issued_before=now&username=bob&userstore=other",
        "issued_before=now&all=true"
      })
  void endsNothingByMistake(String query) throws Exception {
    TomcatFixture app = app();
    make(app, "root", "");

    assertThat(delete(app, query, "root")).isEqualTo(400);
    assertThat(app.get("/tokens", "Authorization", bearer("t1")).statusCode()).isEqualTo(200);
  }

  @Test
  void aSignedTokenEndsByItsOwnId() throws Exception {
    TomcatFixture app = app();
    make(app, "alice", "{\"description\": \"signed\"}");

    assertThat(
            app.send("DELETE", "/tokens/t1", "", "Authorization", bearer("t1")).statusCode())
        .isEqualTo(204);
    assertThat(app.get("/tokens", "Authorization", bearer("t1")).statusCode()).isEqualTo(401);
  }

  @Test
  void revokesOnesOwnTokenAndSaysNothingOfOthers() throws Exception {
    TomcatFixture app = app();
    make(app, "alice", "");
    make(app, "alice", "{\"description\": \"outside\"}");

    assertThat(form(app, "/tokens/revoke", "token=kept-t1", "bob").statusCode()).isEqualTo(200);
    assertThat(app.get("/tokens", "Authorization", bearer("t1")).statusCode()).isEqualTo(200);
    assertThat(form(app, "/tokens/revoke", "token=kept-t1&token_type_hint=access_token", "alice")
            .statusCode())
        .isEqualTo(200);
    assertThat(app.get("/tokens", "Authorization", bearer("t1")).statusCode()).isEqualTo(401);
    assertThat(form(app, "/tokens/revoke", "token=nonsense", "alice").statusCode())
        .isEqualTo(200);
    assertThat(form(app, "/tokens/revoke", "token=kept-t2", "alice").body())
        .contains("\"error\":\"unsupported_token_type\"");
  }

  @Test
  void revokesOthersTokensWherePermittedAndAFamilyOfRefreshTokens() throws Exception {
    TomcatFixture app = app();
    make(app, "alice", "");
    make(app, "alice", "{\"description\": \"refresh\"}");
    make(app, "alice", "{\"description\": \"refresh\"}");

    form(app, "/tokens/revoke", "token=kept-t1", "root");
    form(app, "/tokens/revoke", "token=kept-t2", "alice");

    assertThat(app.get("/tokens", "Authorization", bearer("t1")).statusCode()).isEqualTo(401);
    assertThat(app.send("POST", "/tokens", "", "Authorization", bearer("t3")).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aRefreshTokenMakesTokensAndDoesNothingElse() throws Exception {
    TomcatFixture app = app();
    make(app, "alice", "{\"description\": \"refresh\"}");
    String refresh = bearer("t1");

    assertThat(app.send("POST", "/tokens", "", "Authorization", refresh).statusCode())
        .isEqualTo(200);
    assertThat(app.get("/tokens", "Authorization", refresh).statusCode()).isEqualTo(403);
    assertThat(app.get("/api/v2/tokens", "Authorization", refresh).statusCode()).isEqualTo(403);
    assertThat(app.send("DELETE", "/tokens/t1", "", "Authorization", refresh).statusCode())
        .isEqualTo(403);
    assertThat(app.send("POST", "/tokens/t1", "", "Authorization", refresh).statusCode())
        .isEqualTo(403);
    assertThat(app.get("/tokens/t1", "X-User", "alice").statusCode()).isEqualTo(404);
  }

  @Test
  void tellsOfATokenToWhoeverMayKnow() throws Exception {
    TomcatFixture app = app();
    make(app, "alice", "{\"tenants\": [\"a\"], \"endpoints\": [\"GET /x\"]}");
    make(app, "alice", "{\"description\": \"refresh\"}");

    assertThat(form(app, "/tokens/introspect", "token=kept-t1", "alice").body())
        .startsWith("{\"active\":true,\"token_type\":\"Bearer\",\"kind\":\"stored\",\"jti\":\"t1\","
            + "\"sub\":\"alice\",\"username\":\"alice\",\"userstore\":\"main\"")
        .endsWith("\"roles\":[],\"tenants\":[\"a\"],\"endpoints\":[\"GET /x\"]}");
    assertThat(form(app, "/tokens/introspect", "token=kept-t1", "rs").body())
        .startsWith("{\"active\":true");
    for (String[] inactive : new String[][] {
      {"token=kept-t1", "bob"},
      {"token=kept-t2", "alice"},
      {"token=kept-t9", "rs"},
      {"token=Basic+YWxpY2U6eA%3D%3D", "rs"},
      {"token=alice", "rs"},
      {"token=kept-t1%0d%0aX-User:+root", "rs"},
      {"token=" + "x".repeat(20_000), "rs"}
    }) {
      HttpResponse<String> answer = form(app, "/tokens/introspect", inactive[0], inactive[1]);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"active\":false}");
    }
  }

  @Test
  void knowsTokensThatLiveInAnotherField() throws Exception {
    TomcatFixture app = app(CONFIGURATION.replace(
        "{name: kept, implementation: kept}",
        "{name: kept, implementation: kept, properties: {header: Authentication-Token}}"));
    make(app, "alice", "");

    assertThat(form(app, "/tokens/introspect", "token=kept-t1", "alice").body())
        .startsWith("{\"active\":true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "token=", "token=a&token=b", "token=%zz", "tok=a", "&&"})
  void refusesAFormWithoutOneToken(String body) throws Exception {
    HttpResponse<String> answer = form(app(), "/tokens/introspect", body, "alice");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"error\":\"invalid_request\"");
  }

  @Test
  void takesTokensFromTheBodyOfAFormOnly() throws Exception {
    TomcatFixture app = app();

    assertThat(form(app, "/tokens/introspect?token=kept-t1", "", "alice").statusCode())
        .isEqualTo(400);
    assertThat(app.get("/tokens/revoke?token=kept-t1", "X-User", "alice").statusCode())
        .isEqualTo(405);
    assertThat(app.send("POST", "/tokens/revoke", "token=a", "X-User", "alice").statusCode())
        .isEqualTo(415);
    assertThat(app.send(
                "POST", "/tokens/revoke", "{}", "X-User", "alice", "Content-Type", "text/plain")
            .statusCode())
        .isEqualTo(415);
    assertThat(
            form(app, "/tokens/revoke", "token=" + "x".repeat(40_000), "alice").statusCode())
        .isEqualTo(400);
    assertThat(
            app.send("POST", "/tokens/revoke", "token=a", "Content-Type", FORM).statusCode())
        .isEqualTo(401);
  }

  @Test
  void wantsTheBodyOfAWishToBeJson() throws Exception {
    TomcatFixture app = app();
    String body = "{\"description\": \"x\"}";

    assertThat(app.send("POST", "/tokens", body, "X-User", "alice", "Content-Type", "text/plain")
            .statusCode())
        .isEqualTo(415);
    assertThat(app.send(
                "POST",
                "/tokens",
                body,
                "X-User",
                "alice",
                "Content-Type",
                "application/json; charset=utf-8")
            .statusCode())
        .isEqualTo(200);
    assertThat(app.send("PUT", "/tokens", body, "X-User", "alice").headers().firstValue("Allow"))
        .contains("GET, HEAD, POST, DELETE");
    assertThat(app.send("PUT", "/tokens/t1", body, "X-User", "alice").headers().firstValue("Allow"))
        .contains("GET, HEAD, DELETE");
  }

  @Test
  void showsPublicKeysWhereARuleOpensThem() throws Exception {
    TomcatFixture app = app();

    HttpResponse<String> keys = app.get("/.well-known/jwks.json");

    assertThat(keys.body()).isEqualTo("{\"keys\":[{\"kty\":\"EC\",\"kid\":\"1\"}]}");
    assertThat(keys.headers().firstValue("Content-Type")).contains("application/jwk-set+json");
    assertThat(keys.headers().firstValue("Cache-Control")).contains("public, max-age=300");
    assertThat(app.send("POST", "/.well-known/jwks.json", "", "X-User", "alice").statusCode())
        .isEqualTo(405);
  }

  @Test
  void aStoreThatIsDownIsNeverAYes() throws Exception {
    TomcatFixture app = app(CONFIGURATION.replace(
        "token_store: {implementation: listed}",
        "token_store: {implementation: listed, properties: {down: true}}"));

    assertThat(app.get("/tokens/t1", "X-User", "alice").statusCode()).isEqualTo(503);
    HttpResponse<String> told = form(app, "/tokens/introspect", "token=kept-t1", "alice");
    assertThat(told.statusCode()).isEqualTo(503);
    assertThat(told.headers().firstValue("Retry-After")).contains("7");
    assertThat(told.body()).doesNotContain("the token store is down");
  }

  @Test
  void hostsMakeAndEndTokensAsTheEndpointsDo() throws Exception {
    Path file = folder.resolve("security.yaml");
    Files.writeString(file, CONFIGURATION);
    try (Sallyport sallyport = Sallyport.load(file)) {
      Tokens tokens = sallyport.tokens();

      IssuedToken made = tokens.issueFor("api", "main", "alice", new TokenRequest("job", null));

      assertThat(tokens.generators()).containsExactly("api", "numbered");
      assertThat(tokens.issueFor(null, "main", "bob", TokenRequest.defaults()).id())
          .isEqualTo("t2");
      assertThat(tokens.find(made.id()).orElseThrow().username()).isEqualTo("alice");
      TokenOwner alice = tokens.ownerOf("main", "alice").orElseThrow();
      assertThat(tokens.list(TokenQuery.of(alice)).total()).isEqualTo(1);
      assertThat(tokens.revoke(made.id())).isTrue();
      assertThat(tokens.revoke(made.id())).isFalse();
      assertThat(tokens.find(made.id())).isEmpty();
      assertThat(tokens.ownerOf("main", "nobody")).isEmpty();
      assertThat(tokens.ownerOf("main", "")).isEmpty();
      assertThat(tokens.rolesOf(new TokenOwner("elsewhere", "7"))).isEmpty();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tokens.issueFor("api", "other", "alice", TokenRequest.defaults()))
          .withMessageContaining("no userstore is called \"other\"");
      assertThatThrownBy(() -> tokens.issueFor("api", "main", "nobody", TokenRequest.defaults()))
          .isInstanceOf(NotPermittedException.class);
      assertThatIllegalStateException()
          .isThrownBy(() -> tokens.issueFor("apo", "main", "alice", TokenRequest.defaults()))
          .withMessageContaining("no token generator is called \"apo\"");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tokens.revoke(
              new TokenDetails(TokenKind.OUTSIDE, "x", null, Instant.EPOCH, null),
              new TokenOwner("main", "u-1")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "path: /api/v2/tokens, generator: numbered|path: /api/v2/tokens, generator: nmbered|did you mean \"numbered\"?",
        "form: cloudify-3|form: cloudify-2|expected one of",
        "path: /api/v2/tokens|path: /tokens/revoke|two endpoints are on /tokens/revoke",
        "path: /api/v2/tokens|path: /tokens/*|expected a path such as /tokens",
        "token_revocation: /tokens/revoke|token_revocation: revoke|expected a path such as /tokens/revoke",
        "token_introspection: /tokens/introspect|token_introspection: /a/|expected a path such as",
        "name: numbered, implementation: numbered|name: api, implementation: numbered|names are unique",
        ", properties: {public_keys: '{\"keys\":[{\"kty\":\"EC\",\"kid\":\"1\"}]}'}||no token generator has public keys",
        "token_store: {implementation: listed}|token_store: {implementation: fil}|no such implementation",
        "token_store: {implementation: listed}|token_store: {implementation: file}|sallyport-authprovider-token"
      })
  void saysWhatIsWrongWithTheConfiguration(String right, @Nullable String wrong, String message)
      throws Exception {
    assertThat(CONFIGURATION).contains(right);
    Path file = folder.resolve("security.yaml");
    Files.writeString(file, CONFIGURATION.replace(right, wrong == null ? "" : wrong));

    assertThatThrownBy(() -> Sallyport.load(file))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void wantsATokenStoreForRevocation() throws Exception {
    Path file = folder.resolve("security.yaml");
    Files.writeString(file, """
        version: 1
        userstore: {implementation: listed, properties: {users: ['a:x']}}
        authentication_providers: [{name: caller, implementation: named}]
        token_generator: {implementation: numbered}
        token_generators: [{name: n, implementation: numbered}]
        authorization: none
        endpoints: {token_revocation: /revoke}
        """);

    assertThatThrownBy(() -> Sallyport.load(file))
        .hasMessageContaining("either token_generator or token_generators");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("token_generators: [{name: n, implementation: numbered}]\n", ""));
    assertThatThrownBy(() -> Sallyport.load(file))
        .hasMessageContaining("nothing remembers what is revoked; configure token_store");
    Files.writeString(
        file, Files.readString(file).replace("endpoints: {token_revocation: /revoke}", ""));
    try (Sallyport sallyport = Sallyport.load(file)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> sallyport.tokens().find("x"))
          .withMessageContaining("configure token_store");
    }
  }
}
