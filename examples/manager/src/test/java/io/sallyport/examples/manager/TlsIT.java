package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.InvalidConfigurationException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server's side of TLS, from a certificate and a key that are made for each test. */
class TlsIT {

  private static final String STORE_PASSWORD = "only for this test";

  @TempDir
  private Path parent;

  private ConfigurationFolder folder;
  private Certificate certificate;

  @BeforeEach
  void makeCertificate() throws Exception {
    folder = ConfigurationFolder.in(parent);
    Path store = parent.resolve("store.p12");
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=IP:127.0.0.1,DNS:localhost",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            STORE_PASSWORD)
        .redirectErrorStream(true)
        .redirectOutput(parent.resolve("keytool.log").toFile())
        .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0)
        .isTrue();
    KeyStore keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray());
    certificate = keys.getCertificate("server");
    folder.write("certificate.pem", pem("CERTIFICATE", certificate.getEncoded()));
    folder.writePrivate(
        "key.pem",
        pem("PRIVATE KEY", keys.getKey("server", STORE_PASSWORD.toCharArray()).getEncoded()));
    folder.write(
        "security.yaml",
        ConfigurationFolder.SECURITY
            + "ssl: {enabled: true, certificate_path: certificate.pem, private_key_path: key.pem}\n");
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void clientsThatTrustTheCertificateAreServedByHttps(Container.Kind kind) throws Exception {
    try (ManagerServer server = folder.start(kind)) {
      Client client = new Client(trusting(certificate), server.url());

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

  private static String pem(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static HttpClient trusting(Certificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", certificate);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
