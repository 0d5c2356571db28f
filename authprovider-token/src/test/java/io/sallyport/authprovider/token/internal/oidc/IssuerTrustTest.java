package io.sallyport.authprovider.token.internal.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.authprovider.token.internal.MapSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IssuerTrustTest {

  @TempDir
  private Path folder;

  @Test
  void trustsTheAuthoritiesOfTheFile() throws Exception {
    MapSettings settings = with(anyAuthority());

    assertThat(IssuerTrust.read(settings, "ca_path")).isPresent();
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void trustsWhatJavaTrustsWhereNoFileIsNamed() {
    assertThat(IssuerTrust.read(new MapSettings(Map.of()), "ca_path")).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithTheFile() throws Exception {
    MapSettings empty = with("");
    MapSettings garbage = with("-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n");

    assertThat(IssuerTrust.read(empty, "ca_path")).isEmpty();
    assertThat(IssuerTrust.read(garbage, "ca_path")).isEmpty();

    assertThat(empty.problems())
        .containsExactly("ca_path: the file holds no certificate; expected those of authorities,"
            + " in PEM form");
    assertThat(garbage.problems())
        .containsExactly("ca_path: the file holds something else than certificates in PEM form");
  }

  private MapSettings with(String content) throws Exception {
    Path file = Files.createTempFile(folder, "authorities", ".pem");
    Files.writeString(file, content);
    return new MapSettings(Map.of("ca_path", file.toString()));
  }

  /** One that this Java trusts, since every Java has some. */
  private static String anyAuthority() throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    byte[] certificate = Arrays.stream(factory.getTrustManagers())
        .map(X509TrustManager.class::cast)
        .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
        .findFirst()
        .orElseThrow()
        .getEncoded();
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }
}
