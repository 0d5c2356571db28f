package io.sallyport.core.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.internal.config.FollowedFiles;
import io.sallyport.core.internal.tls.TestCertificate.Extension;
import io.sallyport.core.internal.tls.TestCertificate.Validity;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes with files that change under a running server. */
@Timeout(120)
class ServerTlsTest {

  private static final String OTHER_CA = "other-ca";
  private static final String EXPIRED = "expired";
  private static final String CLIENT = "client";

  @TempDir
  private static Path made;

  private static TestKeys keys;

  @TempDir
  private Path folder;

  private FollowedFiles files;
  private Path certificate;
  private Path key;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = TestKeys.make(made, List.of("RSA", "EC"));
    keys.add(OTHER_CA, "CN=Other authority", null, keys.now(), Extension.authority());
    Instant now = Instant.now();
    keys.add(
        EXPIRED,
        "CN=Test server",
        TestKeys.CA,
        new Validity(now.minus(Duration.ofDays(10)), now.minus(Duration.ofDays(5))));
    keys.add(CLIENT, "CN=Client", TestKeys.CA, keys.now(), Extension.purpose(2));
  }

  @BeforeEach
  void begin() throws Exception {
    files = new FollowedFiles();
    certificate = folder.resolve("certificate.pem");
    key = folder.resolve("key.pem");
    write(certificate, keys.certificates("RSA", TestKeys.CA));
    write(key, keys.keyText("RSA"));
  }

  @AfterEach
  void end() {
    files.close();
  }

  @Test
  void aNewPairCountsOnceItsCertificateAndItsKeyAreThere() throws Exception {
    SSLContext server = serve(null);
    TlsClient client = TlsClient.withoutCertificate();
    assertThat(client.serverOf(server)).isEqualTo(keys.certificate("RSA"));

    replace(certificate, keys.certificates("EC", TestKeys.CA));
    until("a problem", () -> broken().contains("does not belong to the certificate"));
    assertThat(TlsClient.withoutCertificate().serverOf(server)).isEqualTo(keys.certificate("RSA"));

    replace(key, keys.keyText("EC"));
    untilServed("EC", server);
    until("no problem", () -> broken().isEmpty());
  }

  @Test
  void theKeyMayComeFirst() throws Exception {
    SSLContext server = serve(null);

    replace(key, keys.keyText("EC"));
    until("a problem", () -> broken().contains("does not belong to the certificate"));
    replace(certificate, keys.certificates("EC"));

    untilServed("EC", server);
  }

  @Test
  void linksToTheNextOfEachFileAreFollowedAsCertbotSwapsThem() throws Exception {
    Path archive = Files.createDirectory(folder.resolve("archive"));
    write(archive.resolve("fullchain1.pem"), keys.certificates("RSA"));
    write(archive.resolve("privkey1.pem"), keys.keyText("RSA"));
    write(archive.resolve("fullchain2.pem"), keys.certificates("EC"));
    write(archive.resolve("privkey2.pem"), keys.keyText("EC"));
    Path live = Files.createDirectory(folder.resolve("live"));
    certificate = live.resolve("fullchain.pem");
    key = live.resolve("privkey.pem");
    link(certificate, "../archive/fullchain1.pem");
    link(key, "../archive/privkey1.pem");
    SSLContext server = serve(null);

    link(key, "../archive/privkey2.pem");
    link(certificate, "../archive/fullchain2.pem");

    untilServed("EC", server);
  }

  @Test
  void aFolderThatIsSwappedByItsLinkIsFollowedAsKubernetesDoes() throws Exception {
    Path first = Files.createDirectory(folder.resolve("..2026_1"));
    Path second = Files.createDirectory(folder.resolve("..2026_2"));
    write(first.resolve("tls.crt"), keys.certificates("RSA"));
    write(first.resolve("tls.key"), keys.keyText("RSA"));
    write(second.resolve("tls.crt"), keys.certificates("EC"));
    write(second.resolve("tls.key"), keys.keyText("EC"));
    link(folder.resolve("..data"), "..2026_1");
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
    link(certificate, "..data/tls.crt");
    link(key, "..data/tls.key");
    SSLContext server = serve(null);

    link(folder.resolve("..data"), "..2026_2");

    untilServed("EC", server);
  }

  @Test
  void aHalfWrittenCertificateCountsOnlyWhenItIsComplete() throws Exception {
    replace(certificate, keys.certificates("EC"));
    replace(key, keys.keyText("EC"));
    SSLContext server = serve(null);
    String next = keys.certificates("RSA", TestKeys.CA);

    write(key, keys.keyText("RSA"));
    write(certificate, next.substring(0, next.length() / 3));
    until("a problem", () -> broken().contains("is no complete PEM file"));
    assertThat(TlsClient.withoutCertificate().serverOf(server)).isEqualTo(keys.certificate("EC"));
    write(certificate, next);

    untilServed("RSA", server);
  }

  @Test
  void whatTheStartWouldRefuseIsRefusedLater() throws Exception {
    SSLContext server = serve(null);

    replace(key, keys.keyText(EXPIRED));
    replace(certificate, keys.certificates(EXPIRED));
    until("expired", () -> broken().contains("has expired on"));
    replace(certificate, keys.certificates("EC"));
    replace(key, keys.keyText("EC"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    until("readable", () -> broken().contains("chmod 600"));
    Files.delete(key);
    until("gone", () -> broken().contains("does not exist"));

    assertThat(TlsClient.withoutCertificate().serverOf(server)).isEqualTo(keys.certificate("RSA"));
  }

  @Test
  void aKeyThatIsMadePrivateAgainIsTakenUp() throws Exception {
    SSLContext server = serve(null);
    replace(certificate, keys.certificates("EC"));
    replace(key, keys.keyText("EC"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    until("readable", () -> broken().contains("chmod 600"));

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

    untilServed("EC", server);
  }

  @Test
  void aConnectionStaysAndAServerSocketPresentsTheNewPairToTheNext() throws Exception {
    SSLContext server = serve(null);
    ExecutorService executor = Executors.newCachedThreadPool();
    try (ServerSocket listening = server.getServerSocketFactory().createServerSocket(0)) {
      Future<?> echoing = executor.submit(() -> echo(listening, executor));
      TlsClient client = TlsClient.withoutCertificate();
      try (SSLSocket open = connect(client, listening)) {
        assertThat(say(open, 'a')).isEqualTo('a');

        replace(certificate, keys.certificates("EC"));
        replace(key, keys.keyText("EC"));
        untilServed("EC", server);

        assertThat(say(open, 'b')).isEqualTo('b');
        TlsClient next = TlsClient.withoutCertificate();
        try (SSLSocket second = connect(next, listening)) {
          assertThat(say(second, 'c')).isEqualTo('c');
        }
        assertThat(client.servers()).containsExactly(keys.certificate("RSA"));
        assertThat(next.servers()).containsExactly(keys.certificate("EC"));
      }
      assertThat(echoing.isDone()).isFalse();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void speaksTls12And13AndNothingElse() throws Exception {
    SSLContext server = serve(null);

    SSLEngine engine = server.createSSLEngine();
    SSLEngine named = server.createSSLEngine("client.example", 1234);

    assertThat(engine.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    assertThat(named.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    assertThat(engine.getUseClientMode()).isFalse();
    assertThat(server.getDefaultSSLParameters().getProtocols())
        .containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    assertThat(server.getSupportedSSLParameters().getProtocols())
        .containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    for (ServerSocket socket : serverSockets(server)) {
      assertThat(((SSLServerSocket) socket).getEnabledProtocols())
          .containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
      socket.close();
    }
  }

  private static List<ServerSocket> serverSockets(SSLContext server) throws IOException {
    var factory = server.getServerSocketFactory();
    List<ServerSocket> sockets = new ArrayList<>();
    sockets.add(factory.createServerSocket());
    sockets.add(factory.createServerSocket(0));
    sockets.add(factory.createServerSocket(0, 5));
    sockets.add(factory.createServerSocket(0, 5, null));
    assertThat(factory.getDefaultCipherSuites()).isNotEmpty();
    assertThat(factory.getSupportedCipherSuites()).contains(factory.getDefaultCipherSuites());
    return sockets;
  }

  @Test
  void servesOlderClientsByTls12() throws Exception {
    SSLContext server = serve(null);
    SSLEngine engine = server.createSSLEngine();
    engine.setEnabledProtocols(new String[] {"TLSv1.2"});

    SSLEngine after = TlsClient.withoutCertificate().handshake(engine);

    assertThat(after.getSession().getProtocol()).isEqualTo("TLSv1.2");
  }

  @Test
  void callsNobodyAndIsNotMadeAnew() throws Exception {
    SSLContext server = serve(null);

    assertThatThrownBy(server::getSocketFactory).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> server.init(null, null, null))
        .isInstanceOf(IllegalStateException.class);
    assertThat(server.getClientSessionContext()).isNotNull();
    SSLEngine asClient = server.createSSLEngine();
    asClient.setUseClientMode(true);
    assertThat(asClient.getUseClientMode()).isTrue();
    assertThatThrownBy(() -> TlsClient.pump(asClient, serve(null).createSSLEngine()))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void aSessionIsResumedAsLongAsNothingChanges() throws Exception {
    Path authorities = authorities(TestKeys.CA);
    SSLContext server = serve(authorities);
    TlsClient client = client();

    client.handshake(needing(server));
    client.handshake(needing(server));

    assertThat(client.servers()).hasSize(1);
  }

  @Test
  void aClientWhoseAuthorityIsTrustedNoLongerResumesNoSession() throws Exception {
    Path authorities = authorities(TestKeys.CA);
    SSLContext server = serve(authorities);
    TlsClient client = client();
    client.handshake(needing(server));

    replace(authorities, keys.certificates(OTHER_CA));
    until("refused", () -> refuses(server, client()));

    assertThatThrownBy(() -> client.handshake(needing(server)))
        .isInstanceOf(SSLHandshakeException.class);
    assertThat(client.servers()).hasSize(2);
  }

  @Test
  void aClientWhoseAuthorityIsAddedIsLetIn() throws Exception {
    Path authorities = authorities(OTHER_CA);
    SSLContext server = serve(authorities);
    assertThat(refuses(server, client())).isTrue();

    replace(authorities, keys.certificates(OTHER_CA, TestKeys.CA));

    until("let in", () -> !refuses(server, client()));
  }

  @Test
  void authoritiesThatCannotBeReadLeaveTheLastOnesInForce() throws Exception {
    Path authorities = authorities(TestKeys.CA);
    SSLContext server = serve(authorities);

    replace(authorities, keys.certificates(CLIENT));
    until("a problem", () -> broken().contains("is no CA's (CN=Client)"));

    assertThat(refuses(server, client())).isFalse();
    assertThat(files.brokenFiles())
        .extracting(FollowedFiles.BrokenFile::file)
        .containsExactly(authorities);
  }

  @Test
  void tellsAllThatIsWrongWithAllFilesAtOnce() throws Exception {
    replace(certificate, "nothing");
    Path authorities = folder.resolve("clients-ca.pem");
    List<String> problems = new ArrayList<>();

    var tls = ServerTls.follow(
        new TlsFiles(certificate, key, false, authorities),
        files,
        InstantSource.system(),
        problems::add);

    assertThat(tls).isEmpty();
    assertThat(problems)
        .satisfiesExactly(
            problem -> assertThat(problem).contains("'BEGIN CERTIFICATE'"),
            problem -> assertThat(problem)
                .isEqualTo("The client CA path [" + authorities + "] does not exist"));
  }

  private TlsClient client() throws Exception {
    return TlsClient.showing(keys.key(CLIENT), keys.certificate(CLIENT));
  }

  private static SSLEngine needing(SSLContext server) {
    SSLEngine engine = server.createSSLEngine();
    engine.setNeedClientAuth(true);
    return engine;
  }

  private static boolean refuses(SSLContext server, TlsClient client) {
    try {
      client.handshake(needing(server));
      return false;
    } catch (SSLException e) {
      return true;
    }
  }

  private Path authorities(String... aliases) throws Exception {
    Path file = folder.resolve("clients-ca.pem");
    write(file, keys.certificates(aliases));
    return file;
  }

  private SSLContext serve(@Nullable Path authorities) {
    List<String> problems = new ArrayList<>();
    var tls = ServerTls.follow(
        new TlsFiles(certificate, key, false, authorities),
        files,
        InstantSource.system(),
        problems::add);
    assertThat(problems).isEmpty();
    return tls.orElseThrow().context();
  }

  private String broken() {
    return files.brokenFiles().stream()
        .map(FollowedFiles.BrokenFile::message)
        .reduce("", String::concat);
  }

  private void untilServed(String alias, SSLContext server) throws Exception {
    X509Certificate expected = keys.certificate(alias);
    until("served " + alias, () -> {
      try {
        return TlsClient.withoutCertificate().serverOf(server).equals(expected);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private static void until(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Something that becomes true. */
  private interface Condition {

    boolean holds() throws Exception;
  }

  private static void write(Path file, String content) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, content, US_ASCII);
  }

  private static void replace(Path file, String content) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    write(next, content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void link(Path link, String target) throws IOException {
    Path next = link.resolveSibling(link.getFileName() + ".next");
    Files.createSymbolicLink(next, Path.of(target));
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Void echo(ServerSocket listening, ExecutorService executor) throws IOException {
    while (true) {
      Socket socket = listening.accept();
      executor.execute(() -> echo(socket));
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      for (int c = socket.getInputStream().read();
          c >= 0;
          c = socket.getInputStream().read()) {
        socket.getOutputStream().write(c);
      }
    } catch (IOException e) {
      // seen by the client
    }
  }

  private static SSLSocket connect(TlsClient client, ServerSocket listening) throws IOException {
    var socket = (SSLSocket)
        client.context().getSocketFactory().createSocket("127.0.0.1", listening.getLocalPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static char say(SSLSocket socket, char what) throws IOException {
    socket.getOutputStream().write(what);
    return (char) socket.getInputStream().read();
  }
}
