package io.sallyport.core.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewingContextTest {

  @TempDir
  private Path folder;

  @Test
  void aHandshakeKeepsItsPairWhereAnotherOfAnotherKindComesInItsMidst() throws Exception {
    TestKeys keys = TestKeys.make(folder, List.of("RSA", "EC"));
    List<PemKeyMaterial> pairs = List.of(pair(keys, "RSA"), pair(keys, "EC"));
    AtomicInteger asked = new AtomicInteger();
    SSLContext server = new ServerContext(
        () -> pairs.get(asked.getAndIncrement() % 2),
        () -> new ClientAuthorities(List.of()),
        InstantSource.system());

    for (int i = 0; i < 4; i++) {
      X509Certificate served = TlsClient.withoutCertificate().serverOf(server);

      assertThat(served).isIn(keys.certificate("RSA"), keys.certificate("EC"));
    }
  }

  private static PemKeyMaterial pair(TestKeys keys, String alias) throws Exception {
    return PemKeyMaterial.read(
        keys.certificateFile(alias), keys.keyFile(alias), false, InstantSource.system());
  }
}
