package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Identity;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request that the application, or the container for an error, hands on. */
class DispatchesOnClassPathTest {

  private static final String CONFIGURATION = """
      version: 1
      userstore: {implementation: listed, properties: {users: ['alice:user', 'bob:admin,user']}}
      authentication_providers:
        - {name: caller, implementation: named}
      open_endpoints: ['* /public/**']
      rules:
        - {path: /page/**, access: authenticated}
        - {path: /admin/**, roles: [admin]}
      audit: {file: audit.log}
      """;

  @TempDir
  Path folder;

  private final List<String> reached = new CopyOnWriteArrayList<>();
  private Sallyport sallyport;
  private TomcatFixture app;

  @BeforeEach
  void prepare() throws Exception {
    Path file = folder.resolve("security.yaml");
    Files.writeString(file, CONFIGURATION);
    sallyport = Sallyport.load(file);
    app = new TomcatFixture(folder)
        .initializer((classes, context) -> sallyport.register(context))
        .servlet("/public/*", this::handle)
        .servlet("/page/*", this::handle)
        .servlet("/admin/*", this::handle)
        .servlet("/WEB-INF/*", this::handle)
        .servlet("/errors/*", this::handle)
        .errorPage(418, "/errors/plain")
        .errorPage(405, "/errors/echo")
        .servlet("/errors/echo", new HttpServlet() {
          private static final long serialVersionUID = 1L;
        });
  }

  @AfterEach
  void stop() throws Exception {
    app.close();
    sallyport.close();
  }

  /** Answers, or does what its path says with what the query says. */
  private void handle(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    reached.add(request.getServletPath());
    String to = request.getParameter("to");
    String how = to == null ? "" : String.valueOf(request.getPathInfo()).substring(1);
    if (request.getAttribute("went") == request.getDispatcherType()
        || request.getDispatcherType() == DispatcherType.INCLUDE) {
      how = "";
    }
    request.setAttribute("went", request.getDispatcherType());
    switch (how) {
      case "forward" -> {
        response.setHeader("Left-Over", "header");
        response.addCookie(new Cookie("left", "over"));
        response.setStatus(202);
        response.getWriter().print("left over;");
        request.getRequestDispatcher(to).forward(request, response);
      }
      case "include" -> {
        response.setHeader("Left-Over", "header");
        response.getWriter().print("left over;");
        request.getRequestDispatcher(to).include(request, response);
      }
      case "wrapping" -> {
        try {
          request.getRequestDispatcher(to).include(request, response);
        } catch (ServletException e) {
          throw new IOException("a tag failed", e);
        }
      }
      case "async-include" -> {
        AsyncContext async = request.startAsync();
        async.setTimeout(20_000);
        request.getRequestDispatcher(to).include(request, response);
        async.complete();
      }
      case "committed" -> {
        response.getWriter().print("sent already;");
        response.flushBuffer();
        request.getRequestDispatcher(to).include(request, response);
      }
      case "nested" -> {
        request.getRequestDispatcher("/public/include?to=" + to).forward(request, response);
      }
      case "error" -> response.sendError(Integer.parseInt(to));
      case "async-error" -> {
        AsyncContext async = request.startAsync();
        response.sendError(Integer.parseInt(to));
        async.complete();
      }
      default -> response.getWriter().print(describe(request));
    }
  }

  private static String describe(HttpServletRequest request) {
    return request.getDispatcherType() + " " + request.getRemoteUser() + "/"
        + Sallyport.identity(request).map(Identity::name).orElse("-") + ";";
  }

  // --- what is denied within a request

  @ParameterizedTest
  @ValueSource(strings = {"forward", "include", "nested", "wrapping"})
  void deniedWithinARequestIsTheAnswerOfTheRequest(String how) throws Exception {
    app.start();

    HttpResponse<String> nobody = app.get("/public/" + how + "?to=/admin/x");
    HttpResponse<String> alice = app.get("/page/" + how + "?to=/admin/x", "X-User", "alice");

    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(nobody.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(alice.statusCode()).isEqualTo(403);
    for (HttpResponse<String> answer : List.of(nobody, alice)) {
      assertThat(answer.headers().firstValue("Left-Over")).isEmpty();
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/problem+json");
      assertThat(answer.body()).startsWith("{").doesNotContain("left over", "Exception", "at io.");
    }
    assertThat(reached).doesNotContain("/admin");
  }

  @Test
  void headIsRefusedWithinARequestWithoutABody() throws Exception {
    app.start();

    HttpResponse<String> answer =
        app.send("HEAD", "/page/include?to=/admin/x", "", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEmpty();
    assertThat(reached).containsExactly("/page");
  }

  @Test
  void anIncludeThatIsDeniedTooLateEndsTheAnswerWithoutItsTarget() throws Exception {
    app.start();

    String answer = app.rawGet("/page/committed?to=/admin/x", "X-User: alice");

    assertThat(answer).contains("sent already;").doesNotContain("Exception", "at io.", "bob");
    assertThat(reached).containsExactly("/page");
  }

  @Test
  void anIncludeThatIsDeniedAfterTheRequestWentAsynchronousEndsItToo() throws Exception {
    app.start();

    HttpResponse<String> answer = app.get("/page/async-include?to=/admin/x", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).startsWith("{");
    assertThat(reached).containsExactly("/page");
  }

  @Test
  void aResponseOfTheApplicationThatGivesNoStreamGetsTheRefusalAsText() throws Exception {
    app.filter("writers", this::withWritersOnly, "/*").start();

    HttpResponse<String> answer = app.get("/page/forward?to=/admin/x", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).startsWith("{\"type\":\"urn:sallyport:problem:forbidden\"");
  }

  private void withWritersOnly(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
      @Override
      public ServletOutputStream getOutputStream() {
        throw new IllegalStateException("getWriter() was called");
      }
    });
  }

