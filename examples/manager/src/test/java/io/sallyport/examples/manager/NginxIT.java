package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.Sallyport;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The configuration of {@code examples/nginx} in the real nginx, before an application of three servlets
 * that say that they were reached. What is told of requests is read off the audit log.
 */
@ParameterizedClass
@EnumSource(Container.Kind.class)
@Timeout(240)
class NginxIT {

  /** Where the caller is; the proxy itself is at 127.0.0.1. */
  private static final String CALLER = "127.0.0.7";

  private static final String SECURITY = """
      version: 1
      userstore: {implementation: file, properties: {path: users.yaml}}
      authentication_providers:
        - {name: password, implementation: password}
      token_generator: {implementation: token, properties: {secret_key: '${file:token.key}'}}
      endpoints: {tokens: /tokens}
      rules:
        - {path: /public/**, access: open}
        - {path: /admin/**, roles: [administrator]}
        - {path: /tokens, methods: [POST], access: authenticated}
      audit: {file: logs/audit.log, level: debug}
      trusted_proxies: {ranges: [127.0.0.1/32], header: x-forwarded}
      require_https: redirect
      public_origin: https://manager.example.org
      """;

  private static final String SPOOFED = """
      X-Forwarded-For: 203.0.113.9
      X-Forwarded-Proto: https
      X-Forwarded-Host: evil.example
      X-Forwarded-Port: 443
      Forwarded: for=203.0.113.9;proto=https;host=evil.example
      X-Real-IP: 203.0.113.9
      X-Original-URL: /public/x
      X-Rewrite-URL: /public/x
      X-HTTP-Method-Override: GET
      X_Forwarded_For: 203.0.113.9
      """.replace("\n", "\r\n");

  @TempDir
  private static Path made;

  private static Path executable;
  private static ServerCertificate certificate;
  private static SSLContext trusting;

  @Parameter
  Container.Kind kind;

  @TempDir
  private Path parent;

  private ConfigurationFolder folder;
  private Sallyport sallyport;
  private Container application;
  private NginxProcess nginx;

  @BeforeAll
  static void findNginx() throws Exception {
    executable = NginxProcess.require();
    certificate = ServerCertificate.make(made, "nginx", "DNS:" + NginxProcess.NAME);
    trusting = certificate.trusting();
  }

  @BeforeEach
  void start() throws Exception {
    folder = ConfigurationFolder.in(parent);
    folder.write("security.yaml", SECURITY);
    sallyport = Sallyport.load(folder.file("security.yaml"));
    application = Container.start(kind, new Application(sallyport), 0, null);
    Path prefix = Files.createDirectory(parent.resolve("nginx"));
    nginx = NginxProcess.start(executable, prefix, certificate, application.port());
  }

  @AfterEach
  void stop() throws Exception {
    if (nginx != null) {
      nginx.close();
    }
    if (application != null) {
      application.close();
    }
    if (sallyport != null) {
      sallyport.close();
    }
  }

  @Test
  void aRequestByHttpsIsSecureAndItsCallerIsKnown() throws Exception {
    RawAnswer answer = https("GET /admin/x", "Authorization: " + basic("alice") + "\r\n");

    assertThat(answer.text()).startsWith("HTTP/1.1 200 ").contains("reached admin at /admin/x");
    assertThat(answer.protocol()).isEqualTo("TLSv1.3");
    assertThat(audited("/admin/x"))
        .singleElement()
        .asString()
        .contains("\"outcome\":\"allowed\"", "\"user\":\"alice\"", remote(CALLER));
  }

  @Test
  void oneFieldSaysThatHttpsMayNotBeLeftOut() throws Exception {
    RawAnswer allowed = https("GET /public/x", "");
    RawAnswer refused = https("GET /admin/x", "");
    RawAnswer ofNginx = https("GET /public/x", "X-Long: " + "x".repeat(20_000) + "\r\n");

    assertThat(List.of(allowed.status(), refused.status(), ofNginx.status()))
        .containsExactly(200, 401, 400);
    assertThat(List.of(allowed, refused))
        .allSatisfy(
            answer -> assertThat(answer.fields("Strict-Transport-Security")).hasSize(1));
  }

