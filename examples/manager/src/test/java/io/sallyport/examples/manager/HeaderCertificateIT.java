package io.sallyport.examples.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.Sallyport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.catalina.valves.SSLValve;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tomcat makes certificates out of header fields where it is told to, and anybody can send these. */
class HeaderCertificateIT {

  @Test
  void aCertificateThatTomcatHasReadFromAHeaderFieldIsNone(@TempDir Path parent) throws Exception {
    List<Integer> ports = SeveralPorts.freePorts(2);
    ConfigurationFolder folder = ConfigurationFolder.in(parent);
    folder.write("services.yaml", "users: [{username: jobs}]\n");
    folder.write("security.yaml", """
        version: 1
        internal: {ports: [%d]}
        userstore: {implementation: file, properties: {path: services.yaml}}
        authentication_providers:
          - {name: services, implementation: certificate, connectors: internal, properties: {user_from: subject_cn}}
        open_endpoints: [GET /open]
        authorization: none
        audit: {file: logs/audit.log}
        """.formatted(ports.get(1)));
    String pem = new TestAuthority("CN=Internal CA")
        .client("CN=jobs", "spiffe://example.org/jobs", Instant.now().plus(Duration.ofHours(1)))
        .certificatePem()
        .trim();
    String[][] fields = {
      {"ssl_client_cert", pem.replaceAll("\\s*\\R", " ")},
      {"ssl_client_escaped_cert", URLEncoder.encode(pem, StandardCharsets.UTF_8).replace("+", "%20")
      }
    };
    SeveralPorts.Running running = SeveralPorts.securedBy(
            Sallyport.load(folder.file("security.yaml")))
        .http(ports.get(0))
        .http(ports.get(1))
        .with(new SSLValve())
        .start(Container.Kind.TOMCAT);
    try {
      for (String[] field : fields) {
        String seen = client(ports.get(0)).get("/open?certificate", field).body();
        int status = client(ports.get(1)).get("/open", field).statusCode();

        assertThat(seen).isEqualTo("a certificate");
        assertThat(status).isEqualTo(401);
      }
    } finally {
      running.stop();
    }
  }

  private static Client client(int port) {
    return Client.of("http://127.0.0.1:" + port);
  }
}
