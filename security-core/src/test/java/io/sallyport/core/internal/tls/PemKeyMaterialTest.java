package io.sallyport.core.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.spi.InvalidSettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeyMaterialTest {

  private static final int TIMEOUT_MILLIS = 30_000;

  @TempDir
  private static Path folder;

  private static TestKeys keys;
  private static InstantSource now;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = TestKeys.make(folder, List.of("RSA", "EC", "Ed25519"));
    now = InstantSource.fixed(notAfter("RSA").minus(Duration.ofDays(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void servesTlsWithAKeyOfEveryAlgorithm(String algorithm) throws Exception {
    PemKeyMaterial material =
        read(keys.certificateFile(algorithm, TestKeys.CA), keys.keyFile(algorithm));

    String received = sayHelloOverTls(material);

    assertThat(received).isEqualTo("hello");
  }

  @Test
  void servesTlsWithAnRsaKeyInTheOlderForm() throws Exception {
    PemKeyMaterial material = read(keys.certificateFile("RSA", TestKeys.CA), keys.pkcs1KeyFile());

    String received = sayHelloOverTls(material);

    assertThat(received).isEqualTo("hello");
  }

  @Test
  void invariant6ShowsNoKeyInItsText() throws Exception {
    PemKeyMaterial material = read(keys.certificateFile("EC"), keys.keyFile("EC"));

    String text = material.toString();

    assertThat(text).isEqualTo("PemKeyMaterial[CN=Test server, until " + notAfter("EC") + "]");
  }

  @Test
  void rowS2WantsBothPathsAndSaysSoAtOnce() {
    assertThatThrownBy(() -> read(null, Path.of("")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("SSL is enabled => certificate path must be provided\n"
            + "SSL is enabled => private key path must be provided");
  }

  @Test
  void rowS2WantsBothFilesToExist() {
    Path certificate = folder.resolve("no.crt");
    Path key = folder.resolve("no.key");

    assertThatThrownBy(() -> read(certificate, key))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("The certificate path [" + certificate + "] does not exist\n"
            + "The private key path [" + key + "] does not exist");
  }

  @Test
  void rowS2LooksAtTheFirstLinesOfSwappedFiles() throws Exception {
    Path certificate = keys.keyFile("RSA");
    Path key = keys.secretFile(Files.readString(keys.certificateFile("RSA")));

    assertThatThrownBy(() -> read(certificate, key))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "Public certificate is expected to begin with a line containing 'BEGIN CERTIFICATE'.")
        .hasMessageContaining(
            "Private certificate is expected to begin with a line containing 'PRIVATE KEY'.");
  }

  @Test
  void refusesAnEmptyFile() throws Exception {
    Path key = keys.secretFile("");

    assertThatThrownBy(() -> read(keys.certificateFile("RSA"), key))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("expected to begin with a line containing 'PRIVATE KEY'");
  }

  @Test
  void refusesAFolder() {
    assertThatThrownBy(() -> read(folder, keys.keyFile("RSA")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("The certificate path [" + folder + "] is a folder; name the PEM file in it");
  }

  @Test
  void refusesAFileThatIsLargerThanAMebibyte() throws Exception {
    Path large = keys.secretFile("x".repeat(1024 * 1024 + 1));

    assertThatThrownBy(() -> read(large, keys.keyFile("RSA")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("more than 1 MiB");
  }

  @Test
  void refusesAPathThatCannotBeRead() throws Exception {
    Path loop = keys.keyFile("RSA").resolveSibling("loop.crt");
    Files.createSymbolicLink(loop, loop);

    assertThatThrownBy(() -> read(loop, keys.keyFile("RSA")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("The certificate path [" + loop + "] cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
  void refusesAKeyThatOthersCanReadOrWrite(String permissions) throws Exception {
    Path key = keyWithPermissions(permissions);

    assertThatThrownBy(() -> read(keys.certificateFile("RSA"), key))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("(" + permissions + "); run: chmod 600 " + key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------", "rwx--x--x"})
  void takesAKeyThatOthersCanNeitherReadNorWrite(String permissions) throws Exception {
    Path key = keyWithPermissions(permissions);

    PemKeyMaterial material = read(keys.certificateFile("RSA"), key);

    assertThat(material.key()).isEqualTo(keys.key("RSA"));
  }

  @Test
  void takesAKeyThatOthersCanReadWhereThatIsAllowed() throws Exception {
    Path key = keyWithPermissions("rw-r--r--");

    PemKeyMaterial material = PemKeyMaterial.read(keys.certificateFile("RSA"), key, true, now);

    assertThat(material.key()).isEqualTo(keys.key("RSA"));
  }

  @Test
  void looksAtThePermissionsOfAKeyBehindALink() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("link.key"), keyWithPermissions("rw-r--r--"));

    assertThatThrownBy(() -> read(keys.certificateFile("RSA"), link))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("chmod 600 " + link);
  }

  @ParameterizedTest
  @CsvSource({"RSA, EC", "EC, RSA", "RSA, Ed25519", "Ed25519, EC", "EC, ca"})
  void refusesAKeyThatDoesNotBelongToTheCertificate(String certificate, String key)
      throws Exception {
    Path certificateFile = keys.certificateFile(certificate);
    Path keyFile = keys.keyFile(key);

    assertThatThrownBy(() -> read(certificateFile, keyFile))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("The private key [" + keyFile
            + "] does not belong to the certificate [" + certificateFile + "]");
  }

  @Test
  void refusesAChainInTheWrongOrder() throws Exception {
    Path chain = keys.certificateFile(TestKeys.CA, "RSA");

    assertThatThrownBy(() -> read(chain, keys.keyFile("RSA")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "Certificate 2 of [" + chain + "] is not the issuer of the one before it");
  }

  @Test
  void takesACertificateUntilTheSecondInWhichItExpires() throws Exception {
    Instant end = notAfter("RSA");

    PemKeyMaterial material = readAt(end);

    assertThat(material).isNotNull();
    assertThatThrownBy(() -> readAt(end.plusSeconds(1)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("has expired on " + end);
  }

  @Test
  void takesACertificateFromTheSecondInWhichItBeginsToBeValid() throws Exception {
    Instant begin = x509("RSA").getNotBefore().toInstant();

    PemKeyMaterial material = readAt(begin);

    assertThat(material).isNotNull();
    assertThatThrownBy(() -> readAt(begin.minusSeconds(1)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("is not valid before " + begin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-256-CBC,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """
      })
  void refusesAnEncryptedKeyWithTheCommandThatDecryptsIt(String pem) throws Exception {
    Path key = keys.secretFile(pem);

    assertThatThrownBy(() -> read(keys.certificateFile("RSA"), key))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("is encrypted")
        .hasMessageContaining("openssl pkey -in " + key + " -out NEW_FILE");
  }

  @Test
  void refusesAnEcKeyInItsOlderFormWithTheCommandThatConvertsIt() throws Exception {
    Path key = keys.secretFile(TestKeys.pem("EC PRIVATE KEY", new byte[] {48, 0}));

    assertThatThrownBy(() -> read(keys.certificateFile("EC"), key))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("is in the form EC PRIVATE KEY")
        .hasMessageContaining("openssl pkey -in " + key + " -out NEW_FILE");
  }

  @Test
  void refusesAFileWithTwoKeys() throws Exception {
    Path key = keys.secretFile(
        Files.readString(keys.keyFile("RSA")) + Files.readString(keys.keyFile("EC")));

    assertThatThrownBy(() -> read(keys.certificateFile("RSA"), key))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("holds 2 blocks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY"})
  void refusesADamagedKey(String label) throws Exception {
    Path key = keys.secretFile(TestKeys.pem(label, "no key at all".repeat(30).getBytes(US_ASCII)));

    assertThatThrownBy(() -> read(keys.certificateFile("RSA"), key))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("is damaged or of a kind that is not supported");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n",
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0!\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----\nc2Vj"
      })
  void invariant6SaysThatAFileIsBrokenWithoutShowingItsContent(String pem) throws Exception {
    Path key = keys.secretFile(pem);

    assertThatThrownBy(() -> read(keys.certificateFile("RSA"), key))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("is no complete PEM file")
        .hasMessageNotContaining("c2V")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void refusesACertificateBlockThatIsNone() throws Exception {
    Path certificate = keys.secretFile(TestKeys.pem("CERTIFICATE", new byte[] {1, 2, 3}));

    assertThatThrownBy(() -> read(certificate, keys.keyFile("RSA")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("is no X.509 certificate");
  }

  @Test
  void refusesAKeyAmongTheCertificates() throws Exception {
    Path mixed = keys.secretFile(
        Files.readString(keys.certificateFile("RSA")) + Files.readString(keys.keyFile("RSA")));

    assertThatThrownBy(() -> read(mixed, keys.keyFile("RSA")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("holds a block PRIVATE KEY; only CERTIFICATE blocks belong there");
  }

  private static PemKeyMaterial read(@Nullable Path certificate, @Nullable Path key) {
    return PemKeyMaterial.read(certificate, key, false, now);
  }

  private static PemKeyMaterial readAt(Instant instant) throws Exception {
    return PemKeyMaterial.read(
        keys.certificateFile("RSA"), keys.keyFile("RSA"), false, InstantSource.fixed(instant));
  }

  private static Path keyWithPermissions(String permissions) throws Exception {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    return Files.setPosixFilePermissions(
        keys.keyFile("RSA"), PosixFilePermissions.fromString(permissions));
  }

  private static X509Certificate x509(String alias) throws Exception {
    return keys.certificate(alias);
  }

  private static Instant notAfter(String alias) throws Exception {
    return x509(alias).getNotAfter().toInstant();
  }

  /** What a client receives that trusts the authority alone and checks the server's address. */
  private static String sayHelloOverTls(PemKeyMaterial material) throws Exception {
    var nobody = new ClientAuthorities(List.of());
    SSLContext context = new ServerContext(() -> material, () -> nobody, now);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (var server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0)) {
      server.setSoTimeout(TIMEOUT_MILLIS);
      Callable<Void> sayHello = () -> {
        try (var socket = (SSLSocket) server.accept()) {
          socket.setSoTimeout(TIMEOUT_MILLIS);
          socket.getOutputStream().write("hello".getBytes(US_ASCII));
        }
        return null;
      };
      Future<Void> served = executor.submit(sayHello);
      String received = receive(server.getLocalPort());
      served.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
      return received;
    } finally {
      executor.shutdownNow();
    }
  }

  private static String receive(int port) throws Exception {
    try (var socket =
        (SSLSocket) clientContext().getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static SSLContext clientContext() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", keys.certificate(TestKeys.CA));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
