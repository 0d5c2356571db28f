package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.Sallyport;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.catalina.valves.RemoteIpValve;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The port on which nobody is asked, and all the ways that must not lead to it. */
class BypassIT {

  private static final Pattern BYPASSED = Pattern.compile("\"outcome\":\"bypassed\"");

  @TempDir
  private Path parent;

  private int publicPort;
  private int bypassPort;
  private SeveralPorts.Running running;

  @AfterEach
  void stop() throws Exception {
    if (running != null) {
      running.stop();
    }
  }

  /** The eight cases of the first generation: four kinds of credentials on two ports. */
  @ParameterizedTest
  @CsvSource({
    "TOMCAT, right, 200",
    "TOMCAT, wrong, 401",
    "TOMCAT, unknown, 401",
    "TOMCAT, none, 401",
    "JETTY, right, 200",
    "JETTY, wrong, 401",
    "JETTY, unknown, 401",
    "JETTY, none, 401"
  })
  void onTheBypassPortAllCredentialsPassAndElsewhereTheUsualRulesHold(
      Container.Kind kind, String credentials, int elsewhere) throws Exception {
    start(kind, "[local]");
    String[] headers = switch (credentials) {
      case "right" -> new String[] {"Authorization", basic("alice")};
      case "wrong" -> new String[] {"Authorization", basic("alice", "wrong")};
      case "unknown" -> new String[] {"Authorization", basic("nobody-known")};
      default -> new String[0];
    };

    HttpResponse<String> bypassed = client(bypassPort).get("/anything", headers);
    HttpResponse<String> asked = client(publicPort).get("/anything", headers);

    assertThat(bypassed.statusCode()).isEqualTo(200);
    assertThat(bypassed.body()).isEqualTo("reached by nobody");
    assertThat(asked.statusCode()).isEqualTo(elsewhere);
    assertThat(asked.body()).doesNotContain("reached by nobody");
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void everyPassIsWrittenDownAndEveryRefusalToo(Container.Kind kind) throws Exception {
    start(kind, "[127.0.0.0/8]");

    client(bypassPort).get("/first");
    client(bypassPort).get("/second?how=forward");
    client(bypassPort).get("/third", "X-Forwarded-For", "127.0.0.1");

    String audit = Files.readString(parent.resolve("logs/audit.log"));
    // the second was decided on twice: itself, and where it was handed on to
    assertThat(BYPASSED.matcher(audit).results()).hasSize(3);
    assertThat(audit.lines().filter(line -> line.contains("\"outcome\":\"bypassed\"")))
        .allMatch(line -> line.contains("\"level\":\"warning\""));
    assertThat(audit).contains("the bypass port refuses what came through a proxy");
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void whatIsHandedOnPassesToo(Container.Kind kind) throws Exception {
    start(kind, "[local]");

    for (String how : List.of("forward", "include", "async")) {
      HttpResponse<String> answer = client(bypassPort).get("/x?how=" + how);

      assertThat(answer.statusCode()).as(how).isEqualTo(200);
      assertThat(answer.body()).as(how).isEqualTo("reached by nobody");
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void thereIsNoTokenForNobody(Container.Kind kind) throws Exception {
    start(kind, "[local]");

    HttpResponse<String> answer =
        client(bypassPort).send("POST", "/tokens", "Authorization", basic("alice"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("not-secured").doesNotContain("\"value\"");
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void anAmbiguousTargetIsRefusedThereToo(Container.Kind kind) throws Exception {
    start(kind, "[local]");

    assertThat(status(bypassPort, "/a/%2e%2e/b")).isEqualTo(400);
    assertThat(status(bypassPort, "/a;x=1/b")).isEqualTo(400);
    assertThat(status(bypassPort, "//a")).isEqualTo(400);
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void anAddressOutsideOfTheRangesIsNotEvenAsked(Container.Kind kind) throws Exception {
    start(kind, "[192.0.2.0/24, 10.0.0.0/8]");

    HttpResponse<String> answer =
        client(bypassPort).get("/anything", "Authorization", basic("alice"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(answer.body()).contains("urn:sallyport:problem:forbidden");
    assertThat(client(publicPort).get("/x", "Authorization", basic("alice")).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void nothingThatIsSentLeadsToTheBypass(Container.Kind kind) throws Exception {
    start(kind, "[local]");

    for (String line : List.of(
        "Host: 127.0.0.1:%d",
        "Host: localhost:%d",
        "X-Server-Port: %d",
        "X-Forwarded-Port: %d",
        "X-Forwarded-Host: 127.0.0.1:%d",
        "Forwarded: for=127.0.0.1;host=\"127.0.0.1:%d\"",
        "X-Forwarded-Server: 127.0.0.1:%d")) {
      String field = line.formatted(bypassPort);
      String host = field.startsWith("Host:") ? "" : "Host: 127.0.0.1\r\n";
      String request = "GET /x HTTP/1.1\r\n" + host + field + "\r\n";

      // twice on one connection, the first kept alive
      String answers =
          client(publicPort).raw(request + "\r\n" + request + "Connection: close\r\n\r\n");

      assertThat(answers.split("HTTP/1.1 401", -1)).as(field).hasSize(3);
      assertThat(answers).as(field).doesNotContain("reached");
    }
    assertThat(status(publicPort, "http://127.0.0.1:" + bypassPort + "/x")).isIn(400, 401);
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void whatAProxyOrAPageSendsIsRefused(Container.Kind kind) throws Exception {
    start(kind, "[local]");

    for (String line : List.of(
        "X-Forwarded-For: 127.0.0.1",
        "Forwarded: for=127.0.0.1",
        "Via: 1.1 proxy",
        "X-Real-IP: 127.0.0.1",
        "X-Server-Port: " + bypassPort,
        "Origin: https://evil.example",
        "Origin: null",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site")) {
      assertThat(status(bypassPort, "/x", "Host: 127.0.0.1", line)).as(line).isEqualTo(403);
    }
    assertThat(status(bypassPort, "/x", "Host: evil.example:" + bypassPort)).isEqualTo(403);
    assertThat(status(bypassPort, "/x", "Host: localhost:" + bypassPort)).isEqualTo(200);
    assertThat(status(bypassPort, "/x", "Host: manager.internal")).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void theLoopbackAddressesOfBothFamiliesAreLocal(Container.Kind kind) throws Exception {
    Assumptions.assumeTrue(hasIpv6());
    start(kind, "[local]", "::");

    assertThat(Client.of("http://[::1]:" + bypassPort).get("/x").statusCode()).isEqualTo(200);
    assertThat(Client.of("http://127.0.0.1:" + bypassPort).get("/x").statusCode())
        .isEqualTo(200);
    assertThat(Client.of("http://[::1]:" + publicPort).get("/x").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void anAddressOfTheMachineThatIsNotLoopbackIsNotLocal(Container.Kind kind) throws Exception {
    String address = NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(a -> a instanceof java.net.Inet4Address && !a.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .findFirst()
        .orElse("");
    Assumptions.assumeFalse(address.isEmpty());
    start(kind, "[local]", "0.0.0.0");

    assertThat(Client.of("http://" + address + ":" + bypassPort).get("/x").statusCode())
        .isEqualTo(403);
  }

  /** Tomcat then obeys the header field and takes it away, so that the request looks direct. */
  @ParameterizedTest
  @CsvSource({"X-Forwarded-For: 127.0.0.1", "X-Forwarded-For: 10.1.2.3"})
  void anAddressThatTomcatHasTakenFromAHeaderFieldIsRefused(String line) throws Exception {
    var valve = new RemoteIpValve();
    valve.setChangeLocalPort(true);
    valve.setPortHeader("X-Forwarded-Port");
    startWith(Container.Kind.TOMCAT, valve, null);

    assertThat(status(bypassPort, "/x", "Host: 127.0.0.1", line)).isEqualTo(403);
    assertThat(status(
            publicPort,
            "/x",
            "Host: 127.0.0.1",
            line,
            "X-Forwarded-Proto: http",
            "X-Forwarded-Port: " + bypassPort))
        .isIn(401, 403);
  }

  @ParameterizedTest
  @CsvSource({"X-Forwarded-For: 127.0.0.1", "Forwarded: for=10.1.2.3"})
  void anAddressThatJettyHasTakenFromAHeaderFieldIsRefused(String line) throws Exception {
    startWith(Container.Kind.JETTY, null, new ForwardedRequestCustomizer());

    assertThat(status(bypassPort, "/x", "Host: 127.0.0.1", line)).isEqualTo(403);
    assertThat(status(publicPort, "/x", "Host: 127.0.0.1", line, "X-Forwarded-Port: " + bypassPort))
        .isIn(401, 403);
  }

  private void start(Container.Kind kind, String ranges) throws Exception {
    start(kind, ranges, "127.0.0.1");
  }

  private void start(Container.Kind kind, String ranges, String address) throws Exception {
    Sallyport sallyport = sallyport(ranges);
    running = SeveralPorts.securedBy(sallyport)
        .http(publicPort, address)
        .http(bypassPort, address)
        .start(kind);
  }

  private void startWith(
      Container.Kind kind, RemoteIpValve valve, ForwardedRequestCustomizer customizer)
      throws Exception {
    SeveralPorts host = SeveralPorts.securedBy(sallyport("[127.0.0.0/8, 10.0.0.0/8, local]"))
        .http(publicPort)
        .http(bypassPort);
    running = (valve == null ? host.with(customizer) : host.with(valve)).start(kind);
  }

  private Sallyport sallyport(String ranges) throws IOException {
    ConfigurationFolder folder = ConfigurationFolder.in(parent);
    List<Integer> ports = SeveralPorts.freePorts(2);
    publicPort = ports.get(0);
    bypassPort = ports.get(1);
    folder.write("security.yaml", ConfigurationFolder.SECURITY + """
            internal:
              bypass:
                port: %d
                ranges: %s
                hosts: [manager.internal]
                acknowledge: everybody in these ranges may do everything
            """.formatted(bypassPort, ranges));
    return Sallyport.load(folder.file("security.yaml"));
  }

  private static Client client(int port) {
    return Client.of("http://127.0.0.1:" + port);
  }

  private static int status(int port, String target, String... lines) throws IOException {
    String head = lines.length == 0 ? "Host: 127.0.0.1" : String.join("\r\n", lines);
    String answer = client(port)
        .raw("GET " + target + " HTTP/1.1\r\n" + head + "\r\nConnection: close\r\n\r\n");
    return Integer.parseInt(answer.substring(9, 12));
  }

  private static boolean hasIpv6() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
  }
}
