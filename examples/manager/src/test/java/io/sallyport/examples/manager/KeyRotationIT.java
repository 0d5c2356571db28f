package io.sallyport.examples.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys come and go in a file while the server runs; no token ends before its key does. */
class KeyRotationIT {

  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  @TempDir
  private Path parent;

  private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private ConfigurationFolder folder;
  private ManagerServer server;
  private Client client;

  @BeforeEach
  void open() throws Exception {
    folder = ConfigurationFolder.in(parent);
    folder.writePrivate("one.pem", newKey());
    folder.writePrivate("two.pem", newKey());
    folder.writePrivate("keys.yaml", "keys:\n" + entry("one", start.minusSeconds(60)));
    folder.configure("secret_key: '${file:token.key}'", "keys: keys.yaml");
    folder.configure(
        "endpoints: {tokens: /tokens}",
        "endpoints: {tokens: /tokens, jwks: /.well-known/jwks.json}");
    folder.configure("open_endpoints: [", "open_endpoints: [GET /.well-known/jwks.json, ");
    server = folder.start(Container.Kind.JETTY);
    client = Client.of(server.url());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aNewKeySignsFromItsTimeOnAndTheOldOneVerifiesUntilItIsTakenAway() throws Exception {
    String old = client.token("victor");
    assertThat(keyOf(old)).isEqualTo("one");

    folder.replacePrivate(
        "keys.yaml",
        "keys:\n" + entry("one", start.minusSeconds(60)) + entry("two", start.minusSeconds(30)));
    Eventually.holds("the new key signs", () -> keyOf(client.token("victor")).equals("two"));

    assertThat(statusWith(old)).isEqualTo(200);
    assertThat(statusWith(client.token("victor"))).isEqualTo(200);

    folder.replacePrivate("keys.yaml", "keys:\n" + entry("two", start.minusSeconds(30)));
    Eventually.holds("the old key is gone", () -> statusWith(old) == 401);
    assertThat(statusWith(client.token("victor"))).isEqualTo(200);
  }

  @Test
  void aBrokenFileLeavesTheKeysInForce() throws Exception {
    String token = client.token("victor");

    folder.replacePrivate("keys.yaml", "keys:\n  - {kid: one, algorithm: none}\n");
    Eventually.holds(
        "the file is known to be broken", () -> !server.brokenFiles().isEmpty());

    assertThat(statusWith(token)).isEqualTo(200);
    assertThat(statusWith(client.token("victor"))).isEqualTo(200);
  }

  @Test
  void thePublicHalvesAreServedAndNothingElseOfTheKeys() throws Exception {
    folder.replacePrivate(
        "keys.yaml",
        "keys:\n" + entry("one", start.minusSeconds(60))
            + entry("two", start.plus(Duration.ofDays(1))));
    Eventually.holds("the next key is published", () -> publicKeys().body().contains("\"two\""));

    HttpResponse<String> keys = publicKeys();

    assertThat(keys.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/jwk-set+json");
    assertThat(keys.body())
        .contains("\"one\"", "\"kty\":\"EC\"", "\"crv\":\"P-256\"", "\"alg\":\"ES256\"")
        .doesNotContain("\"d\"")
        .doesNotContain("\"k\"");
    assertThat(keyOf(client.token("victor"))).isEqualTo("one");
  }

  private HttpResponse<String> publicKeys() throws Exception {
    return client.get("/.well-known/jwks.json");
  }

  private int statusWith(String token) throws Exception {
    return client.get("/status", "Authorization", "Bearer " + token).statusCode();
  }

  private String entry(String kid, Instant notBefore) {
    return """
          - kid: %1$s
            algorithm: ES256
            key: '${file:%1$s.pem}'
            not_before: %2$s
            sign_until: %3$s
            verify_until: %4$s
        """.formatted(
            kid, notBefore, start.plus(Duration.ofDays(30)), start.plus(Duration.ofDays(31)));
  }

  private static String keyOf(String token) {
    String header = new String(
        Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))),
        StandardCharsets.UTF_8);
    return header.replaceAll(".*\"kid\":\"([^\"]*)\".*", "$1");
  }

  private static String newKey() throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return "-----BEGIN PRIVATE KEY-----\n"
        + LINES.encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }
}
