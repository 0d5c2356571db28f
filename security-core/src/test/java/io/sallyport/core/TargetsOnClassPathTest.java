package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets as they come over the wire, on a Tomcat that lets through what it can. */
class TargetsOnClassPathTest {

  private static final String CONFIGURATION = """
      version: 1
      userstore: {implementation: listed, properties: {users: ['alice:user']}}
      authentication_providers: [{name: caller, implementation: named}]
      authorization: none
      tenants: {header: X-Tenant}
      open_endpoints: ['* /public/**']
      rules:
        - {path: /page/**, access: authenticated}
        - {path: /admin/**, roles: [admin]}
      audit: {file: audit.log, level: debug}
      """;

  /** All that ours ever reads; whoever adds one must have a reason that no client can abuse. */
  private static final Set<String> KNOWN_HEADERS = Set.of(
      "x-user",
      "x-tenant",
      "authorization",
      "origin",
      "sec-fetch-site",
      "sec-fetch-mode",
      "access-control-request-method",
      "access-control-request-headers",
      "forwarded",
      "x-forwarded-for",
      "x-forwarded-proto",
      "upgrade");

  private static final String[] OVERRIDES = {
    "X-HTTP-Method-Override: DELETE",
    "X-HTTP-Method: DELETE",
    "X-Method-Override: DELETE",
    "X-Original-URL: /admin/x",
    "X-Rewrite-URL: /admin/x",
    "X-Original-URI: /admin/x",
    "X-Original-Method: DELETE",
    "X-Envoy-Original-Path: /admin/x"
  };

