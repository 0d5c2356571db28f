package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.LifecycleException;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CORS and cross-site requests on a container. */
class BrowsersOnClassPathTest {

  private static final String CONSOLE = "https://console.example.org";
  private static final String FOREIGN = "https://evil.example";
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private static final String CONFIGURATION = """
      version: 1
      userstore: {implementation: listed, properties: {users: ['alice:user']}}
      authentication_providers:
        - {name: caller, implementation: named}
      token_generator: {implementation: numbered}
      open_endpoints: ['* /public/**']
      rules:
        - {path: /page/**, access: authenticated}
        - {path: /own/**, access: authenticated}
        - {path: /token-factory/**, access: authenticated}
        - {path: /closed/**, access: deny}
      cors:
        origins: [https://console.example.org]
        methods: [PUT]
        headers: [X-User]
        expose: [Sallyport-Decision]
      audit: {file: audit.log, level: debug}
      """;

  @TempDir
  Path folder;

  private final List<String> reached = new CopyOnWriteArrayList<>();
  private Sallyport sallyport;
  private TomcatFixture app;

  @BeforeEach
  void start() throws Exception {
    start(CONFIGURATION);
  }

  private void start(String configuration) throws IOException, LifecycleException {
    Path file = folder.resolve("security.yaml");
    Files.writeString(file, configuration);
    sallyport = Sallyport.load(file);
    app = new TomcatFixture(folder)
        .initializer((classes, context) -> sallyport.register(context))
        .servlet("/public/*", this::handle)
        .servlet("/page/*", this::handle)
        .servlet("/own/*", this::handleOwn)
        .servlet("/error", (request, response) -> response.setHeader("Vary", "Accept-Language"))
        .servlet("/token-factory/*", new TokensServlet())
        .servlet("/", (request, response) -> response.sendError(404));
    ErrorPage error = new ErrorPage();
    error.setErrorCode(500);
    error.setLocation("/error");
    app.context.addErrorPage(error);
    app.start();
  }

  private void restart(String configuration) throws Exception {
    stop();
    start(configuration);
  }

  @AfterEach
  void stop() throws Exception {
    app.close();
    sallyport.close();
  }

  private void handle(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    reached.add(request.getMethod() + " " + request.getServletPath());
    String what = String.valueOf(request.getPathInfo());
    switch (what) {
      case "/fails" -> throw new ServletException("on purpose");
      case "/forward" -> request.getRequestDispatcher("/page/x").forward(request, response);
      case "/forward-denied" ->
        request.getRequestDispatcher("/closed/x").forward(request, response);
      case "/reset" -> response.reset();
      case "/async-vary" -> request.startAsync().dispatch("/own/vary");
      case "/async-reset" -> request.startAsync().dispatch("/page/reset");
      default -> response.getWriter().print("hello");
    }
  }

  /** An application that says something of its own. */
  private void handleOwn(HttpServletRequest request, HttpServletResponse response) {
    switch (String.valueOf(request.getPathInfo())) {
      case "/vary" -> response.setHeader("vary", "Accept-Language");
      case "/vary-origin" -> response.setHeader("Vary", "Accept, ORIGIN");
      case "/vary-all" -> response.setHeader("Vary", "*");
      case "/vary-added" -> response.addHeader("Vary", "Cookie");
      case "/set" -> response.setHeader(ALLOW_ORIGIN, "https://other.example");
      case "/add" -> response.addHeader("access-control-allow-origin", "https://other.example");
      default -> response.addHeader("X-Twice", "1");
    }
  }

  private static List<String> vary(HttpHeaders fields) {
    return fields.allValues("Vary").stream()
        .flatMap(line -> List.of(line.split(", ")).stream())
        .toList();
  }

