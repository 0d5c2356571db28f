package io.sallyport.core.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.internal.tls.TestCertificate.Extension;
import io.sallyport.core.internal.tls.TestCertificate.Validity;
import io.sallyport.spi.InvalidSettingsException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in with a certificate, in real handshakes, as an attacker would try. */
class ClientTrustTest {

  private static final Duration DAY = Duration.ofDays(1);

  private static final Extension CLIENT = Extension.purpose(2);

  /** Permits the DNS names below partner.example and no others. */
  private static final Extension ONLY_PARTNER =
      new Extension("2.5.29.30", true, "3015a0133011820f706172746e65722e6578616d706c65");

  @TempDir
  private static Path folder;

  private static TestKeys keys;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = TestKeys.make(folder, List.of("EC"));
    add("good", "CN=Good", TestKeys.CA, CLIENT);
    add("without-purposes", "CN=No purposes", TestKeys.CA);
    add("server-only", "CN=Server", TestKeys.CA, Extension.purpose(1));
    add("code-signing", "CN=Signer", TestKeys.CA, Extension.purpose(3));
    add("not-for-signatures", "CN=Encipher", TestKeys.CA, Extension.usage(0x20));
    add("unknown-critical", "CN=Unknown", TestKeys.CA, new Extension("1.2.3.4", true, "0500"));
    keys.add("expired", "CN=Expired", TestKeys.CA, days(-10, -5), CLIENT);
    keys.add("not-yet", "CN=Not yet", TestKeys.CA, days(5, 30), CLIENT);
    add("self-signed", "CN=Good", null, CLIENT);
    add("impostor", "CN=Test authority", null, Extension.authority());
    add("by-impostor", "CN=Good", "impostor", CLIENT);
    add("intermediate", "CN=Intermediate", TestKeys.CA, Extension.authority(0));
    add("by-intermediate", "CN=Below", "intermediate", CLIENT);
    add("too-deep", "CN=Too deep", "intermediate", Extension.authority());
    add("by-too-deep", "CN=Deep", "too-deep", CLIENT);
    add("by-client", "CN=Good", "good", CLIENT);
    add("limited", "CN=Limited", TestKeys.CA, Extension.authority(), ONLY_PARTNER);
    add("permitted", "CN=P", "limited", Extension.dns("a.partner.example"));
    add("not-permitted", "CN=N", "limited", Extension.dns("admin.example"));
    add("limited-root", "CN=Limited root", null, Extension.authority(), ONLY_PARTNER);
    add("root-permitted", "CN=P", "limited-root", Extension.dns("a.partner.example"));
    add("root-not-permitted", "CN=N", "limited-root", Extension.dns("admin.example"));
    add("below-limited-root", "CN=Sub", "limited-root", Extension.authority());
    add("sub-not-permitted", "CN=N", "below-limited-root", Extension.dns("admin.example"));
    keys.add("old-ca", "CN=Old authority", null, days(-20, -10), Extension.authority());
    add("by-old-ca", "CN=Good", "old-ca", CLIENT);
    add("ca-without-signing", "CN=Usage", null, Extension.authority(), Extension.usage(0x80));
  }

  private static void add(
      String alias, String name, @Nullable String signer, Extension... extensions)
      throws GeneralSecurityException {
    keys.add(alias, name, signer, keys.now(), extensions);
  }

  private static Validity days(int from, int until) {
    Instant now = Instant.now();
    return new Validity(now.plus(DAY.multipliedBy(from)), now.plus(DAY.multipliedBy(until)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"good", "without-purposes"})
  void aClientOfTheAuthorityIsLetIn(String client) throws Exception {
    SSLEngine server = handshake(trusting(now(), TestKeys.CA), client);

    assertThat(server.getSession().getPeerCertificates()).containsExactly(keys.certificate(client));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aClientOfTheAuthorityIsLetInByEitherVersion(String version) throws Exception {
    SSLEngine engine = trusting(now(), TestKeys.CA).createSSLEngine();
    engine.setNeedClientAuth(true);
    engine.setEnabledProtocols(new String[] {version});

    SSLEngine after = client("good").handshake(engine);

    assertThat(after.getSession().getProtocol()).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server-only",
        "code-signing",
        "not-for-signatures",
        "unknown-critical",
        "expired",
        "not-yet",
        "self-signed",
        "impostor",
        "by-impostor",
        "ca"
      })
  void everybodyElseIsRefused(String client) {
    assertThatThrownBy(() -> handshake(trusting(now(), TestKeys.CA), client))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void aClientMakesNoFurtherClients() {
    assertThatThrownBy(() -> handshake(trusting(now(), TestKeys.CA), "by-client", "good"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void aClientBelowAnIntermediateIsLetInIfItSendsIt() throws Exception {
    SSLContext server = trusting(now(), TestKeys.CA);

    assertThatCode(() -> handshake(server, "by-intermediate", "intermediate"))
        .doesNotThrowAnyException();
    assertThatCode(() -> handshake(server, "by-intermediate", "intermediate", TestKeys.CA))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> handshake(server, "by-intermediate"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void anIntermediateMayItselfBeTheAuthorityAndThenItsIssuerIsNot() throws Exception {
    SSLContext server = trusting(now(), "intermediate");

    assertThatCode(() -> handshake(server, "by-intermediate")).doesNotThrowAnyException();
    assertThatThrownBy(() -> handshake(server, "good")).isInstanceOf(SSLHandshakeException.class);
    assertThatThrownBy(() -> handshake(server, "good", TestKeys.CA))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void anIntermediateMakesNoMoreAuthoritiesThanItIsAllowed() {
    assertThatThrownBy(() ->
            handshake(trusting(now(), TestKeys.CA), "by-too-deep", "too-deep", "intermediate"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ca, permitted, limited, true",
    "ca, not-permitted, limited, false",
    "limited-root, root-permitted, limited-root, true",
    "limited-root, root-not-permitted, limited-root, false",
    "limited-root, sub-not-permitted, below-limited-root, false"
  })
  void anAuthorityVouchesForTheNamesThatItMayAndNoOthers(
      String authority, String client, String by, boolean letIn) throws Exception {
    SSLContext server = trusting(now(), authority);

    assertThat(isLetIn(server, client, by)).isEqualTo(letIn);
  }

  @Test
  void anAuthorityWithoutLimitsDoesNotLendItsFreedomToOneThatHasThem() throws Exception {
    SSLContext server = trusting(now(), "limited-root", TestKeys.CA);

    assertThat(isLetIn(server, "good")).isTrue();
    assertThat(isLetIn(server, "root-permitted")).isTrue();
    assertThat(isLetIn(server, "root-not-permitted")).isFalse();
  }

  @Test
  void anAuthorityThatHasEndedVouchesForNobodyAndTheOthersStillDo() throws Exception {
    SSLContext server = trusting(now(), "old-ca", TestKeys.CA);

    assertThat(isLetIn(server, "by-old-ca")).isFalse();
    assertThat(isLetIn(server, "good")).isTrue();
    assertThat(isLetIn(trusting(now(), "old-ca"), "by-old-ca")).isFalse();
  }

  @Test
  void aClientIsLetInUntilTheSecondInWhichItsCertificateEnds() throws Exception {
    Instant end = keys.certificate("good").getNotAfter().toInstant();

    assertThat(isLetIn(trusting(InstantSource.fixed(end), TestKeys.CA), "good")).isTrue();
    assertThat(isLetIn(trusting(InstantSource.fixed(end.plusSeconds(1)), TestKeys.CA), "good"))
        .isFalse();
  }

  @Test
  void anAuthorityVouchesFromItsFirstToItsLastSecond() throws Exception {
    X509Certificate authority = keys.certificate(TestKeys.CA);
    Instant begin = authority.getNotBefore().toInstant();
    Instant end = authority.getNotAfter().toInstant();
    var authorities = new ClientAuthorities(List.of(authority));

    assertThat(authorities.at(begin)).containsExactly(authority);
    assertThat(authorities.at(begin.minusSeconds(1))).isEmpty();
    assertThat(authorities.at(end)).containsExactly(authority);
    assertThat(authorities.at(end.plusSeconds(1))).isEmpty();
  }

  @Test
  void withoutAuthoritiesNobodyIsTrustedNotEvenWhomJavaTrusts() throws Exception {
    SSLContext server = trusting(now());

    assertThat(isLetIn(server, "good")).isFalse();
    assertThat(new ClientTrust(() -> new ClientAuthorities(List.of()), now()).getAcceptedIssuers())
        .isEmpty();
  }

  @Test
  void aClientWithoutACertificateIsRefusedOnlyWhereOneIsNeeded() throws Exception {
    SSLContext server = trusting(now(), TestKeys.CA);
    SSLEngine wanting = server.createSSLEngine();
    wanting.setWantClientAuth(true);
    SSLEngine needing = server.createSSLEngine();
    needing.setNeedClientAuth(true);

    assertThatCode(() -> TlsClient.withoutCertificate().handshake(wanting))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> TlsClient.withoutCertificate().handshake(needing))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void tellsClientsExactlyTheAuthoritiesOfTheFileThatAreValid() throws Exception {
    var trust = new ClientTrust(() -> authorities("old-ca", TestKeys.CA, "intermediate"), now());

    assertThat(trust.getAcceptedIssuers())
        .containsExactly(keys.certificate(TestKeys.CA), keys.certificate("intermediate"));
  }

  @Test
  void answersTheSameHoweverItIsAsked() throws Exception {
    var trust = new ClientTrust(() -> authorities(TestKeys.CA), now());
    X509Certificate[] good = {keys.certificate("good")};
    X509Certificate[] bad = {keys.certificate("by-impostor")};

    assertThatCode(() -> trust.checkClientTrusted(good, "EC")).doesNotThrowAnyException();
    assertThatCode(() -> trust.checkClientTrusted(good, "EC", (Socket) null))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> trust.checkClientTrusted(bad, "EC"))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> trust.checkClientTrusted(bad, "EC", (Socket) null))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> trust.checkClientTrusted(new X509Certificate[0], "EC"))
        .isInstanceOfAny(CertificateException.class, IllegalArgumentException.class);
  }

  @Test
  void trustsNoServers() throws Exception {
    var trust = new ClientTrust(() -> authorities(TestKeys.CA), now());
    X509Certificate[] server = {keys.certificate("EC")};

    assertThatThrownBy(() -> trust.checkServerTrusted(server, "EC"))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> trust.checkServerTrusted(server, "EC", (Socket) null))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> trust.checkServerTrusted(server, "EC", (SSLEngine) null))
        .isInstanceOf(CertificateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"good", "EC", "ca-without-signing"})
  void refusesAFileThatListsOthersThanAuthorities(String alias) throws Exception {
    Path file = keys.certificateFile(TestKeys.CA, alias);

    assertThatThrownBy(() -> ClientAuthorities.read(file))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("The client CA file [" + file + "] holds a certificate that is no")
        .hasMessageContaining("CN=");
  }

  @Test
  void readsEachAuthorityOnce() throws Exception {
    Path file = keys.certificateFile(TestKeys.CA, "intermediate", TestKeys.CA);

    ClientAuthorities authorities = ClientAuthorities.read(file);

    assertThat(authorities.certificates())
        .containsExactly(keys.certificate(TestKeys.CA), keys.certificate("intermediate"));
  }

  private static InstantSource now() {
    return InstantSource.fixed(Instant.now().plus(Duration.ofMinutes(1)));
  }

  private static ClientAuthorities authorities(String... aliases) {
    return new ClientAuthorities(
        List.of(aliases).stream().map(keys::certificate).toList());
  }

  private static SSLContext trusting(InstantSource clock, String... aliases) throws Exception {
    PemKeyMaterial pair = PemKeyMaterial.read(
        keys.certificateFile("EC"),
        keys.keyFile("EC"),
        false,
        InstantSource.fixed(Instant.now().plus(DAY)));
    ClientAuthorities authorities = authorities(aliases);
    return new ServerContext(() -> pair, () -> authorities, clock);
  }

  private static TlsClient client(String... chain) throws Exception {
    X509Certificate[] certificates = new X509Certificate[chain.length];
    for (int i = 0; i < chain.length; i++) {
      certificates[i] = keys.certificate(chain[i]);
    }
    return TlsClient.showing(keys.key(chain[0]), certificates);
  }

  private static SSLEngine handshake(SSLContext server, String... chain) throws Exception {
    SSLEngine engine = server.createSSLEngine();
    engine.setNeedClientAuth(true);
    return client(chain).handshake(engine);
  }

  private static boolean isLetIn(SSLContext server, String... chain) throws Exception {
    try {
      handshake(server, chain);
      return true;
    } catch (SSLHandshakeException e) {
      return false;
    }
  }
}
