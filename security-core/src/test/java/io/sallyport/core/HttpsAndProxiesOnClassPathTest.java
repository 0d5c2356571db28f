package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real container, from two addresses of this machine: one is a declared proxy, the other is not. */
class HttpsAndProxiesOnClassPathTest {

  private static final String PROXY = "127.0.0.1";
  private static final String STRANGER = "127.0.0.2";

  private static final String BASIS = """
      version: 1
      userstore: {implementation: listed, properties: {users: ['alice:user']}}
      authentication_providers: [{name: caller, implementation: named}]
      token_generator: {implementation: numbered}
      endpoints: {tokens: /tokens}
      open_endpoints: ['* /public/**']
      authorization: none
      audit: {file: audit.log, level: debug}
      """;
  private static final String TRUST =
      "trusted_proxies: {ranges: [127.0.0.1/32, '::1'], header: x-forwarded}\n";
  private static final String REJECT = "require_https: reject\n";
  private static final String REDIRECT =
      "require_https: redirect\npublic_origin: https://app.example.org\n";

  @TempDir
  Path folder;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable part : opened) {
      part.close();
    }
  }

  private TomcatFixture app(String... more) throws Exception {
    return app(false, more);
  }

  private TomcatFixture app(boolean overTls, String... more) throws Exception {
    Path file = folder.resolve("security.yaml");
    Files.writeString(file, BASIS + String.join("", more));
    Sallyport sallyport = Sallyport.load(file);
    opened.add(sallyport);
    TomcatFixture fixture = new TomcatFixture(folder);
    opened.add(0, fixture);
    fixture.tomcat.getConnector().setSecure(overTls);
    return fixture
        .initializer((classes, context) -> sallyport.register(context))
        .servlet("/public/*", HttpsAndProxiesOnClassPathTest::handle)
        .servlet("/page/*", HttpsAndProxiesOnClassPathTest::handle)
        .servlet("/", (request, response) -> response.sendError(404))
        .start();
  }

  /** Tells what the application sees, and hands the request on where its path says so. */
  private static void handle(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String how = String.valueOf(request.getPathInfo());
    String to = request.getParameter("to");
    if (request.getAttribute("went") == null && to != null) {
      request.setAttribute("went", true);
      switch (how) {
        case "/forward" -> request.getRequestDispatcher(to).forward(request, response);
        case "/include" -> request.getRequestDispatcher(to).include(request, response);
        default -> request.startAsync(request, response).dispatch(to);
      }
      return;
    }
    response
        .getWriter()
        .print("app sees " + request.getRemoteAddr() + " " + request.isSecure() + " "
            + request.getScheme() + "; decided on "
            + Sallyport.decision(request).remoteAddress() + ";");
  }

  private String lastRemote() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("audit.log"));
    String line = lines.get(lines.size() - 1);
    return line.replaceAll(".*\"remote\":\"([^\"]*)\".*", "$1");
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }

  /** The values of a header field of an answer. */
  private static List<String> field(String answer, String name) {
    String wanted = name.toLowerCase(Locale.ROOT) + ":";
    return answer
        .lines()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(wanted))
        .map(line -> line.substring(wanted.length()).trim())
        .toList();
  }

  // --- who is calling

  @Test
  void takesTheAddressOfTheClientFromADeclaredProxy() throws Exception {
    TomcatFixture app = app(TRUST);

    String answer =
        app.rawGetFrom(PROXY, "/public/x", "X-Forwarded-For: 203.0.113.7", "X-Real-IP: 192.0.2.9");

    assertThat(answer).contains("decided on 203.0.113.7;");
    assertThat(lastRemote()).isEqualTo("203.0.113.7");
  }

  @Test
  void doesNotRewriteWhatTheApplicationSees() throws Exception {
    TomcatFixture app = app(TRUST);

    String answer = app.rawGetFrom(
        PROXY, "/public/x", "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https");

    assertThat(answer).contains("app sees 127.0.0.1 false http;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 203.0.113.7",
        "X-Forwarded-For: 127.0.0.1",
        "X-Real-IP: 203.0.113.7",
        "Forwarded: for=203.0.113.7",
        "X-Client-IP: 203.0.113.7"
      })
  void believesNobodyElse(String spoofed) throws Exception {
    TomcatFixture app = app(TRUST);

    app.rawGetFrom(STRANGER, "/public/x", spoofed);

    assertThat(lastRemote()).isEqualTo(STRANGER);
  }

  @Test
  void believesNobodyAtAllWhereNoProxyIsDeclared() throws Exception {
    TomcatFixture app = app();

    app.rawGetFrom(PROXY, "/public/x", "X-Forwarded-For: 203.0.113.7", "Forwarded: for=192.0.2.1");

    assertThat(lastRemote()).isEqualTo(PROXY);
  }

  /** A client can send the field too: the proxy adds what it knows at the right end. */
  @Test
  void readsWhatTheProxyHasAddedToTheClaimOfAClient() throws Exception {
    TomcatFixture app = app(TRUST, REJECT);

    String answer = app.rawGetFrom(
        PROXY,
        "/public/x",
        "X-Forwarded-For: 127.0.0.1, 10.0.0.1, 203.0.113.7",
        "X-Forwarded-Proto: https, http");

    assertThat(status(answer)).isEqualTo(403);
    assertThat(lastRemote()).isEqualTo("203.0.113.7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 203.0.113.7,", "X-Forwarded-For: evil.example",
            "X-Forwarded-For: unknown",
        "X-Forwarded-For: 203.0.113.7, 127.0.0.1", "X-Forwarded-Proto: wss", "X-Forwarded-For:"
      })
  void refusesABrokenReportOfADeclaredProxyWith400(String report) throws Exception {
    TomcatFixture app = app(TRUST);

    String answer = app.rawGetFrom(PROXY, "/public/x", report);

    assertThat(status(answer)).isEqualTo(400);
    assertThat(answer).contains("urn:sallyport:problem:malformed").doesNotContain("app sees");
    assertThat(field(answer, "Cache-Control")).containsExactly("no-store");
    assertThat(lastRemote()).isEqualTo(PROXY);
  }

  @Test
  void readsForwardedWhereThatIsDeclared() throws Exception {
    TomcatFixture app =
        app("trusted_proxies: {ranges: [127.0.0.1], header: forwarded, max_hops: 2}\n", REJECT);

    String two = app.rawGetFrom(
        PROXY,
        "/public/x",
        "Forwarded: for=\"[2001:db8::7]:4711\";proto=https",
        "Forwarded: for=127.0.0.1;proto=http",
        "X-Forwarded-For: 192.0.2.1");

    assertThat(two).contains("decided on 2001:db8::7;");
    assertThat(status(app.rawGetFrom(PROXY, "/public/x", "Forwarded: for=1.1.1.1; proto=https")))
        .isEqualTo(400);
    assertThat(status(app.rawGetFrom(STRANGER, "/public/x", "Forwarded: for=1.1.1.1;proto=https")))
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "include", "async"})
  void saysTheSameOnEveryDispatch(String how) throws Exception {
    TomcatFixture app = app(TRUST, REJECT);

    String answer = app.rawGetFrom(
        PROXY,
        "/public/" + how + "?to=/public/x",
        "X-Forwarded-For: 203.0.113.7",
        "X-Forwarded-Proto: https");

    assertThat(answer).contains("decided on 203.0.113.7;");
    assertThat(field(answer, "Strict-Transport-Security")).containsExactly("max-age=31536000");
    assertThat(Files.readAllLines(folder.resolve("audit.log")))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("\"remote\":\"203.0.113.7\""));
  }

  @Test
  void tellsOnceOfEachFamilyThatAnUndeclaredPeerSends() throws Exception {
    TomcatFixture app = app(TRUST);

    String log = loggedWhile(() -> {
      app.rawGetFrom(
          PROXY, "/public/x", "X-Forwarded-For: 203.0.113.7", "Forwarded: for=192.0.2.1");
      for (int i = 0; i < 3; i++) {
        app.rawGetFrom(STRANGER, "/public/x", "X-Forwarded-Proto: https");
        app.rawGetFrom(STRANGER, "/public/x", "X-Forwarded-For: 198.51.100.1");
        app.rawGetFrom(STRANGER, "/public/x", "Forwarded: for=198.51.100.1");
      }
    });

    assertThat(log.lines().filter(line -> line.contains("no declared proxy")))
        .satisfiesExactly(
            line -> assertThat(line)
                .contains("WARN", "127.0.0.2", "X-Forwarded-Proto", "trusted_proxies.ranges"),
            line -> assertThat(line).contains("WARN", "127.0.0.2", "Forwarded"))
        .noneSatisfy(line -> assertThat(line).contains("198.51.100.1"));
  }

  @Test
  void tellsOfThemWhereNoProxyIsDeclaredAtAll() throws Exception {
    TomcatFixture app = app();

    String log =
        loggedWhile(() -> app.rawGetFrom(PROXY, "/public/x", "X-Forwarded-For: 203.0.113.7"));

    assertThat(log).contains("a request from 127.0.0.1 carries X-Forwarded-For");
  }

  /** What has to be done, whatever it throws. */
  private interface Step {
    void run() throws Exception;
  }

  private static String loggedWhile(Step step) throws Exception {
    PrintStream before = System.err;
    var captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      step.run();
    } finally {
      System.setErr(before);
    }
    return captured.toString(StandardCharsets.UTF_8);
  }

  // --- HTTPS

  @ParameterizedTest
  @ValueSource(strings = {"/public/x", "/page/x", "/tokens", "/nowhere"})
  void refusesPlainHttpWith403(String path) throws Exception {
    TomcatFixture app = app(REJECT);

    String answer = app.rawGetFrom(STRANGER, path, "X-User: alice", "X-Forwarded-Proto: https");

    assertThat(status(answer)).isEqualTo(403);
    assertThat(answer).contains("urn:sallyport:problem:insecure").doesNotContain("app sees");
    assertThat(field(answer, "Cache-Control")).containsExactly("no-store");
    assertThat(field(answer, "Strict-Transport-Security")).isEmpty();
    assertThat(field(answer, "WWW-Authenticate")).isEmpty();
  }

  @Test
  void sendsAnHonestVisitorOnToHttps() throws Exception {
    TomcatFixture app = app(REDIRECT);

    String answer = app.rawGetFrom(
        STRANGER, "/page/a%20b?x=%2F&y", "Host: evil.example", "X-Forwarded-Host: evil.example");

    assertThat(status(answer)).isEqualTo(308);
    assertThat(field(answer, "Location"))
        .containsExactly("https://app.example.org/page/a%20b?x=%2F&y");
    assertThat(field(answer, "Cache-Control")).containsExactly("no-store");
    assertThat(field(answer, "Strict-Transport-Security")).isEmpty();
    assertThat(answer).doesNotContain("evil");
  }

  @Test
  void sendsNobodyOnWhoHasSentCredentials() throws Exception {
    TomcatFixture app = app(REDIRECT);

    String answer = app.rawGetFrom(STRANGER, "/page/x", "X-User: alice");

    assertThat(status(answer)).isEqualTo(403);
    assertThat(field(answer, "Location")).isEmpty();
    assertThat(Files.readString(folder.resolve("audit.log")))
        .contains("plain HTTP with credentials");
  }

  @Test
  void acceptsWhatADeclaredProxyHadOverHttps() throws Exception {
    TomcatFixture app = app(TRUST, REDIRECT);
    String[] https = {"X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https", "X-User: alice"};

    assertThat(status(app.rawGetFrom(PROXY, "/page/x", https))).isEqualTo(200);
    assertThat(status(app.rawGetFrom(STRANGER, "/page/x", https))).isEqualTo(403);
  }

  @Test
  void refusesWhatADeclaredProxyHadOverPlainHttpThoughTheConnectionIsSecure() throws Exception {
    TomcatFixture app = app(true, TRUST, REJECT);

    assertThat(status(app.rawGetFrom(PROXY, "/public/x", "X-Forwarded-Proto: http")))
        .isEqualTo(403);
    assertThat(status(app.rawGetFrom(STRANGER, "/public/x", "X-Forwarded-Proto: http")))
        .isEqualTo(200);
  }

  // --- what browsers remember

  @Test
  void tellsBrowsersOnceOnEveryAnswerOverHttps() throws Exception {
    TomcatFixture app = app(true, REJECT);

    String open = app.rawGetFrom(STRANGER, "/public/x");
    String unknown = app.rawGetFrom(STRANGER, "/page/x");
    String known = app.rawGetFrom(STRANGER, "/page/x", "X-User: alice");
    String malformed = app.rawGetFrom(STRANGER, "/public//x");

    assertThat(List.of(status(open), status(unknown), status(known), status(malformed)))
        .containsExactly(200, 401, 200, 400);
    assertThat(List.of(open, unknown, known, malformed))
        .allSatisfy(answer -> assertThat(field(answer, "Strict-Transport-Security"))
            .containsExactly("max-age=31536000"));
  }

  @Test
  void tellsBrowsersWhatIsConfigured() throws Exception {
    TomcatFixture app =
        app(true, "hsts: {max_age: 730d, include_subdomains: true, preload: true}\n");

    assertThat(field(app.rawGetFrom(STRANGER, "/public/x"), "Strict-Transport-Security"))
        .containsExactly("max-age=63072000; includeSubDomains; preload");
  }

  @Test
  void tellsBrowsersNothingIfToldSo() throws Exception {
    TomcatFixture app = app(true, REJECT, "hsts: off\n");

    assertThat(field(app.rawGetFrom(STRANGER, "/public/x"), "Strict-Transport-Security"))
        .isEmpty();
  }

  @Test
  void keepsRefusalsAndTokensOutOfCaches() throws Exception {
    TomcatFixture app = app(true, REJECT);

    assertThat(List.of(
            app.rawGetFrom(STRANGER, "/page/x"),
            app.rawGetFrom(STRANGER, "/public//x"),
            app.rawPostFrom(STRANGER, "/tokens", "X-User: alice")))
        .satisfiesExactly(
            answer -> assertThat(status(answer)).isEqualTo(401),
            answer -> assertThat(status(answer)).isEqualTo(400),
            answer -> assertThat(answer).startsWith("HTTP/1.1 200").contains("\"value\""))
        .allSatisfy(
            answer -> assertThat(field(answer, "Cache-Control")).containsExactly("no-store"));
  }

  @Test
  void changesNothingWhereNothingIsConfigured() throws Exception {
    TomcatFixture app = app(true);

    String answer = app.rawGetFrom(STRANGER, "/public/x", "X-Forwarded-For: broken,");

    assertThat(status(answer)).isEqualTo(200);
    assertThat(field(answer, "Strict-Transport-Security")).isEmpty();
    assertThat(answer).contains("app sees 127.0.0.2 true");
  }
}
