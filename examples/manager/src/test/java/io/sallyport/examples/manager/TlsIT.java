package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.InvalidConfigurationException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server's side of TLS, from certificates and keys that are made for each run. */
class TlsIT {

  @TempDir
  private static Path made;

  private static ServerCertificate first;
  private static ServerCertificate second;

  @TempDir
  private Path parent;

  private ConfigurationFolder folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    first = ServerCertificate.make(made, "first");
    second = ServerCertificate.make(made, "second");
  }

  @BeforeEach
  void configure() throws Exception {
    folder = ConfigurationFolder.in(parent);
    folder.write("certificate.pem", first.certificatePem());
    folder.writePrivate("key.pem", first.keyPem());
    folder.write(
        "security.yaml",
        ConfigurationFolder.SECURITY
            + "ssl: {enabled: true, certificate_path: certificate.pem, private_key_path: key.pem}\n");
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void clientsThatTrustTheCertificateAreServedByHttps(Container.Kind kind) throws Exception {
    try (ManagerServer server = folder.start(kind)) {
      Client client = trusting(first, server);

      HttpResponse<String> refused = client.get("/status");
      HttpResponse<String> allowed = client.get("/status", "Authorization", basic("alice"));

      assertThat(server.url()).startsWith("https://127.0.0.1:");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(allowed.statusCode()).isEqualTo(200);
      assertThat(client
              .get("/status", "Authentication-Token", client.token("alice"))
              .statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void aRenewedCertificateIsServedWithoutARestart(Container.Kind kind) throws Exception {
    try (ManagerServer server = folder.start(kind)) {
      Client connected = trusting(first, server);
      assertThat(connected.get("/version").statusCode()).isEqualTo(200);

      folder.replace("certificate.pem", second.certificatePem());
      Eventually.holds(
          "the pair is seen to be half", () -> !server.brokenFiles().isEmpty());
      assertThat(trusting(first, server).get("/version").statusCode()).isEqualTo(200);
      folder.replacePrivate("key.pem", second.keyPem());

      Eventually.holds("the new pair is served", () -> isServed(second, server));
      assertThat(server.brokenFiles()).isEmpty();
      assertThatThrownBy(() -> trusting(first, server).get("/version"))
          .isInstanceOf(SSLHandshakeException.class);
      // it would not accept the new certificate: its connection is still the first one
      assertThat(connected.get("/version").statusCode()).isEqualTo(200);
    }
  }

  private static boolean isServed(ServerCertificate certificate, ManagerServer server)
      throws Exception {
    try {
      return trusting(certificate, server).get("/version").statusCode() == 200;
    } catch (SSLHandshakeException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void plainHttpIsNotServedOnTheSamePort(Container.Kind kind) throws Exception {
    try (ManagerServer server = folder.start(kind)) {
      String answer = new Client(HttpClient.newHttpClient(), server.url())
          .raw("GET /version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

      assertThat(answer).doesNotContain("200").doesNotContain("version\":");
    }
  }

  @Test
  void aKeyThatOthersCanReadStopsTheStart() throws Exception {
    Files.setPosixFilePermissions(
        folder.file("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> folder.start(Container.Kind.TOMCAT))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("chmod 600")
        .hasMessageContaining("key.pem");
  }

  @Test
  void aMissingCertificateIsNamed() throws Exception {
    Files.delete(folder.file("certificate.pem"));

    assertThatThrownBy(() -> folder.start(Container.Kind.TOMCAT))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(
            "The certificate path [" + folder.file("certificate.pem") + "] does not exist");
  }

  private static Client trusting(ServerCertificate certificate, ManagerServer server)
      throws Exception {
    return new Client(certificate.client(), server.url());
  }
}
