package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.Sallyport;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A public port for people with passwords and an internal one for services with certificates, both with
 * TLS, and a plain internal one for tokens, whatever the container.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InternalCallers {

  private static final String JOBS = "CN=jobs,O=Example";
  private static final String JOBS_URI = "spiffe://example.org/jobs";
  private static final String SECURITY = """
      version: 1
      ssl: {enabled: true, certificate_path: server.pem, private_key_path: server.key, client_ca_path: ca.pem}
      internal: {ports: [%d, %d]}
      userstores:
        - {name: people, implementation: file, properties: {path: users.yaml}}
        - {name: services, implementation: file, properties: {path: services.yaml}}
      authentication_providers:
        - {name: password, implementation: password, userstores: [people]}
        - {name: jobs, implementation: token, connectors: internal, properties: {secret_key: '${file:token.key}'}}
        - name: services
          implementation: certificate
          connectors: internal
          userstores: [services]
          properties:
            mappings:
              - {subject: 'CN=jobs,O=Example', user: jobs}
              - {san_uri: 'spiffe://example.org/mail', user: mailer}
      token_generator: {implementation: token, properties: {secret_key: '${file:token.key}'}}
      endpoints: {tokens: /tokens}
      open_endpoints: [GET /version]
      rules:
        - {path: /admin, roles: [administrator]}
        - {path: /tokens, access: authenticated}
        - {path: /**, roles: [job, administrator]}
      audit: {file: logs/audit.log}
      """;

  private final Container.Kind kind;
  private final TestAuthority authority = new TestAuthority("CN=Internal CA,O=Example");
  private final TestAuthority foreign = new TestAuthority("CN=Internal CA,O=Example");
  private final Instant tomorrow = Instant.now().plus(Duration.ofHours(12));
  private final TestAuthority.Issued jobs = authority.client(JOBS, JOBS_URI, tomorrow);

  private ConfigurationFolder folder;
  private SeveralPorts.Running running;
  private int publicPort;
  private int internalPort;
  private int plainPort;

  InternalCallers(Container.Kind kind) {
    this.kind = kind;
  }

  @BeforeAll
  void start(@TempDir Path parent) throws Exception {
    List<Integer> ports = SeveralPorts.freePorts(3);
    publicPort = ports.get(0);
    internalPort = ports.get(1);
    plainPort = ports.get(2);
    folder = ConfigurationFolder.in(parent);
    folder.write("security.yaml", SECURITY.formatted(internalPort, plainPort));
    folder.write("services.yaml", services("jobs", "mailer", "batch"));
    TestAuthority.Issued server = authority.server();
    folder.write("server.pem", server.certificatePem());
    folder.writePrivate("server.key", server.keyPem());
    folder.write("ca.pem", authority.certificatePem());
    running = SeveralPorts.securedBy(Sallyport.load(folder.file("security.yaml")))
        .https(publicPort)
        .mutualTls(internalPort)
        .http(plainPort)
        .start(kind);
  }

  @AfterAll
  void stop() throws Exception {
    running.stop();
  }

  @Test
  void aServiceWithItsCertificateIsItsUser() throws Exception {
    HttpResponse<String> answer = client(internalPort, jobs).get("/next");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("reached by jobs");
    assertThat(Files.readString(folder.file("logs/audit.log")))
        .contains("\"user\":\"jobs\"", "\"auth_method\":\"certificate\"", "\"store\":\"services\"");
  }

  @Test
  void anAlternativeNameStandsForAUserToo() throws Exception {
    var mail = authority.client("CN=whatever", "spiffe://example.org/mail", tomorrow);

    assertThat(client(internalPort, mail).get("/next").body()).isEqualTo("reached by mailer");
  }

  @Test
  void rulesAndRolesHoldForServices() throws Exception {
    assertThat(client(internalPort, jobs).get("/admin").statusCode()).isEqualTo(403);
  }

  @Test
  void aCertificateThatNothingMapsIsNobody() throws Exception {
    var stranger = authority.client("CN=Jobs,O=Example", "spiffe://example.org/JOBS", tomorrow);

    HttpResponse<String> answer = client(internalPort, stranger).get("/next");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(Files.readString(folder.file("logs/audit.log"))).contains("CN=Jobs,O=Example");
  }

  @Test
  void withoutACertificateOfTheAuthorityThereIsNoConnection() {
    var ofAnotherAuthority = foreign.client(JOBS, JOBS_URI, tomorrow);
    var expired = authority.client(JOBS, JOBS_URI, Instant.now().minusSeconds(60));

    assertThatThrownBy(() -> nobody(internalPort).get("/next")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> client(internalPort, ofAnotherAuthority).get("/next"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> client(internalPort, expired).get("/next"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aCertificateEndsOnAConnectionThatOutlivesIt() throws Exception {
    var brief = authority.client(JOBS, JOBS_URI, Instant.now().plusSeconds(8));
    Client client = client(internalPort, brief);

    assertThat(client.get("/next").statusCode()).isEqualTo(200);

    Eventually.holds("401 on the same connection", () -> client.get("/next").statusCode() == 401);
    assertThat(Files.readString(folder.file("logs/audit.log")))
        .contains("the certificate has expired");
  }

  @Test
  void aServiceThatIsShutOutIsOutFromItsNextRequestOn() throws Exception {
    var batch = authority.client("CN=batch", "spiffe://example.org/mail", tomorrow);
    Client client = client(internalPort, batch);
    assertThat(client.get("/next").statusCode()).isEqualTo(200);

    folder.replace("services.yaml", services("jobs", "batch"));

    Eventually.holds("401 on the same connection", () -> client.get("/next").statusCode() == 401);
    folder.replace("services.yaml", services("jobs", "mailer", "batch"));
    Eventually.holds("back again", () -> client.get("/next").statusCode() == 200);
  }

  @Test
  void aPasswordIsNotAcceptedOnTheInternalPort() throws Exception {
    Client client = client(internalPort, jobs);

    HttpResponse<String> withBasic = client.get("/next", "Authorization", basic("alice"));

    assertThat(withBasic.statusCode()).isEqualTo(401);
    assertThat(withBasic.headers().allValues("WWW-Authenticate"))
        .noneMatch(challenge -> challenge.startsWith("Basic"));
    assertThat(client.get("/next").statusCode()).isEqualTo(200);
  }

  @Test
  void nothingIsOpenOnTheInternalPort() throws Exception {
    assertThat(client(internalPort, jobs).get("/version").body()).isEqualTo("reached by jobs");
    assertThat(nobody(publicPort).get("/version").body()).isEqualTo("reached by nobody");
    assertThat(Client.of(plain()).get("/version").statusCode()).isEqualTo(401);
  }

  @Test
  void onThePublicPortNobodyAsksForACertificate() throws Exception {
    Client client = client(publicPort, jobs);

    HttpResponse<String> silent = client.get("/next");
    HttpResponse<String> asAlice = client.get("/next", "Authorization", basic("alice"));

    assertThat(silent.statusCode()).isEqualTo(401);
    assertThat(silent.headers().allValues("WWW-Authenticate"))
        .singleElement()
        .asString()
        .startsWith("Basic");
    assertThat(asAlice.body()).isEqualTo("reached by alice");
  }

  @Test
  void headerFieldsAreNoCertificates() throws Exception {
    String[] spoofed = {
      "X-SSL-Client-Cert", "MIIB",
      "X-Client-Verify", "SUCCESS",
      "X-SSL-Client-S-DN", JOBS,
      "X-Forwarded-Client-Cert", "Subject=\"" + JOBS + "\"",
      "ssl_client_cert", "-----BEGIN CERTIFICATE-----"
    };

    assertThat(Client.of(plain()).get("/next", spoofed).statusCode()).isEqualTo(401);
    assertThat(nobody(publicPort).get("/next", spoofed).statusCode()).isEqualTo(401);
    // nor does a real one count beside the field from which others make theirs
    assertThat(client(internalPort, jobs).get("/next", "ssl_client_cert", "x").statusCode())
        .isEqualTo(401);
  }

  @Test
  void aTokenForInternalUseIsGoodOnInternalPortsOnly() throws Exception {
    String ofAlice = nobody(publicPort).token("alice");

    assertThat(Client.of(plain()).get("/next", "Authentication-Token", ofAlice).body())
        .isEqualTo("reached by alice");
    assertThat(nobody(publicPort).get("/next", "Authentication-Token", ofAlice).statusCode())
        .isEqualTo(401);
    assertThat(client(internalPort, jobs)
            .get("/next", "Authentication-Token", ofAlice)
            .body())
        .isEqualTo("reached by alice");
    assertThat(client(internalPort, jobs)
            .get("/next", "Authentication-Token", "no")
            .statusCode())
        .isEqualTo(401);
  }

  @Test
  void aServiceGetsATokenWithItsCertificateThatDoesNotOutliveIt() throws Exception {
    var brief = authority.client(JOBS, JOBS_URI, Instant.now().plusSeconds(100));

    HttpResponse<String> answer = client(internalPort, brief).send("POST", "/tokens");

    assertThat(answer.statusCode()).isEqualTo(200);
    String expires = answer.body().replaceAll(".*\"expires\":\"([^\"]+)\".*", "$1");
    assertThat(Instant.parse(expires)).isBefore(Instant.now().plusSeconds(101));
  }

  private String plain() {
    return "http://127.0.0.1:" + plainPort;
  }

  private Client nobody(int port) {
    return client(port, authority.clientWithoutCertificate());
  }

  private Client client(int port, TestAuthority.Issued certificate) {
    return client(port, certificate.client(authority));
  }

  private static Client client(int port, SSLContext context) {
    return new Client(
        HttpClient.newBuilder().sslContext(context).build(), "https://127.0.0.1:" + port);
  }

  private static String services(String... names) {
    StringBuilder yaml = new StringBuilder("users:\n");
    for (String name : names) {
      yaml.append("  - {username: ").append(name).append(", roles: [job]}\n");
    }
    return yaml.toString();
  }
}