  // --- error pages

  @Test
  void anErrorPageKnowsTheCaller() throws Exception {
    app.start();

    HttpResponse<String> alice = app.get("/page/error?to=418", "X-User", "alice");
    HttpResponse<String> nobody = app.get("/public/error?to=418", "X-User", "alice");
    HttpResponse<String> later = app.get("/page/async-error?to=418", "X-User", "alice");

    assertThat(alice.statusCode()).isEqualTo(418);
    assertThat(alice.body()).isEqualTo("ERROR alice/alice;");
    assertThat(nobody.body()).isEqualTo("ERROR null/-;");
    assertThat(later.statusCode()).isEqualTo(418);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void aStatusThatTheApplicationSendsComesThrough(int status) throws Exception {
    app.start();

    assertThat(app.get("/page/error?to=" + status, "X-User", "alice").statusCode())
        .isEqualTo(status);
  }

  @Test
  void noErrorPageEchoesWhatATraceHasSent() throws Exception {
    app.start();

    String answer = app.rawSend("TRACE", "/public/x", "X-User: alice", "X-Secret: sesame");

    assertThat(answer).startsWith("HTTP/1.1 405").doesNotContain("sesame", "alice");
    assertThat(reached).isEmpty();
  }

  @Test
  void traceIsRefusedWhereTheContainerLetsItThrough() throws Exception {
    app.tomcat.getConnector().setAllowTrace(true);
    app.start();

    String answer = app.rawSend("TRACE", "/public/x", "X-User: alice", "X-Secret: sesame");

    assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("sesame", "alice");
    assertThat(reached).isEmpty();
  }

  /** Both of a page that handles the error 500 by handing it on. */
  @ParameterizedTest
  @CsvSource({
    // to Tomcat what an error page forwards to is an error page too
    "forward, /public/x, alice, 500, ERROR alice/alice;",
    "include, /public/x, alice, 500, left over;INCLUDE alice/alice;",
    "include, /WEB-INF/x, alice, 500, left over;INCLUDE alice/alice;",
    "include, /admin/x, bob, 500, left over;INCLUDE bob/bob;",
  })
  void anErrorPageHandsOnWhatItsCallerMayHave(
      String how, String to, String user, int status, String body) throws Exception {
    app.servlet("/broken/*", (request, response) -> {})
        .errorPage(500, "/errors/" + how + "?to=" + to);
    app.servlet("/page/broken", (request, response) -> {
      throw new IllegalStateException("broken on purpose");
    });
    app.start();

    HttpResponse<String> answer = app.get("/page/broken", "X-User", user);

    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.statusCode()).isIn(status, 202);
  }

  @Test
  void anErrorPageThatIncludesWhatItsCallerMayNotHaveLeavesTheStatusAlone() throws Exception {
    app.errorPage(404, "/errors/include?to=/admin/x").start();

    HttpResponse<String> answer = app.get("/page/error?to=404", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEmpty();
    assertThat(reached).doesNotContain("/admin");
  }

  @Test
  void anErrorPageThatForwardsToWhatItsCallerMayNotHaveIsRefused() throws Exception {
    app.errorPage(404, "/errors/forward?to=/admin/x").start();

    HttpResponse<String> answer = app.get("/page/error?to=404", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).startsWith("{");
    assertThat(reached).doesNotContain("/admin");
  }

  // --- from another application

  private String crossContext(String how, String to) throws Exception {
    Path file = folder.resolve("other.yaml");
    Files.writeString(file, CONFIGURATION + "# another\n");
    try (Sallyport other = Sallyport.load(file)) {
      app.context.setCrossContext(true);
      Context second = app.tomcat.addContext("/other", folder.toString());
      second.addServletContainerInitializer(
          (classes, context) -> other.register(context), Set.of());
      for (String path : List.of("/admin/*", "/page/*", "/WEB-INF/*")) {
        Tomcat.addServlet(second, path, new HttpServlet() {
              private static final long serialVersionUID = 1L;

              @Override
              protected void service(HttpServletRequest request, HttpServletResponse response)
                  throws IOException {
                reached.add("other");
                response.getWriter().print(describe(request));
              }
            })
            .addMapping(path);
      }
      app.servlet("/page/cross", (request, response) -> {
        var there = request.getServletContext().getContext("/other");
        RequestDispatcher dispatcher = there.getRequestDispatcher(to);
        if (how.endsWith("include")) {
          dispatcher.include(request, response);
        } else {
          dispatcher.forward(request, response);
        }
      });
      app.errorPage(410, "/page/cross").start();
      HttpResponse<String> answer = app.get(
          how.startsWith("error") ? "/page/error?to=410" : "/page/cross", "X-User", "alice");
      return answer.statusCode() + (answer.statusCode() == 200 ? " " + answer.body() : "");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "include, /page/x, 200 INCLUDE alice/alice;",
    "forward, /page/x, 200 FORWARD alice/alice;",
    "include, /admin/x, 403",
    "forward, /admin/x, 403",
    "include, /WEB-INF/x, 403",
    "forward, /WEB-INF/x, 403",
    "error-forward, /admin/x, 403",
  })
  void anotherApplicationsTargetIsDecidedOnByItsOwnRules(String how, String to, String expected)
      throws Exception {
    assertThat(crossContext(how, to)).isEqualTo(expected);

    assertThat(reached.contains("other")).isEqualTo(expected.startsWith("200"));
  }
}
