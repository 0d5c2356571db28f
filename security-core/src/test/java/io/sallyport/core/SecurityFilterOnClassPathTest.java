package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.Challenge;
import io.sallyport.api.Decision;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.Subject;
import io.sallyport.api.User;
import io.sallyport.spi.AuthenticationProvider;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityFilterOnClassPathTest {

  private static final String CONFIGURATION = """
      version: 1
      userstore:
        implementation: listed
        properties: {users: ['alice:user', 'bob:admin,user', 'noTokens:user', 'unlucky:user']}
      authentication_providers:
        - {name: caller, implementation: named}
      token_generator: {implementation: numbered}
      endpoints: {tokens: /tokens}
      open_endpoints: ['* /public/**']
      rules:
        - {path: /page/**, access: authenticated}
        - {path: /admin/**, roles: [admin]}
        - {path: /tokens, access: authenticated}
      audit: {file: audit.log, level: debug}
      """;

  @TempDir
  Path folder;

  private final List<String> reached = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable part : opened) {
      part.close();
    }
  }

  private Sallyport sallyport(String configuration) throws IOException {
    Path file = folder.resolve("security.yaml");
    Files.writeString(file, configuration);
    Sallyport sallyport = Sallyport.load(file);
    opened.add(sallyport);
    return sallyport;
  }

  private TomcatFixture app(String configuration) throws IOException, LifecycleException {
    Sallyport sallyport = sallyport(configuration);
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(0, fixture);
    return fixture
        .initializer((classes, context) -> sallyport.register(context))
        .servlet("/public/*", this::handle)
        .servlet("/page/*", this::handle)
        .servlet("/admin/*", this::handle)
        .servlet("/error", this::handle)
        .servlet("/WEB-INF/pages/*", this::handle)
        .servlet("/", (request, response) -> response.sendError(404))
        .start();
  }

  private TomcatFixture app() throws IOException, LifecycleException {
    return app(CONFIGURATION);
  }

  /** Says who is there, and hands the request on where its path info says so. */
  private void handle(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    reached.add(request.getServletPath());
    String what = String.valueOf(request.getPathInfo());
    String to = request.getParameter("to");
    if (request.getAttribute("went") == null && what.startsWith("/go/")) {
      request.setAttribute("went", true);
      go(what.substring(4), to, request, response);
      return;
    }
    Decision decision = Sallyport.decision(request);
    response
        .getWriter()
        .print("user=" + request.getRemoteUser()
            + " principal=" + request.getUserPrincipal()
            + " type=" + request.getAuthType()
            + " admin=" + request.isUserInRole("admin")
            + " identity=" + Sallyport.identity(request).map(Identity::name).orElse("-")
            + " dispatch=" + decision.dispatch()
            + " id=" + decision.id()
            + ";");
  }

  private static void go(
      String what, String to, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    switch (what) {
      case "forward" -> {
        response.setHeader("X-Early", "header");
        response.getWriter().print("early body");
        request.getRequestDispatcher(to).forward(request, response);
      }
      case "include" -> {
        response.getWriter().print("before;");
        request.getRequestDispatcher(to).include(request, response);
        response.getWriter().print("after=" + Sallyport.decision(request).dispatch());
      }
      case "async" -> request.startAsync(request, response).dispatch(to);
      case "async-thread" -> {
        AsyncContext async = request.startAsync(request, response);
        async.start(() -> async.dispatch(to));
      }
      case "committed" -> {
        response.getWriter().print("sent already;");
        response.flushBuffer();
        request.getRequestDispatcher(to).forward(request, response);
      }
      case "named-forward" ->
        request.getServletContext().getNamedDispatcher(to).forward(request, response);
      case "named-include" ->
        request.getServletContext().getNamedDispatcher(to).include(request, response);
      case "error" -> response.sendError(418);
      case "login" -> request.login("alice", "x");
      case "logout" -> request.logout();
      case "authenticate" -> response.getWriter().print("" + request.authenticate(response));
      default -> throw new ServletException("unknown: " + what);
    }
  }

  // --- what an application sees

  @Test
  void showsTheCallerToTheApplication() throws Exception {
    TomcatFixture app = app();

    HttpResponse<String> answer = app.get("/page/x", "X-User", "bob");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("user=bob principal=bob type=NAMED admin=true identity=bob dispatch=REQUEST");
  }

  @Test
  void showsNobodyUnderAnOpenRule() throws Exception {
    assertThat(app().get("/public/x", "X-User", "bob").body())
        .contains("user=null principal=null type=null admin=false identity=-");
  }

  @Test
  void refusesTheContainersOwnLogin() throws Exception {
    TomcatFixture app = app();

    assertThat(app.get("/page/go/login", "X-User", "alice").statusCode()).isEqualTo(500);
    assertThat(app.get("/page/go/logout", "X-User", "alice").statusCode()).isEqualTo(500);
    assertThat(app.get("/page/go/authenticate", "X-User", "alice").body()).isEqualTo("true");
    assertThat(app.get("/public/go/authenticate").body()).isEqualTo("false");
  }

  @Test
  void anApplicationFindsWhatDecidesForIt() throws Exception {
    TomcatFixture app = new TomcatFixture(folder);
    opened.add(app);
    app.start();
    Sallyport sallyport = sallyport(CONFIGURATION);

    assertThat(Sallyport.of(app.context.getServletContext())).isEmpty();
    app.context.getServletContext().setAttribute(SecurityFilter.MARK, sallyport);
    assertThat(Sallyport.of(app.context.getServletContext())).contains(sallyport);
  }

  @Test
  void anApplicationNoticesThatNothingGuardsIt() throws Exception {
    TomcatFixture app = new TomcatFixture(folder);
    opened.add(app);
    app.servlet("/*", (request, response) -> Sallyport.identity(request)).start();

    assertThat(app.get("/x").statusCode()).isEqualTo(500);
  }

  // --- refusals over the wire

  @Test
  void refusesWith401ChallengesAndAProblemBody() throws Exception {
    HttpResponse<String> answer = app().get("/page/x");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Named realm=\"te\\\"st\"");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    String id = answer.headers().firstValue("Sallyport-Decision").orElseThrow();
    assertThat(answer.body())
        .contains("\"type\":\"urn:sallyport:problem:unauthenticated\"", "\"status\":401")
        .contains("\"decision\":\"" + id + "\"");
    assertThat(reached).isEmpty();
  }

  @Test
  void unknownCallersGetTheVeryAnswerOfMissingCredentialsButForTheId() throws Exception {
    TomcatFixture app = app();

    HttpResponse<String> missing = app.get("/page/x");
    HttpResponse<String> unknown = app.get("/page/x", "X-User", "mallory");

    assertThat(unknown.statusCode()).isEqualTo(missing.statusCode());
    assertThat(withoutId(unknown)).isEqualTo(withoutId(missing));
  }

  private static String withoutId(HttpResponse<String> answer) {
    return answer
        .body()
        .replace(answer.headers().firstValue("Sallyport-Decision").orElseThrow(), "ID");
  }

  @Test
  void refusesWith403AndNamesWhatWasAsked() throws Exception {
    HttpResponse<String> answer = app().get("/admin/x", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains("\"detail\":\"GET /admin/x is not permitted to this caller.\"")
        .doesNotContain("\"admin\"");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
  }

  @Test
  void refusesUnknownPathsByRuleBeforeTheContainerLooks() throws Exception {
    TomcatFixture app = app();

    assertThat(app.get("/nowhere").statusCode()).isEqualTo(401);
    assertThat(app.get("/nowhere", "X-User", "bob").statusCode()).isEqualTo(403);
  }

  @Test
  void headIsDecidedAsGetAndHasTheHeadersWithoutTheBody() throws Exception {
    HttpResponse<String> answer = app().send("HEAD", "/page/x", "");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Sallyport-Decision")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/public/../admin/x",
        "/public/%2e%2e/admin/x",
        "/public/..;/admin/x",
        "/public//x",
        "/public/x;a=b",
        "/public/%2fx",
        "/public/x%00"
      })
  void refusesAmbiguousTargetsWithoutReachingAnything(String target) throws Exception {
    String answer = app().rawGet(target);

    assertThat(answer).startsWith("HTTP/1.1 400");
    assertThat(reached).isEmpty();
  }

  @Test
  void aStoreThatIsDownIs503WithRetryAfter() throws Exception {
    TomcatFixture app =
        app(CONFIGURATION.replace("properties: {users:", "properties: {down: true, users:"));

    HttpResponse<String> answer = app.get("/page/x", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("4");
    assertThat(answer.body()).contains("urn:sallyport:problem:unavailable");
  }

  @Test
  void writesOneAuditRecordForEachDecision() throws Exception {
    TomcatFixture app = app();

    app.get("/public/x");
    app.get("/page/x");
    app.get("/page/x", "X-User", "alice");

    assertThat(Files.readAllLines(folder.resolve("audit.log")))
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).contains("\"outcome\":\"open\""),
            line -> assertThat(line).contains("\"outcome\":\"unauthenticated\""),
            line -> assertThat(line).contains("\"outcome\":\"allowed\"", "\"user\":\"alice\""));
  }

  // --- the words of the old clients

  @Test
  void speaksLikeTheFirstGenerationUnderItsProfile() throws Exception {
    TomcatFixture app = app(CONFIGURATION + "profile: cloudify-3\n");

    HttpResponse<String> forbidden = app.get("/admin/x", "X-User", "alice");
    HttpResponse<String> token = app.get("/tokens", "X-User", "alice");

    assertThat(forbidden.statusCode()).isEqualTo(401);
    assertThat(forbidden.body())
        .isEqualTo("{\"message\":\"user unauthorized\",\"error_code\":\"unauthorized_error\","
            + "\"server_traceback\":null}");
    // whoever is known is not told that the credential is bad
    assertThat(app.get("/admin/x", "X-User", "eve").headers().firstValue("WWW-Authenticate"))
        .contains("Named realm=\"te\\\"st\", error=\"invalid_name\"");
    assertThat(forbidden.headers().firstValue("WWW-Authenticate"))
        .contains("Named realm=\"te\\\"st\"");
    assertThat(token.body()).isEqualTo("{\"value\":\"number-1\"}");
  }

  @Test
  void speaksLikeTheSecondGenerationUnderItsProfile() throws Exception {
    TomcatFixture app = app(CONFIGURATION + "profile: cloudify-4\n");

    assertThat(app.get("/page/x").body())
        .contains("User unauthorized: No authentication info provided");
    assertThat(app.get("/page/x", "X-User", "eve").body())
        .contains("Authentication failed for <User username=`eve`>");
    HttpResponse<String> forbidden = app.get("/admin/x", "X-User", "alice");
    assertThat(forbidden.statusCode()).isEqualTo(403);
    assertThat(forbidden.body())
        .contains(
            "\"error_code\":\"forbidden_error\"",
            "User `alice` is not permitted to perform the action GET /admin/x");
    assertThat(app.send("POST", "/tokens", "", "X-User", "alice").body())
        .contains("\"username\":\"alice\"", "\"value\":\"number-1\"", "\"role\":\"user\"");
  }

  // --- tokens

  @Test
  void makesATokenByPostOnly() throws Exception {
    TomcatFixture app = app();

    HttpResponse<String> made = app.send("POST", "/tokens", "", "X-User", "alice");
    HttpResponse<String> read = app.get("/tokens", "X-User", "alice");

    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(made.body())
        .isEqualTo(
            "{\"id\":\"id-1\",\"value\":\"number-1\",\"expires\":\"2030-01-01T00:00:00.000Z\"}");
    assertThat(read.statusCode()).isEqualTo(405);
    assertThat(read.headers().firstValue("Allow")).contains("POST");
    assertThat(app.send("POST", "/tokens", "").statusCode()).isEqualTo(401);
  }

  @Test
  void takesAWishForATokenAndRefusesWhatIsNone() throws Exception {
    TomcatFixture app = app();

    assertThat(wish(app, "{\"expires\": \"2029-05-06T07:08:09Z\"}").body())
        .contains("\"expires\":\"2029-05-06T07:08:09.000Z\"");
    assertThat(wish(app, "{\"expires\": null}").statusCode()).isEqualTo(200);
    for (String wrong : List.of(
        "[]",
        "{",
        "{\"expires\": 5}",
        "{\"expires\": \"soon\"}",
        "{\"a\": 1}",
        "{} {}",
        "{\"expires\": null, \"expires\": null}",
        "{\"description\": \"x\"}",
        " ".repeat(9000),
        "\u0000")) {
      HttpResponse<String> answer = wish(app, wrong);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
      assertThat(answer.body()).contains("urn:sallyport:problem:bad-input");
    }
  }

  private static HttpResponse<String> wish(TomcatFixture app, String body) throws Exception {
    return app.send("POST", "/tokens", body, "X-User", "alice");
  }

  @Test
  void saysWhenATokenIsNotPermittedOrCannotBeMadeNow() throws Exception {
    TomcatFixture app = app();

    HttpResponse<String> refused = app.send("POST", "/tokens", "", "X-User", "noTokens");
    HttpResponse<String> unlucky = app.send("POST", "/tokens", "", "X-User", "unlucky");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("no token for you");
    assertThat(unlucky.statusCode()).isEqualTo(503);
    assertThat(unlucky.headers().firstValue("Retry-After")).contains("9");
    assertThat(unlucky.body()).doesNotContain("no numbers left");
  }

  @Test
  void answersAnOldClientThatAsksForATokenWhereNothingMakesThem() throws Exception {
    TomcatFixture app =
        app(CONFIGURATION.replace("token_generator: {implementation: numbered}\n", "")
            + "profile: cloudify-3\n");

    HttpResponse<String> answer = app.get("/tokens", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("no_token_generator_error");
  }

  @Test
  void makesNoTokenForNobody() throws Exception {
    TomcatFixture open = app(CONFIGURATION.replace(
        "{path: /tokens, access: authenticated}", "{path: /tokens, access: open}"));

    assertThat(open.send("POST", "/tokens", "").statusCode()).isEqualTo(404);
  }

  // --- dispatches

  @Test
  void aForwardToWhatTheCallerMayHaveReachesIt() throws Exception {
    HttpResponse<String> answer = app().get("/page/go/forward?to=/admin/x", "X-User", "bob");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("user=bob", "dispatch=FORWARD");
    assertThat(answer.body()).containsPattern("id=[0-9a-f]+-[0-9a-z]+\\.1;");
  }

  @Test
  void aDeniedForwardResetsTheAnswerAndRefuses() throws Exception {
    TomcatFixture app = app();

    HttpResponse<String> answer = app.get("/page/go/forward?to=/admin/x", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).doesNotContain("early body");
    assertThat(answer.headers().firstValue("X-Early")).isEmpty();
    assertThat(reached).containsExactly("/page");
  }

  @Test
  void aForwardFromAnOpenPageAuthenticatesThen() throws Exception {
    TomcatFixture app = app();

    assertThat(app.get("/public/go/forward?to=/admin/x").statusCode()).isEqualTo(401);
    assertThat(app.get("/public/go/forward?to=/admin/x", "X-User", "bob").body())
        .contains("user=bob");
  }

  @Test
  void aForwardAfterTheAnswerHasBegunFailsBeforeTheTargetRuns() throws Exception {
    TomcatFixture app = app();

    String answer = app.rawGet("/page/go/committed?to=/admin/x", "X-User: alice");

    assertThat(answer).contains("sent already").doesNotContain("user=alice");
    assertThat(reached).containsExactly("/page");
  }

  @Test
  void aDeniedIncludeEndsTheRequestBeforeTheTargetRuns() throws Exception {
    TomcatFixture app = app();

    HttpResponse<String> answer = app.get("/page/go/include?to=/admin/x", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains("\"detail\":\"GET /admin/x is not permitted to this caller.\"")
        .doesNotContain("before;");
    assertThat(reached).containsExactly("/page");
  }

  @Test
  void anIncludeIsDecidedOnItsOwnTargetAndGivesTheCallersDecisionBack() throws Exception {
    HttpResponse<String> answer = app().get("/page/go/include?to=/admin/x", "X-User", "bob");

    assertThat(answer.body()).contains("before;", "dispatch=INCLUDE", "after=REQUEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"async", "async-thread"})
  void anAsyncDispatchKeepsTheIdentityAndIsDecidedOnItsOwnTarget(String how) throws Exception {
    TomcatFixture app = app();

    assertThat(app.get("/page/go/" + how + "?to=/admin/x", "X-User", "bob").body())
        .contains("user=bob", "dispatch=ASYNC");
    assertThat(app.get("/page/go/" + how + "?to=/admin/x", "X-User", "alice").statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "include"})
  void whatLiesBelowWebInfBelongsToWhoeverHandsTheRequestOn(String how) throws Exception {
    TomcatFixture app = app();

    HttpResponse<String> answer =
        app.get("/page/go/" + how + "?to=/WEB-INF/pages/one", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("user=alice", "dispatch=REQUEST");
    assertThat(app.get("/page/go/" + how + "?to=/WEB-INF/pages/one").statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"named-forward", "named-include"})
  void aNamedDispatchKeepsTheDecisionOfItsCaller(String how) throws Exception {
    TomcatFixture app = app();

    HttpResponse<String> answer =
        app.get("/page/go/" + how + "?to=servlet+/admin/*", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("user=alice");
  }

  @Test
  void aForwardToAnOpenPageStillShowsTheCaller() throws Exception {
    assertThat(app().get("/page/go/forward?to=/public/x", "X-User", "alice").body())
        .contains("user=alice", "dispatch=FORWARD");
  }

  @Test
  void anErrorPageIsReachedByTheContainerAlone() throws Exception {
    TomcatFixture app = app();
    ErrorPage page = new ErrorPage();
    page.setErrorCode(418);
    page.setLocation("/error");
    app.context.addErrorPage(page);

    HttpResponse<String> byContainer = app.get("/page/go/error", "X-User", "alice");
    HttpResponse<String> byClient = app.get("/error", "X-User", "alice");

    assertThat(byContainer.statusCode()).isEqualTo(418);
    assertThat(reached).contains("/error");
    assertThat(byClient.statusCode()).isEqualTo(403);
  }

  /** A dispatched path is decided on by whoever might read it as leading out of WEB-INF again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/WEB-INF/%25252e%25252e/admin/x",
        "/META-INF/%25252e%25252e/admin/x",
        "/WEB-INF/x%25253b"
      })
  void aDispatchBelowWebInfIsDecidedOnWhereItsPathCanBeReadInTwoWays(String to) throws Exception {
    TomcatFixture app = app();

    HttpResponse<String> forward = app.get("/page/go/forward?to=" + to, "X-User", "bob");
    HttpResponse<String> include = app.get("/page/go/include?to=" + to, "X-User", "bob");

    assertThat(forward.statusCode()).isEqualTo(403);
    assertThat(include.statusCode()).isEqualTo(403);
    assertThat(app.get("/page/go/forward?to=/WEB-INF/x", "X-User", "bob").statusCode())
        .isEqualTo(404);
  }

  @Test
  void everyDispatchHasADecisionOfItsOwnNameTheRefusedOnesToo() throws Exception {
    TomcatFixture app = app();
    app.servlet("/page/twice", (request, response) -> {
      for (int i = 0; i < 2; i++) {
        try {
          request.getRequestDispatcher("/admin/x").include(request, response);
        } catch (DispatchDeniedException denied) {
          response.getWriter().print(denied.decision().id() + " ");
        }
      }
    });

    String[] ids = app.get("/page/twice", "X-User", "alice").body().split(" ");

    assertThat(ids).hasSize(2).doesNotHaveDuplicates();
  }

  /** Equal names in two stores are two users, and what one application knows of them ends with it. */
  @Test
  void anApplicationBelievesNoIdentityThatAnotherOneHasFound() throws Exception {
    Sallyport first = sallyport(CONFIGURATION);
    Sallyport other = sallyport(CONFIGURATION.replace("bob:admin,user", "bob:user"));
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(0, fixture);
    fixture.context.setCrossContext(true);
    fixture.initializer((classes, context) -> first.register(context));
    fixture.servlet("/page/*", (request, response) -> {
      request
          .getServletContext()
          .getContext("/other")
          .getRequestDispatcher(request.getPathInfo())
          .include(request, response);
      response.getWriter().print("back=" + Sallyport.decision(request).path());
    });
    Context second = fixture.tomcat.addContext("/other", folder.toString());
    second.addServletContainerInitializer((classes, context) -> other.register(context), Set.of());
    Tomcat.addServlet(second, "echo", new HttpServlet() {
          private static final long serialVersionUID = 1L;

          @Override
          protected void service(HttpServletRequest request, HttpServletResponse response)
              throws IOException {
            reached.add(Sallyport.decision(request).path());
          }
        })
        .addMapping("/*");
    fixture.start();

    HttpResponse<String> asAdmin = fixture.get("/page/admin/x", "X-User", "bob");
    HttpResponse<String> asUser = fixture.get("/page/page/x", "X-User", "bob");

    assertThat(asAdmin.statusCode()).isEqualTo(403);
    assertThat(asUser.body()).contains("back=/page/page/x");
    assertThat(reached).containsExactly("/page/x");
  }

  @Test
  void twoRequestsNeverShareAnIdentity() throws Exception {
    TomcatFixture app = app();
    ExecutorService clients = Executors.newFixedThreadPool(8);
    List<Future<Boolean>> answers = new ArrayList<>();

    for (int i = 0; i < 400; i++) {
      String name = i % 2 == 0 ? "alice" : "bob";
      String path = i % 3 == 0 ? "/page/go/async?to=/page/y" : "/page/x";
      answers.add(
          clients.submit(() -> app.get(path, "X-User", name).body().contains("user=" + name)));
    }

    for (Future<Boolean> answer : answers) {
      assertThat(answer.get()).isTrue();
    }
    clients.shutdown();
  }

  // --- starting

  @Test
  void aSecondFilterRefusesToStart() throws Exception {
    Sallyport sallyport = sallyport(CONFIGURATION);
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    fixture
        .filter("first", new SecurityFilter(sallyport), "/*")
        .filter("second", new Refusing(new SecurityFilter(sallyport)), "/*")
        .servlet("/page/*", this::handle)
        .start();

    assertThat(fixture.isUp()).isFalse();
    assertThat(refusals)
        .singleElement()
        .satisfies(message -> assertThat(message).contains("second Sallyport filter"));
  }

  @Test
  void aFilterThatDoesNotSeeEveryPathRefusesToStart() throws Exception {
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    Filter partial = new Refusing(new SecurityFilter(sallyport(CONFIGURATION)));
    fixture.filter("partial", partial, "/page/*").start();

    assertThat(fixture.isUp()).isFalse();
    assertThat(refusals)
        .singleElement()
        .satisfies(message -> assertThat(message).contains("would not see every request"));
  }

  @Test
  void aFilterThatIsMappedToServletsAloneRefusesToStart() throws Exception {
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    Filter partial = new Refusing(new SecurityFilter(sallyport(CONFIGURATION)));
    fixture
        .servlet("/page/*", this::handle)
        .servlet("/admin/*", this::handle)
        .filterOfServlet("partial", partial, "servlet /page/*")
        .start();

    assertThat(fixture.isUp()).isFalse();
    assertThat(refusals)
        .singleElement()
        .satisfies(message -> assertThat(message).contains("would not see every request"));
  }

  @Test
  void theInitializerSecuresAnApplicationThatHasAConfiguration() throws Exception {
    Files.createDirectories(folder.resolve("WEB-INF"));
    Files.writeString(folder.resolve("WEB-INF/security.yaml"), CONFIGURATION);
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    fixture
        .initializer(new SallyportInitializer())
        .servlet("/page/*", this::handle)
        .start();

    assertThat(fixture.get("/page/x").statusCode()).isEqualTo(401);
    assertThat(fixture.get("/page/x", "X-User", "alice").statusCode()).isEqualTo(200);
    assertThat(fixture.send("POST", "/tokens", "", "X-User", "alice").statusCode())
        .isEqualTo(200);
  }

  @Test
  void theInitializerReadsTheFileThatTheApplicationNames() throws Exception {
    Path elsewhere = folder.resolve("elsewhere.yaml");
    Files.writeString(elsewhere, CONFIGURATION);
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    fixture.context.addParameter(SecurityFilter.CONTEXT_PARAMETER, elsewhere.toString());
    fixture
        .initializer(new SallyportInitializer())
        .servlet("/page/*", this::handle)
        .start();

    assertThat(fixture.get("/page/x").statusCode()).isEqualTo(401);
  }

  @Test
  void theInitializerDoesNothingWhereItIsOffOrNothingIsConfigured() throws Exception {
    TomcatFixture unconfigured = new TomcatFixture(folder);
    opened.add(unconfigured);
    unconfigured
        .initializer(new SallyportInitializer())
        .servlet("/*", (request, response) -> response.getWriter().print("open"))
        .start();
    assertThat(unconfigured.get("/x").body()).isEqualTo("open");

    Files.createDirectories(folder.resolve("WEB-INF"));
    Files.writeString(folder.resolve("WEB-INF/security.yaml"), CONFIGURATION);
    TomcatFixture off = new TomcatFixture(folder);
    opened.add(off);
    off.context.addParameter(SallyportInitializer.SWITCH, "off");
    off.initializer(new SallyportInitializer())
        .servlet("/*", (request, response) -> response.getWriter().print("open"))
        .start();
    assertThat(off.get("/x").body()).isEqualTo("open");
  }

  @Test
  void theInitializerRefusesAnApplicationWhoseConfigurationItCannotReadAsAFile() throws Exception {
    Path war = folder.resolve("packed.war");
    try (var out = new ZipOutputStream(Files.newOutputStream(war))) {
      out.putNextEntry(new ZipEntry("WEB-INF/security.yaml"));
      out.write(CONFIGURATION.getBytes(StandardCharsets.UTF_8));
    }
    TomcatFixture packed = new TomcatFixture(folder);
    opened.add(packed);
    packed.context.setDocBase(war.toString());
    packed
        .initializer(new SallyportInitializer())
        .servlet("/*", (request, response) -> response.getWriter().print("open"))
        .start();

    assertThat(packed.isUp()).isFalse();
  }

  @Test
  void theInitializerRefusesAnApplicationWhoseConfigurationIsALinkToNothing() throws Exception {
    Files.createDirectories(folder.resolve("WEB-INF"));
    Files.createSymbolicLink(
        folder.resolve("WEB-INF/security.yaml"), folder.resolve("not-mounted.yaml"));
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    fixture
        .initializer(new SallyportInitializer())
        .servlet("/*", (request, response) -> response.getWriter().print("open"))
        .start();

    assertThat(fixture.isUp()).isFalse();
  }

  @Test
  void theInitializerRefusesASwitchThatIsNeitherOnNorOff() throws Exception {
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    fixture.context.addParameter(SallyportInitializer.SWITCH, "maybe");
    fixture.initializer(new SallyportInitializer()).start();

    assertThat(fixture.isUp()).isFalse();
  }

  @Test
  void aBrokenConfigurationKeepsTheApplicationDown() throws Exception {
    Files.createDirectories(folder.resolve("WEB-INF"));
    Files.writeString(folder.resolve("WEB-INF/security.yaml"), "version: 3\n");
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    fixture.initializer(new SallyportInitializer()).start();

    assertThat(fixture.isUp()).isFalse();
  }

  @Test
  void aFilterOfTheContainersOwnReadsItsConfiguration() throws Exception {
    Files.createDirectories(folder.resolve("WEB-INF"));
    Files.writeString(folder.resolve("WEB-INF/security.yaml"), CONFIGURATION);
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    fixture
        .filter("sallyport", new SecurityFilter(), "/*")
        .initializer(new SallyportInitializer())
        .servlet("/tokens", new TokensServlet())
        .servlet("/page/*", this::handle)
        .start();

    assertThat(fixture.get("/page/x").statusCode()).isEqualTo(401);
    assertThat(fixture.get("/page/x", "X-User", "alice").statusCode()).isEqualTo(200);
    assertThat(fixture.send("POST", "/tokens", "", "X-User", "alice").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aNameThatIsTakenRefusesToRegister() throws Exception {
    Sallyport sallyport = sallyport(CONFIGURATION);
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    List<String> messages = new CopyOnWriteArrayList<>();
    fixture
        .initializer((classes, context) -> {
          context.addServlet("sallyport-tokens", new TokensServlet());
          for (int i = 0; i < 2; i++) {
            try {
              sallyport.register(context);
            } catch (ServletException e) {
              messages.add(e.getMessage());
            }
          }
        })
        .start();

    assertThat(messages)
        .satisfiesExactly(
            first -> assertThat(first).contains("another servlet is called"),
            second -> assertThat(second).contains("another filter is called"));
  }

  @Test
  void theInitializerReadsAFileBelowWebInfAndWorksBelowAContextPath() throws Exception {
    Files.createDirectories(folder.resolve("WEB-INF"));
    Files.writeString(folder.resolve("WEB-INF/other.yaml"), CONFIGURATION);
    TomcatFixture fixture = new TomcatFixture(folder, "/app");
    opened.add(fixture);
    fixture.context.addParameter(SecurityFilter.CONTEXT_PARAMETER, "/WEB-INF/other.yaml");
    fixture.context.addParameter(SallyportInitializer.SWITCH, "on");
    fixture
        .initializer(new SallyportInitializer())
        .servlet("/page/*", this::handle)
        .start();

    assertThat(fixture.get("/app/page/x").statusCode()).isEqualTo(401);
    assertThat(fixture.get("/app/page/x", "X-User", "alice").statusCode()).isEqualTo(200);
  }

  @Test
  void aFilterNamesItsConfigurationInAnInitParameter() throws Exception {
    Path elsewhere = folder.resolve("elsewhere.yaml");
    Files.writeString(elsewhere, CONFIGURATION);
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    fixture.filter("sallyport", new SecurityFilter(), "/*").servlet("/page/*", this::handle);
    fixture
        .context
        .findFilterDef("sallyport")
        .addInitParameter(SecurityFilter.CONFIG_PARAMETER, elsewhere.toString());
    fixture.start();

    assertThat(fixture.get("/page/x").statusCode()).isEqualTo(401);
  }

  @Test
  void aFilterWithoutAnyConfigurationRefusesToStart() throws Exception {
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    fixture.filter("sallyport", new Refusing(new SecurityFilter()), "/*").start();

    assertThat(fixture.isUp()).isFalse();
    assertThat(refusals)
        .singleElement()
        .satisfies(message -> assertThat(message).contains("no configuration for Sallyport"));
  }

  @Test
  void theTokensEndpointDoesNothingWithoutTheFilter() throws Exception {
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    fixture.servlet("/tokens", new TokensServlet()).start();

    assertThat(fixture.send("POST", "/tokens", "").statusCode()).isEqualTo(500);
  }

  @Test
  void aPathOrNameThatIsTakenRefusesToRegister() throws Exception {
    Sallyport sallyport = sallyport(CONFIGURATION);
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(fixture);
    List<Throwable> thrown = new ArrayList<>();
    fixture
        .initializer((classes, context) -> {
          context.addServlet("own", new TokensServlet()).addMapping("/tokens");
          try {
            sallyport.register(context);
          } catch (ServletException e) {
            thrown.add(e);
          }
        })
        .start();

    assertThat(thrown)
        .singleElement()
        .satisfies(e -> assertThat(e).hasMessageContaining("/tokens"));
  }

  @Test
  void switchedOffSecurityLetsEverythingThroughAndMakesNoTokens() throws Exception {
    TomcatFixture app =
        app("version: 1\nenabled: false\nprofile: cloudify-3\naudit: {file: audit.log}\n");

    assertThat(app.get("/admin/x").body()).contains("user=null");
  }

  @Test
  void theFilterTakesHttpOnly() throws Exception {
    SecurityFilter filter = new SecurityFilter(sallyport(CONFIGURATION));
    ServletRequest request = anyOf(ServletRequest.class);
    ServletResponse response = anyOf(ServletResponse.class);

    assertThatThrownBy(() -> filter.doFilter(request, response, (q, a) -> reached.add("chain")))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("secures HTTP requests");
    assertThat(reached).isEmpty();
  }

  private static <T> T anyOf(Class<T> type) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
  }

  @Test
  void aFilterThatWasNotStartedLetsNothingThrough() throws Exception {
    SecurityFilter filter = new SecurityFilter(sallyport(CONFIGURATION));
    HttpServletRequest request = anyOf(HttpServletRequest.class);
    HttpServletResponse response = anyOf(HttpServletResponse.class);

    assertThatThrownBy(() -> filter.doFilter(request, response, (q, a) -> reached.add("chain")))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("was not started");
    assertThat(reached).isEmpty();
  }

  /** Keeps the message with which a filter refuses to start. */
  private final class Refusing implements Filter {

    private final SecurityFilter filter;

    Refusing(SecurityFilter filter) {
      this.filter = filter;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
      try {
        filter.init(config);
      } catch (ServletException e) {
        refusals.add(e.getMessage());
        throw e;
      }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      filter.doFilter(request, response, chain);
    }
  }

  // --- what a provider sees

  /** Writes down what it may see of a request, and sends browsers away. */
  private static final class Curious implements AuthenticationProvider {

    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) {
      seen.add(request.target()
          + " query=" + request.query().orElse("-")
          + " one=" + request.cookie("one").orElse("-")
          + " two=" + request.cookie("two").orElse("-")
          + " accept=" + request.headers("accept")
          + " missing=" + request.headers("X-Missing")
          + " remote=" + request.remote().getHostString()
          + " local=" + request.local().getHostString()
          + " secure=" + request.secure()
          + " certificates=" + request.clientCertificates().size()
          + " inTime=" + !request.remaining().isZero());
      return new AuthenticationResult.NotPresented();
    }

    @Override
    public List<Challenge> challenges(AuthenticationRequest request) {
      return List.of(
          new Challenge.Redirect(URI.create("https://login.example/"), List.of("state=s; Secure")));
    }
  }

  @Test
  void anAsyncDispatchHasTheTimeOfARequestHoweverLateItComes() throws Exception {
    Duration timeout = Duration.ofMillis(100);
    var curious = new Curious();
    Sallyport sallyport = Sallyport.builder()
        .provider("p", curious, PartOptions.defaults())
        .open("GET /late")
        .withoutAuthorization()
        .audit(decision -> {})
        .requestTimeout(timeout)
        .build();
    opened.add(sallyport);
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(0, fixture);
    fixture
        .initializer((classes, context) -> sallyport.register(context))
        .servlet("/late", (request, response) -> {
          long begun = System.nanoTime();
          AsyncContext async = request.startAsync(request, response);
          async.start(() -> {
            while (System.nanoTime() - begun <= timeout.toNanos()) {
              Thread.onSpinWait();
            }
            async.dispatch("/closed");
          });
        })
        .servlet("/closed", this::handle)
        .start();

    HttpResponse<String> answer = fixture.get("/late");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(curious.seen).singleElement().asString().contains("/closed", "inTime=true");
  }

  private TomcatFixture app(AuthenticationProvider provider) throws LifecycleException {
    Sallyport sallyport = Sallyport.builder()
        .provider("p", provider, PartOptions.defaults())
        .withoutAuthorization()
        .audit(decision -> {})
        .build();
    opened.add(sallyport);
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(0, fixture);
    return fixture
        .initializer((classes, context) -> sallyport.register(context))
        .servlet("/page/*", this::handle)
        .start();
  }

  @Test
  void showsARequestToProvidersAsItCameIn() throws Exception {
    Curious provider = new Curious();

    app(provider).rawGet("/page/x?a=b", "Cookie: one=1; two=1; two=2", "Accept: a", "Accept: b");

    assertThat(provider.seen)
        .containsExactly(
            "GET /page/x query=a=b one=1 two=- accept=[a, b] missing=[] remote=127.0.0.1"
                + " local=127.0.0.1 secure=false certificates=0 inTime=true");
  }

  @Test
  void sendsABrowsersNavigationAwayAndAnswersEverybodyElse() throws Exception {
    TomcatFixture app = app(new Curious());

    String navigation = app.rawGet("/page/x", "Sec-Fetch-Mode: navigate");
    String script = app.rawGet("/page/x", "Sec-Fetch-Mode: cors");

    assertThat(navigation)
        .startsWith("HTTP/1.1 303")
        .contains("Location: https://login.example/", "Set-Cookie: state=s; Secure");
    assertThat(script).startsWith("HTTP/1.1 401").doesNotContain("Location");
  }

  /** Knows everybody, and would send whoever it does not know to a login. */
  private static final class LoggedIn implements AuthenticationProvider {

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) {
      var stamp = SecurityStamp.of("alice", new byte[0], true, null);
      return new AuthenticationResult.Authenticated(
          new Subject.StoreUser("main", User.builder("alice", "alice").build(stamp)),
          Evidence.of("session", Instant.EPOCH));
    }

    @Override
    public List<Challenge> challenges(AuthenticationRequest request) {
      return List.of(new Challenge.Redirect(URI.create("https://login.example/"), List.of()));
    }
  }

  @Test
  void sendsNobodyToALoginWhoIsLoggedInAndMayNot() throws Exception {
    Sallyport sallyport = Sallyport.builder()
        .provider("p", new LoggedIn(), PartOptions.defaults())
        .rule(Rule.on("/page/**").roles("admin"))
        .audit(decision -> {})
        .build();
    opened.add(sallyport);
    TomcatFixture app = new TomcatFixture(folder);
    opened.add(0, app);
    app.initializer((classes, context) -> sallyport.register(context))
        .servlet("/page/*", this::handle)
        .start();

    String navigation = app.rawGet("/page/x", "Sec-Fetch-Mode: navigate");

    assertThat(navigation).startsWith("HTTP/1.1 403").doesNotContain("Location");
  }
}
