package io.sallyport.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.spi.AuthenticationProvider;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.valves.SSLValve;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates that a container has made out of header fields, of which nobody has proved to own the key. */
class CertificateFieldsOnClassPathTest {

  @TempDir
  Path folder;

  private final List<Integer> seen = new CopyOnWriteArrayList<>();
  private final SSLValve valve = new SSLValve();
  private String pem = "";
  private Sallyport sallyport;
  private TomcatFixture app;

  @BeforeEach
  void readCertificate() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("certificate-of-anybody.pem")) {
      pem = new String(in.readAllBytes(), UTF_8);
    }
    sallyport = Sallyport.builder()
        .provider("certificates", new Witness(), PartOptions.defaults())
        .withoutAuthorization()
        .auditToLog()
        .build();
    app = new TomcatFixture(folder)
        .initializer((classes, context) -> sallyport.register(context))
        .servlet("/", (request, response) -> response.setStatus(200));
    app.context.getPipeline().addValve(valve);
  }

  @AfterEach
  void closeAll() throws Exception {
    app.close();
    sallyport.close();
  }

  /** Notes how many certificates it gets to see. */
  private final class Witness implements AuthenticationProvider {

    @Override
    public boolean isPresented(AuthenticationRequest request) {
      seen.add(request.clientCertificates().size());
      return false;
    }

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) {
      return new AuthenticationResult.NotPresented();
    }

    @Override
    public Set<String> credentialHeaders() {
      return Set.of();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ssl_client_cert, false",
    "SSL_Client_Cert, false",
    "ssl_client_escaped_cert, true",
    "Ssl_Client_Escaped_Cert, true",
  })
  void areNoCertificates(String field, boolean escaped) throws Exception {
    app.start();

    String answer = app.rawGet("/", field + ": " + value(escaped));

    assertThat(answer).startsWith("HTTP/1.1 401");
    assertThat(seen).containsExactly(0);
  }

  @Test
  void areNoneUnderANameOfTheOperatorsEither() throws Exception {
    valve.setSslClientEscapedCertHeader("X-ARR-ClientCert");
    app.start();

    app.rawGet("/", "X-ARR-ClientCert: " + value(true));

    assertThat(seen).containsExactly(0);
  }

  /** The valve does what these tests are about: under a name that says nothing, nobody can tell. */
  @Test
  void cannotBeToldFromGenuineOnesUnderAnyOtherName() throws Exception {
    valve.setSslClientEscapedCertHeader("X-Anything");
    app.start();

    app.rawGet("/", "X-Anything: " + value(true));

    assertThat(seen).containsExactly(1);
  }

  private String value(boolean escaped) {
    return escaped
        ? URLEncoder.encode(pem, UTF_8).replace("+", "%20")
        : pem.strip().replace('\n', ' ');
  }
}
