package io.sallyport.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who is believed on the address of a client and on HTTPS, on every container and in its lenient mode. The
 * requests come from two addresses of this machine: 127.0.0.1 is a declared proxy, 127.0.0.2 is not.
 */
class HttpsAndProxiesIT {

  private static final String PROXY = "127.0.0.1";
  private static final String STRANGER = "127.0.0.2";
  private static final String HTTPS = "X-Forwarded-Proto: https";

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void believesDeclaredProxiesAndNobodyElse(Container container) throws Exception {
    HostFolder folder = HostFolder.make(
        container + "-https",
        "require_https: redirect",
        "public_origin: https://app.example.org",
        "trusted_proxies: {ranges: [127.0.0.1/32], header: x-forwarded}");
    try (HostProcess host = HostProcess.secured(container, Mode.FRONT_LENIENT, folder)) {
      String path = Mode.FRONT_LENIENT.contextPath() + "/api/x";

      List<String> answers = List.of(
          get(host, PROXY, path, "X-Forwarded-For: 203.0.113.7", HTTPS),
          get(host, PROXY, path, "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: http"),
          get(host, STRANGER, path + "?a=b%20c", "X-Forwarded-For: 203.0.113.7", HTTPS),
          get(host, STRANGER, path, "Authorization: Basic YTpi", HTTPS),
          get(host, PROXY, path, "X-Forwarded-For: evil.example", HTTPS),
          get(host, PROXY, path, "X-Forwarded-For: 203.0.113.7, 127.0.0.1", HTTPS),
          get(host, PROXY, path, "Forwarded: for=203.0.113.7;proto=https"));

      assertThat(answers)
          .extracting(HttpsAndProxiesIT::status)
          .containsExactly(401, 308, 308, 403, 400, 400, 308);
      assertThat(field(answers.get(0), "Strict-Transport-Security"))
          .containsExactly("max-age=31536000");
      assertThat(answers.subList(1, 7))
          .allSatisfy(
              answer -> assertThat(field(answer, "Strict-Transport-Security")).isEmpty());
      assertThat(field(answers.get(1), "Location"))
          .containsExactly("https://app.example.org" + path);
      assertThat(field(answers.get(2), "Location"))
          .containsExactly("https://app.example.org" + path + "?a=b%20c");
      assertThat(answers)
          .allSatisfy(
              answer -> assertThat(field(answer, "Cache-Control")).containsExactly("no-store"));
      assertThat(Files.readString(folder.auditLog()))
          .contains("\"outcome\":\"unauthenticated\"", "\"remote\":\"203.0.113.7\"")
          .contains("\"outcome\":\"insecure\"", "\"remote\":\"127.0.0.2\"")
          .doesNotContain("evil.example");
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void refusesPlainHttpWhateverAHeaderClaims(Container container) throws Exception {
    HostFolder folder = HostFolder.make(container + "-reject", "require_https: reject");
    try (HostProcess host = HostProcess.secured(container, Mode.DEFAULT, folder)) {

      List<String> answers = List.of(
          get(host, PROXY, "/version"),
          get(host, PROXY, "/version", HTTPS, "X-Forwarded-Ssl: on", "Front-End-Https: on"),
          get(host, PROXY, "/version", "Forwarded: for=203.0.113.7;proto=https"),
          get(host, PROXY, "http://evil.example/version"));

      assertThat(answers).allSatisfy(answer -> {
        assertThat(status(answer)).isEqualTo(403);
        assertThat(answer).contains("urn:sallyport:problem:insecure");
        assertThat(field(answer, "Location")).isEmpty();
      });
    }
  }

  /** Sends a request over a connection from an address of this machine; the whole answer. */
  private static String get(HostProcess host, String source, String target, String... fields)
      throws IOException {
    List<String> lines =
        new ArrayList<>(List.of("GET " + target + " HTTP/1.1", "Host: evil.example"));
    lines.addAll(List.of(fields));
    lines.addAll(List.of("Connection: close", "", ""));
    InetAddress server = InetAddress.getLoopbackAddress();
    try (Socket socket = new Socket(server, host.port(), InetAddress.getByName(source), 0)) {
      socket.setSoTimeout(RawClient.PATIENCE_MILLIS);
      socket
          .getOutputStream()
          .write(String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
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
}