  private String audit() throws IOException {
    return Files.readString(folder.resolve("audit.log"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page/x", "/public/x", "/closed/x", "/nowhere"})
  void answersAPreflightBeforeAnybodyIsAsked(String path) throws Exception {
    HttpResponse<String> answer = app.send(
        "OPTIONS",
        path,
        "",
        "Origin",
        CONSOLE,
        "Access-Control-Request-Method",
        "PUT",
        "Access-Control-Request-Headers",
        "x-user, x-other");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(reached).isEmpty();
    assertThat(answer.headers().map())
        .containsEntry("access-control-allow-origin", List.of(CONSOLE))
        .containsEntry("access-control-allow-methods", List.of("PUT"))
        .containsEntry("access-control-allow-headers", List.of("X-User"))
        .containsEntry("access-control-max-age", List.of("600"))
        .doesNotContainKeys("access-control-allow-credentials", "www-authenticate", "allow");
    assertThat(vary(answer.headers()))
        .contains("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
    assertThat(audit()).contains("\"outcome\":\"preflight\"").hasLineCount(1);
  }

  @Test
  void judgesThePreflightOfAnotherOriginLikeAnyRequest() throws Exception {
    String[] preflight = {"Origin", FOREIGN, "Access-Control-Request-Method", "PUT"};

    HttpResponse<String> closed = app.send("OPTIONS", "/page/x", "", preflight);
    HttpResponse<String> open = app.send("OPTIONS", "/public/x", "", preflight);

    assertThat(closed.statusCode()).isEqualTo(401);
    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(reached).containsExactly("OPTIONS /public");
    for (HttpResponse<String> answer : List.of(closed, open)) {
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control"));
      assertThat(vary(answer.headers())).containsExactly("Origin");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/page/../public/x", "/page//x", "/page%2fx", "/page/%2e%2e/x", "/page;x=1/y"})
  void answersNoPreflightForATargetThatCanBeReadInTwoWays(String target) throws Exception {
    String answer = app.raw("OPTIONS " + target + " HTTP/1.1\r\nHost: a\r\nOrigin: " + CONSOLE
        + "\r\nAccess-Control-Request-Method: PUT\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Access-Control-");
    assertThat(reached).isEmpty();
  }

  @Test
  void answersNoPreflightOfTwoOrigins() throws Exception {
    String answer = app.raw("OPTIONS /page/x HTTP/1.1\r\nHost: a\r\nOrigin: " + CONSOLE
        + "\r\nOrigin: " + FOREIGN
        + "\r\nAccess-Control-Request-Method: PUT\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 401").doesNotContain("Access-Control");
  }

  @ParameterizedTest
  @CsvSource({
    "/page/x, alice, 200",
    "/page/x, '', 401",
    "/closed/x, alice, 403",
    "/public/x, '', 200"
  })
  void letsAListedOriginReadPassesAndRefusals(String path, String user, int status)
      throws Exception {
    HttpResponse<String> answer = app.get(path, "Origin", CONSOLE, "X-User", user);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().map())
        .containsEntry("access-control-allow-origin", List.of(CONSOLE))
        .containsEntry("access-control-expose-headers", List.of("Sallyport-Decision"))
        .doesNotContainKeys("access-control-allow-methods", "access-control-allow-headers");
    assertThat(vary(answer.headers())).containsExactly("Origin");
  }

  @Test
  void tellsCachesOfEveryAnswerThatItDependsOnTheOrigin() throws Exception {
    assertThat(vary(app.get("/public/x").headers())).containsExactly("Origin");
    assertThat(vary(app.get("/page/x").headers())).containsExactly("Origin");
    assertThat(vary(app.get("/page/x", "Origin", FOREIGN, "X-User", "alice").headers()))
        .containsExactly("Origin");
  }

  @ParameterizedTest
  @CsvSource({
    "/own/vary, 'Accept-Language,Origin'",
    "/own/vary-origin, 'Accept,ORIGIN'",
    "/own/vary-all, '*'",
    "/own/vary-added, 'Origin,Cookie'",
    "/own/x, Origin"
  })
  void keepsWhatTheApplicationSaysItDependsOn(String path, String vary) throws Exception {
    HttpResponse<String> answer = app.get(path, "Origin", CONSOLE, "X-User", "alice");

    assertThat(vary(answer.headers())).containsExactly(vary.split(","));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/own/set", "/own/add"})
  void hasOneOriginOnAnAnswerOnWhichTheApplicationPutsItsOwn(String path) throws Exception {
    HttpResponse<String> listed = app.get(path, "Origin", CONSOLE, "X-User", "alice");
    HttpResponse<String> other =
        app.get(path, "Origin", "https://other.example", "X-User", "alice");

    assertThat(listed.statusCode()).isEqualTo(200);
    assertThat(listed.headers().allValues(ALLOW_ORIGIN)).containsExactly("https://other.example");
    assertThat(other.headers().allValues(ALLOW_ORIGIN)).containsExactly("https://other.example");
  }

  @Test
  void keepsItsFieldsThroughForwardsAndResets() throws Exception {
    for (String path : List.of("/page/forward", "/page/forward-denied", "/page/reset")) {
      HttpResponse<String> answer = app.get(path, "Origin", CONSOLE, "X-User", "alice");

      assertThat(answer.headers().allValues(ALLOW_ORIGIN)).as(path).containsExactly(CONSOLE);
      assertThat(vary(answer.headers())).as(path).containsExactly("Origin");
    }
  }

  /** Such a context has the container's response, without the wrappers of any filter. */
  @Test
  void keepsItsFieldsWhereTheApplicationGoesAsynchronousWithoutAResponse() throws Exception {
    HttpResponse<String> varied = app.get("/page/async-vary", "X-User", "alice", "Origin", CONSOLE);
    HttpResponse<String> reset = app.get("/page/async-reset", "X-User", "alice", "Origin", CONSOLE);

    assertThat(vary(varied.headers())).containsExactlyInAnyOrder("Accept-Language", "Origin");
    assertThat(reset.headers().firstValue(ALLOW_ORIGIN)).hasValue(CONSOLE);
    assertThat(vary(reset.headers())).containsExactly("Origin");
  }

  @Test
  void keepsItsFieldsOnErrorPages() throws Exception {
    HttpResponse<String> answer = app.get("/page/fails", "Origin", CONSOLE, "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().allValues(ALLOW_ORIGIN)).containsExactly(CONSOLE);
    assertThat(vary(answer.headers())).containsExactlyInAnyOrder("Accept-Language", "Origin");
  }

  @Test
  void saysNothingOfOriginsWhereNoneIsConfigured() throws Exception {
    restart(CONFIGURATION.replaceAll("(?s)cors:.*audit:", "audit:"));

    HttpResponse<String> preflight = app.send(
        "OPTIONS", "/page/x", "", "Origin", CONSOLE, "Access-Control-Request-Method", "PUT");
    HttpResponse<String> answer = app.get("/page/x", "Origin", CONSOLE, "X-User", "alice");

    assertThat(preflight.statusCode()).isEqualTo(401);
    for (HttpResponse<String> each : List.of(preflight, answer)) {
      assertThat(each.headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control") || name.equals("vary"));
    }
  }

  @Test
  void refusesWhatAPageOfAnotherSiteMakesABrowserSend() throws Exception {
    HttpResponse<String> answer = app.send(
        "POST",
        "/page/x",
        "",
        "Origin",
        FOREIGN,
        "Sec-Fetch-Site",
        "cross-site",
        "X-User",
        "alice");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains(
            "urn:sallyport:problem:forbidden", "POST /page/x", "another origin", "cors.origins")
        .doesNotContain("alice", "evil");
    assertThat(answer.headers().map()).doesNotContainKey("www-authenticate");
    assertThat(reached).isEmpty();
    assertThat(audit())
        .contains("\"outcome\":\"forbidden\"", "alice", "another origin", "Sec-Fetch-Site");
  }

  @Test
  void asksForACredentialFirst() throws Exception {
    String[] foreign = {"Origin", FOREIGN, "Sec-Fetch-Site", "cross-site"};

    assertThat(app.send("POST", "/page/x", "", foreign).statusCode()).isEqualTo(401);
    assertThat(app.send("POST", "/public/x", "", foreign).statusCode()).isEqualTo(200);
    assertThat(reached).containsExactly("POST /public");
  }

  @Test
  void refusesItWhereAnOpenPageHandsItOnToAClosedOne() throws Exception {
    HttpResponse<String> answer =
        app.send("POST", "/public/forward", "", "Sec-Fetch-Site", "cross-site", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(reached).containsExactly("POST /public");
  }

  @Test
  void letsPassWhatAPageOfItsOwnOrOfAListedOriginSends() throws Exception {
    String own = "http://127.0.0.1:" + app.port();

    assertThat(app.send("POST", "/page/x", "", "Origin", own, "X-User", "alice").statusCode())
        .isEqualTo(200);
    assertThat(app.send(
                "POST",
                "/page/x",
                "",
                "Origin",
                CONSOLE,
                "Sec-Fetch-Site",
                "cross-site",
                "X-User",
                "alice")
            .statusCode())
        .isEqualTo(200);
    assertThat(app.send("POST", "/page/x", "", "X-User", "alice").statusCode()).isEqualTo(200);
  }

  @Test
  void trustsThePagesOfItsPublicOrigin() throws Exception {
    restart(CONFIGURATION.replace(
        "version: 1", "version: 1\npublic_origin: https://App.example.org:443"));
    String own = "https://app.example.org";

    HttpResponse<String> posted = app.send("POST", "/page/x", "", "Origin", own, "X-User", "alice");
    HttpResponse<String> other =
        app.send("POST", "/page/x", "", "Origin", own + ":444", "X-User", "alice");

    assertThat(posted.statusCode()).isEqualTo(200);
    assertThat(posted.headers().map()).doesNotContainKey("access-control-allow-origin");
    assertThat(other.statusCode()).isEqualTo(403);
  }

  @Test
  void takesNobodyForItsOwnWhereEveryOriginMayRead() throws Exception {
    restart(CONFIGURATION.replace("[https://console.example.org]", "'*'"));

    HttpResponse<String> answer =
        app.send("POST", "/page/x", "", "Origin", CONSOLE, "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().allValues(ALLOW_ORIGIN)).containsExactly("*");
  }

  @Test
  void refusesALinkOfAnotherSiteThatMakesATokenHoweverItsServletIsMapped() throws Exception {
    restart(CONFIGURATION.replace("version: 1", "version: 1\nprofile: cloudify-3"));
    String[] link = {"Sec-Fetch-Site", "cross-site", "X-User", "alice"};

    HttpResponse<String> refused = app.get("/token-factory/any", link);
    HttpResponse<String> reads = app.get("/page/x", link);
    HttpResponse<String> made = app.get("/token-factory/any", "X-User", "alice");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("\"error_code\":\"forbidden_error\"", "another origin");
    assertThat(reads.statusCode()).isEqualTo(200);
    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(made.body()).contains("\"value\"");
  }
}