  @Test
  void plainHttpIsSentToThePublicOriginWhateverHostItNames() throws Exception {
    RawAnswer answer = RawAnswer.http(
        CALLER,
        nginx.httpPort(),
        "GET /public/..%2fx?y=1 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

    assertThat(answer.status()).isEqualTo(308);
    assertThat(answer.fields("Location"))
        .containsExactly("https://manager.example.org/public/..%2fx?y=1");
    assertThat(answer.text()).doesNotContain("evil.example");
  }

  @Test
  void plainHttpWithCredentialsOrWithAChangeIsRefused() throws Exception {
    String rest = " HTTP/1.1\r\nHost: manager.example.org\r\nConnection: close\r\n";

    for (String request : List.of(
        "GET /x" + rest + "Authorization: " + basic("alice") + "\r\n\r\n",
        "GET /x" + rest + "Authentication-Token: x\r\n\r\n",
        "GET /x" + rest + "Cookie: a=b\r\n\r\n",
        "POST /x" + rest + "Content-Length: 0\r\n\r\n")) {
      RawAnswer answer = RawAnswer.http(CALLER, nginx.httpPort(), request);

      assertThat(answer.status()).isEqualTo(403);
    }
  }

  @Test
  void whatCallersSayOfThemselvesChangesNothing() throws Exception {
    RawAnswer closed = https("GET /admin/x", SPOOFED);
    RawAnswer open = https("GET /public/x", SPOOFED);

    assertThat(closed.status()).isEqualTo(401);
    assertThat(open.status()).isEqualTo(200);
    assertThat(open.text()).contains("reached public at /public/x").doesNotContain("evil");
    assertThat(audited("/admin/x")).singleElement().asString().contains(remote(CALLER));
    assertThat(audited("/public/x")).singleElement().asString().contains(remote(CALLER));
    assertThat(auditLog()).noneMatch(line -> line.contains("203.0.113.9"));
  }

  @Test
  void anAddressThatIsNoDeclaredProxyIsNotBelievedEither() throws Exception {
    String get = "GET /public/x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n";

    RawAnswer spoofed = RawAnswer.http("127.0.0.2", application.port(), get + SPOOFED + "\r\n");
    RawAnswer plain = RawAnswer.http("127.0.0.2", application.port(), get + "\r\n");

    assertThat(List.of(spoofed, plain)).allSatisfy(answer -> {
      assertThat(answer.status()).isEqualTo(308);
      assertThat(answer.fields("Location")).containsExactly("https://manager.example.org/public/x");
    });
    assertThat(auditLog())
        .noneMatch(line -> line.contains("203.0.113.9"))
        .filteredOn(line -> line.contains(remote("127.0.0.2")))
        .hasSize(2);
  }

  @Test
  void noSpellingOfATargetReachesWhatIsClosed() throws Exception {
    List<String> targets = List.of(
        "/public/..%2fadmin",
        "/public/..%2fadmin/x",
        "/public/%2e%2e/admin",
        "/public/%2e%2e/admin/x",
        "/public/../admin/x",
        "/public/..;/admin/x",
        "/public/;x/../admin/x",
        "//admin",
        "//admin/x",
        "/public//../admin/x",
        "/./admin/x",
        "/admin;x/x",
        "/public/..\\admin\\x",
        "\\admin\\x",
        "/public/%5c..%5cadmin/x",
        "/public/%252e%252e/admin/x",
        "/public/..%c0%afadmin/x",
        "/public/%00/../admin/x",
        "http://manager.example.org/public/../admin/x",
        "http://manager.example.org/admin/x");

    for (String target : targets) {
      RawAnswer answer = https("GET " + target, "");

      assertThat(answer.status()).as(target).isIn(400, 401, 403, 404);
      assertThat(answer.text()).as(target).doesNotContain("reached admin");
    }
  }

  @Test
  void honestTargetsArriveAsTheyWereSent() throws Exception {
    RawAnswer answer = https("GET /public/a%20b.c/%C3%A4?q=%2F..%2F&q=//", "");

    assertThat(answer.text()).contains("reached public at /public/a%20b.c/%C3%A4?q=%2F..%2F&q=//");
  }

  @Test
  void anotherHostOnAConnectionOfOursGetsNoAnswerAndAnotherNameNoHandshake() throws Exception {
    String request = "GET /public/x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";

    RawAnswer misdirected =
        RawAnswer.https(trusting, CALLER, nginx.httpsPort(), NginxProcess.NAME, request);

    assertThat(misdirected.status()).isEqualTo(421);
    assertThatThrownBy(
            () -> RawAnswer.https(trusting, CALLER, nginx.httpsPort(), "evil.example", request))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("unrecognized_name");
  }

  @Test
  void tooManyLoginsAre429AndReachNothing() throws Exception {
    List<Integer> statuses = atOnce(CALLER, "POST /tokens", "Content-Length: 0\r\n");

    assertThat(statuses).hasSize(100).containsOnly(401, 429).startsWith(401, 401, 401);
    assertThat(audited("/tokens"))
        .hasSameSizeAs(statuses.stream().filter(s -> s == 401).toList());
    // who asks for something else still gets in
    assertThat(https("GET /public/x", "").status()).isEqualTo(200);
  }

  @Test
  void tooManyPasswordsAre429WhateverThePath() throws Exception {
    String password = "Authorization: " + basic("alice") + "\r\n";

    List<Integer> without = atOnce(CALLER, "GET /public/x", "Authorization: Bearer x\r\n");
    List<Integer> with = atOnce("127.0.0.8", "GET /public/x", password);

    assertThat(without).hasSize(100).containsOnly(200);
    assertThat(with).hasSize(100).containsOnly(200, 429).startsWith(200, 200, 200);
  }

  /** Sends a hundred requests one behind the other, without waiting for answers; their statuses. */
  private List<Integer> atOnce(String from, String methodAndTarget, String fields)
      throws IOException {
    String open = methodAndTarget + " HTTP/1.1\r\nHost: " + NginxProcess.NAME + "\r\n" + fields;
    String requests = (open + "\r\n").repeat(99) + open + "Connection: close\r\n\r\n";
    RawAnswer answers =
        RawAnswer.https(trusting, from, nginx.httpsPort(), NginxProcess.NAME, requests);
    return Pattern.compile("HTTP/1\\.1 ([1-5][0-9][0-9]) ")
        .matcher(answers.text())
        .results()
        .map(status -> Integer.valueOf(status.group(1)))
        .toList();
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeTheApplication() throws Exception {
    RawAnswer header =
        https("GET /public/x", "Authorization: Basic " + "x".repeat(20_000) + "\r\n");
    RawAnswer target = https("GET /public/" + "x".repeat(20_000), "");
    RawAnswer body = https("POST /public/x", "Content-Length: 10485761\r\n");

    assertThat(header.status()).isEqualTo(400);
    assertThat(target.status()).isEqualTo(414);
    assertThat(body.status()).isEqualTo(413);
    assertThat(auditLog()).isEmpty();
  }

  @Test
  void credentialsAndQueriesAreInNoLog() throws Exception {
    String secret = basic("alice").substring(6);

    https("GET /admin/x?key=in-the-query", "Authorization: Basic " + secret + "\r\n");
    https("GET /admin/x?key=in-the-query", "Authentication-Token: in-the-field\r\n");
    https("GET /admin/x", "Cookie: session=in-the-cookie\r\nReferer: /?in-the-referer\r\n");

    assertThat(nginx.accesses()).hasSize(3).allMatch(line -> line.contains("\"/admin/x\""));
    assertThat(nginx.logs()).doesNotContain(secret).doesNotContain("in-the-");
  }

  private RawAnswer https(String methodAndTarget, String fields) throws IOException {
    return RawAnswer.https(
        trusting,
        CALLER,
        nginx.httpsPort(),
        NginxProcess.NAME,
        methodAndTarget + " HTTP/1.1\r\nHost: " + NginxProcess.NAME + "\r\nConnection: close\r\n"
            + fields + "\r\n");
  }

  private static String remote(String address) {
    return "\"remote\":\"" + address + "\"";
  }

  private List<String> audited(String path) throws IOException {
    return auditLog().stream()
        .filter(line -> line.contains("\"path\":\"" + path + "\""))
        .toList();
  }

  private List<String> auditLog() throws IOException {
    Path file = folder.file("logs/audit.log");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** Three servlets that say that they were reached, and with what. */
  private record Application(Sallyport sallyport) implements ServletContainerInitializer {

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
        throws ServletException {
      sallyport.register(context);
      for (String name : List.of("public", "admin")) {
        context.addServlet(name, new Reached(name)).addMapping("/" + name + "/*");
      }
      context.addServlet("other", new Reached("other")).addMapping("/");
    }
  }

  /** Says that it was reached. */
  private static final class Reached extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final String name;

    Reached(String name) {
      this.name = name;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/plain");
      String query = request.getQueryString();
      response
          .getWriter()
          .print("reached " + name + " at " + request.getRequestURI()
              + (query == null ? "" : "?" + query));
    }
  }
}