  @TempDir
  Path folder;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Set<String> headersRead = new ConcurrentSkipListSet<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable part : opened) {
      part.close();
    }
  }

  private TomcatFixture app(String... permitted) throws Exception {
    Path file = folder.resolve("security.yaml");
    Files.writeString(
        file, CONFIGURATION + "permitted_targets: [" + String.join(", ", permitted) + "]\n");
    Sallyport sallyport = Sallyport.load(file);
    opened.add(sallyport);
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(0, fixture);
    fixture.tomcat.getConnector().setEncodedSolidusHandling("decode");
    fixture.tomcat.getConnector().setAllowBackslash(true);
    fixture.tomcat.getConnector().setProperty("relaxedPathChars", "\\");
    return fixture
        .filter("secured", new Recorded(new SecurityFilter(sallyport), headersRead), "/*")
        .servlet("/public/*", TargetsOnClassPathTest::handle)
        .servlet("/page/*", TargetsOnClassPathTest::handle)
        .servlet("/admin/*", TargetsOnClassPathTest::handle)
        .servlet("*.do", TargetsOnClassPathTest::handle)
        .servlet("/", TargetsOnClassPathTest::handle)
        .start();
  }

  private static void handle(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String to = request.getParameter("to");
    if (to != null && request.getAttribute("went") == null) {
      request.setAttribute("went", true);
      switch (request.getParameter("by")) {
        case "include" -> request.getRequestDispatcher(to).include(request, response);
        case "async" -> request.startAsync(request, response).dispatch(to);
        default -> request.getRequestDispatcher(to).forward(request, response);
      }
      return;
    }
    response.getWriter().print("decided on " + Sallyport.decision(request).path());
  }

  /** Notes every header field that the filter asks for. */
  private record Recorded(Filter filter, Set<String> names) implements Filter {

    @Override
    public void init(FilterConfig config) throws ServletException {
      filter.init(config);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      var noted = new HttpServletRequestWrapper((HttpServletRequest) request) {
        @Override
        public String getHeader(String name) {
          names.add(name.toLowerCase(Locale.ROOT));
          return super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
          names.add(name.toLowerCase(Locale.ROOT));
          return super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
          names.add("all names");
          return super.getHeaderNames();
        }

        @Override
        public String getParameter(String name) {
          names.add("the body");
          return super.getParameter(name);
        }
      };
      // the application is to read what it likes unnoticed
      filter.doFilter(noted, response, (secured, answer) -> chain.doFilter(request, answer));
    }

    @Override
    public void destroy() {
      filter.destroy();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/public/x,       200, decided on /public/x",
    "HTTP://a/public/x,       200, decided on /public/x",
    "https://a/public/x,      200, decided on /public/x",
    "http://a/public/a%20b.c, 200, decided on /public/a b.c",
    "http://a/page/x,         401, ''",
    "http://a//public/x,      400, ''",
    "http://a/public/../x,    400, ''",
    "ftp://a/public/x,        400, ''",
    "a:80,                    400, ''",
    "*,                       400, ''",
  })
  void readsATargetInAbsoluteFormAsItsPath(String target, int status, String body)
      throws Exception {
    String answer = app().rawGet(target);

    assertThat(answer).startsWith("HTTP/1.1 " + status).contains(body);
  }

  @ParameterizedTest
  @CsvSource({
    "/public/a%2Fb,             encoded_slash,       /public/a/b",
    "/public%2fa,               encoded_slash,       /public/a",
    "/public/a%5Cb,             encoded_backslash,   /public/a/b",
    "/public/a%3Bb,             encoded_semicolon,   /public/a;b",
    "/public/100%25,            encoded_percent,     /public/100%",
    "/public//a,                empty_segments,      /public/a",
    "//public/a,                empty_segments,      /public/a",
    "/page/../public/a,         dot_segments,        /public/a",
    "/public/a;v=1,             any_path_parameters, /public/a",
    "/public/a%01b,             control_characters,  /public/a\u0001b",
  })
  void letsThroughWhatIsPermittedAndDecidesOnThePathOfTheContainer(
      String target, String word, String path) throws Exception {
    try (TomcatFixture strict = app()) {
      assertThat(strict.rawGet(target)).startsWith("HTTP/1.1 400");
    }
    opened.remove(0);

    assertThat(app(word).rawGet(target)).startsWith("HTTP/1.1 200").endsWith("decided on " + path);
  }

  /** Invariant 3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/public/..%2fadmin/x",
        "/public%2f..%2fadmin/x",
        "/public/..;v/admin/x",
        "/public/%2e%2e/admin/x",
        "/public/..\\admin/x",
        "/public\\..\\admin\\x",
        "/public/..%5cadmin/x",
        "//admin/x",
        "/%2fadmin%2fx",
        "/public//..//admin//x",
        "/admin;v=1/x"
      })
  void closesWhatIsClosedUnderAnySpellingThatIsPermitted(String target) throws Exception {
    TomcatFixture app = app(
        "dot_segments",
        "empty_segments",
        "encoded_slash",
        "encoded_backslash",
        "backslash",
        "any_path_parameters");

    assertThat(app.rawGet(target)).startsWith("HTTP/1.1 401");
    assertThat(app.rawGet(target, "X-User: alice"))
        .startsWith("HTTP/1.1 403")
        .contains("GET /admin/x is not permitted");
  }

  /** What a client may send, a forward, an include and an asynchronous dispatch may lead to. */
  @ParameterizedTest
  @ValueSource(strings = {"forward", "include", "async"})
  void decidesOnDispatchesAsOnRequests(String by) throws Exception {
    TomcatFixture app = app("encoded_slash", "control_characters", "encoded_percent");

    assertThat(app.rawGet("/public/x?by=" + by + "&to=/public/a%2501%252Fb"))
        .startsWith("HTTP/1.1 200")
        .endsWith("decided on /public/a\u0001/b");
    assertThat(app.rawGet("/page/x?by=" + by + "&to=/admin%252Fx", "X-User: alice"))
        .doesNotContain("decided on");
  }

  @Test
  void writesAPermittedControlCharacterEscaped() throws Exception {
    TomcatFixture app = app("control_characters");

    String answer = app.rawGet("/admin/a%01%7fb", "X-User: alice");

    assertThat(answer).startsWith("HTTP/1.1 403").contains("GET /admin/a\\u0001");
    assertThat(Files.readString(folder.resolve("audit.log")))
        .contains("\"path\":\"/admin/a\\u0001\\u007Fb\"");
  }

  @Test
  void saysAtTheStartWhatIsPermitted() throws Exception {
    app("encoded_slash", "dot_segments");

    assertThat(((Sallyport) opened.get(1)).summary())
        .contains("permitted targets [dot_segments, encoded_slash]");
  }

  @ParameterizedTest
  @CsvSource({"/public/x, 200", "/page/x, 401", "/admin/x, 401", "/public//x, 400"})
  void takesMethodAndPathFromTheRequestLineAlone(String target, int status) throws Exception {
    TomcatFixture app = app();

    assertThat(app.rawGet(target, OVERRIDES)).startsWith("HTTP/1.1 " + status);
    assertThat(app.rawGet(target + "?_method=DELETE")).startsWith("HTTP/1.1 " + status);

    assertThat(KNOWN_HEADERS).containsAll(headersRead);
  }

  @Test
  void readsNoUnknownHeaderFieldForAKnownCallerEither() throws Exception {
    TomcatFixture app = app();

    String answer = app.rawGet("/page/x?by=forward&to=/page/y", "X-User: alice");

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(headersRead).contains("x-user", "x-tenant");
    assertThat(KNOWN_HEADERS).containsAll(headersRead);
  }
}
