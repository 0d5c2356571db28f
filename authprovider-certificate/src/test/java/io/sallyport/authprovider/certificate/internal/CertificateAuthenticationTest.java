package io.sallyport.authprovider.certificate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Subject.StoreUser;
import io.sallyport.authprovider.certificate.CertificateAuthenticationFactory;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.UnavailableException;
import io.sallyport.spi.Userstore;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthenticationTest {

  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final String CLIENT = "2b06010505070302";
  private static final String SERVER = "2b06010505070301";
  private static final String ANY = "551d2500";
  private static final String SPIFFE = "spiffe://example.org/jobs";

  private static final Map<String, Object> JOBS_BY_SUBJECT =
      Map.of("mappings", List.of(Map.of("subject", "CN=jobs,O=Example", "user", "jobs")));

  @Test
  void acceptsTheUserOfAMappedSubject() {
    var provider = provider(JOBS_BY_SUBJECT, "jobs");

    var result = provider.authenticate(Connection.with(TestCertificate.ofJobs().build()));

    assertThat(userOf(result)).isEqualTo("jobs");
    assertThat(((Authenticated) result).evidence().method()).isEqualTo("certificate");
    assertThat(((Authenticated) result).evidence().signedInAt()).isEqualTo(NOW);
    assertThat(((StoreUser) ((Authenticated) result).subject()).store()).isEqualTo("services");
  }

  @Test
  void aCredentialOfTheConnectionHasNoHeaderFieldAndNoChallenge() {
    var provider = provider(JOBS_BY_SUBJECT, "jobs");

    assertThat(provider.credentialHeaders()).isEmpty();
    assertThat(provider.challenges(Connection.with())).isEmpty();
  }

  @Test
  void whatAProxyWritesAboutCertificatesIsNotLookedAt() {
    var provider = provider(JOBS_BY_SUBJECT, "jobs");
    var spoofed = new Connection(
        List.of(),
        Map.of(
            "X-SSL-Client-Cert", "-----BEGIN CERTIFICATE-----",
            "X-Client-Verify", "SUCCESS",
            "X-SSL-Client-S-DN", "CN=jobs,O=Example",
            "X-Forwarded-Client-Cert", "Subject=\"CN=jobs,O=Example\"",
            "Client-Cert", ":MIIB:",
            "Ssl-Client-Cert", "x"));

    assertThat(provider.isPresented(spoofed)).isFalse();
    assertThat(provider.authenticate(spoofed)).isInstanceOf(NotPresented.class);
    assertThat(provider.isPresented(Connection.with(TestCertificate.ofJobs().build())))
        .isTrue();
  }

  @Test
  void whatTheClientHasSentBesidesItsOwnCertificateStandsForNobody() {
    var provider = provider(JOBS_BY_SUBJECT, "jobs");

    var result = provider.authenticate(Connection.with(
        TestCertificate.of("CN=eve").build(), TestCertificate.ofJobs().build()));

    assertThat(reasonOf(result)).isEqualTo(Reason.UNKNOWN_USER);
  }

  @Test
  void aCertificateIsGoodFromItsFirstInstantToItsLast() {
    var certificate = TestCertificate.ofJobs().build();

    assertThat(reasonAt(TestCertificate.FROM.minusNanos(1), certificate))
        .contains(Reason.NOT_YET_VALID);
    assertThat(reasonAt(TestCertificate.FROM, certificate)).isEmpty();
    assertThat(reasonAt(TestCertificate.TO, certificate)).isEmpty();
    assertThat(reasonAt(TestCertificate.TO.plusNanos(1), certificate)).contains(Reason.EXPIRED);
  }

  @Test
  void whatIsMadeWithACertificateEndsWithIt() {
    var provider = provider(JOBS_BY_SUBJECT, "jobs");

    var result = (Authenticated)
        provider.authenticate(Connection.with(TestCertificate.ofJobs().build()));

    assertThat(result.evidence().restrictions().notAfter())
        .contains(TestCertificate.TO.plusNanos(1));
  }

  /** Names that the JDK holds for equal to {@code CN=jobs,O=Example}, or that look like it. */
  static List<TestCertificate> others() {
    byte[] o = Der.attribute(Der.O, "Example");
    return List.of(
        TestCertificate.of("CN=Jobs,O=Example"),
        TestCertificate.of("CN=JOBS,O=EXAMPLE"),
        TestCertificate.withSubject(o, Der.attribute(Der.CN, " jobs ")),
        TestCertificate.withSubject(o, Der.attribute(Der.CN, "job\u017f")),
        TestCertificate.withSubject(o, Der.attribute(Der.CN, "\uff4aobs")),
        TestCertificate.withSubject(o, Der.attribute(Der.CN, "j\u043ebs")),
        TestCertificate.withSubject(Der.attribute(Der.CN, "jobs\uff0cO\uff1dExample")),
        TestCertificate.withSubject(Der.attribute(Der.CN, "jobs,O=Example")),
        TestCertificate.of("O=Example,CN=jobs"),
        TestCertificate.of("CN=jobs"),
        TestCertificate.of("CN=jobs,O=Example,C=DE"),
        TestCertificate.of("CN=jobs+O=Example"),
        TestCertificate.of("CN=jobs,CN=jobs,O=Example"),
        TestCertificate.of("OU=jobs,O=Example"),
        TestCertificate.ofJobs().subject(Der.sequence()));
  }

  @ParameterizedTest
  @MethodSource("others")
  void aSubjectThatIsNotTheMappedOneCharacterByCharacterStandsForNobody(TestCertificate other) {
    var provider = provider(JOBS_BY_SUBJECT, "jobs");

    var result = provider.authenticate(Connection.with(other.build()));

    assertThat(reasonOf(result)).isEqualTo(Reason.UNKNOWN_USER);
  }

  /** Subjects that are not to be read at all. */
  static List<TestCertificate> unreadable() {
    byte[] o = Der.attribute(Der.O, "Example");
    byte[] jobs = "jobs".getBytes(StandardCharsets.US_ASCII);
    return List.of(
        TestCertificate.withSubject(o, Der.attribute(Der.CN, "jobs\0")),
        TestCertificate.withSubject(o, Der.attribute(Der.CN, "jobs\0.evil.org")),
        TestCertificate.withSubject(o, Der.attribute(Der.CN, "jo\u200bbs")),
        TestCertificate.withSubject(o, Der.attribute(Der.CN, "\u202ejobs")),
        TestCertificate.withSubject(o, Der.attribute(Der.CN, "")),
        // two characters whose bytes are those of the four letters
        TestCertificate.withSubject(o, Der.attribute(Der.CN, Der.BMP, jobs)),
        TestCertificate.withSubject(
            o, Der.attribute(Der.CN, Der.BMP, "jobs".getBytes(StandardCharsets.UTF_16BE))),
        TestCertificate.withSubject(o, Der.attribute(Der.CN, Der.T61, jobs)),
        TestCertificate.withSubject(o, Der.attribute(Der.CN, Der.UTF8, Der.hex("6a6f62f3"))),
        TestCertificate.withSubject(o, Der.attribute(Der.CN, Der.UTF8, Der.hex("6a6f6273c080"))),
        TestCertificate.withSubject(o, Der.attribute(Der.CN, Der.PRINTABLE, Der.hex("6a6fe973"))));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void aSubjectWithHiddenOrOddlyEncodedTextIsMalformed(TestCertificate odd) {
    var bySubject = provider(JOBS_BY_SUBJECT, "jobs");
    var byName = provider(Map.of("user_from", "subject_cn"), "jobs");

    var result = bySubject.authenticate(Connection.with(odd.build()));

    assertThat(reasonOf(result)).isEqualTo(Reason.MALFORMED);
    assertThat(reasonOf(byName.authenticate(Connection.with(odd.build()))))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void theEncodingOfAnAttributeDoesNotCount() {
    var provider = provider(JOBS_BY_SUBJECT, "jobs");
    byte[] jobs = "jobs".getBytes(StandardCharsets.US_ASCII);

    for (int tag : new int[] {Der.UTF8, Der.PRINTABLE, Der.IA5}) {
      var certificate = TestCertificate.withSubject(
          Der.attribute(Der.O, "Example"), Der.attribute(Der.CN, tag, jobs));

      assertThat(userOf(provider.authenticate(Connection.with(certificate.build()))))
          .isEqualTo("jobs");
    }
  }

  @Test
  void anAlternativeNameIsMappedExactly() {
    var provider = provider(
        Map.of(
            "mappings",
            List.of(
                Map.of("san_uri", SPIFFE, "user", "jobs"),
                Map.of("san_dns", "mail.internal", "user", "mail"),
                Map.of("san_email", "root@example.org", "user", "root"))),
        "jobs",
        "mail",
        "root");

    assertThat(userOf(provider, Der.uri(SPIFFE))).contains("jobs");
    assertThat(userOf(provider, Der.dns("other.internal"), Der.dns("mail.internal")))
        .contains("mail");
    assertThat(userOf(provider, Der.email("root@example.org"))).contains("root");
    assertThat(userOf(provider, Der.dns("MAIL.internal"))).isEmpty();
    assertThat(userOf(provider, Der.dns("mail.internal."))).isEmpty();
    assertThat(userOf(provider, Der.dns("a.mail.internal"))).isEmpty();
    assertThat(userOf(provider, Der.dns("*.internal"))).isEmpty();
    assertThat(userOf(provider, Der.uri(SPIFFE + "/"))).isEmpty();
    assertThat(userOf(provider, Der.uri("mail.internal"))).isEmpty();
    assertThat(userOf(provider, Der.dns(SPIFFE))).isEmpty();
    assertThat(userOf(provider)).isEmpty();
  }

  @Test
  void aCertificateWhoseNamesAreMappedToTwoUsersStandsForNeither() {
    var provider = provider(
        Map.of(
            "user_from",
            "subject_cn",
            "mappings",
            List.of(
                Map.of("san_uri", SPIFFE, "user", "jobs"),
                Map.of("san_uri", "spiffe://example.org/web", "user", "web"),
                Map.of("san_dns", "jobs.internal", "user", "jobs"))),
        "jobs",
        "web");

    assertThat(userOf(provider, Der.uri(SPIFFE), Der.uri("spiffe://example.org/web")))
        .isEmpty();
    assertThat(userOf(provider, Der.uri(SPIFFE), Der.dns("jobs.internal"))).contains("jobs");
  }

  @Test
  void aCertificateMayNameItsUserItself() {
    var byName = provider(Map.of("user_from", "subject_cn"), "jobs");
    var byUri = provider(Map.of("user_from", "san_uri"), SPIFFE);
    var byDns = provider(Map.of("user_from", "san_dns"), "jobs.internal");
    var byMail = provider(Map.of("user_from", "san_email"), "jobs@example.org");

    assertThat(userOf(byName)).contains("jobs");
    assertThat(userOf(byUri, Der.uri(SPIFFE))).contains(SPIFFE);
    assertThat(userOf(byDns, Der.dns("jobs.internal"))).contains("jobs.internal");
    assertThat(userOf(byMail, Der.email("jobs@example.org"))).contains("jobs@example.org");
    assertThat(userOf(byUri)).isEmpty();
    assertThat(userOf(byUri, Der.uri(SPIFFE), Der.uri(SPIFFE))).isEmpty();
    assertThat(userOf(byUri, Der.uri(SPIFFE), Der.uri("spiffe://example.org/root")))
        .isEmpty();
    assertThat(userOf(byDns, Der.uri("jobs.internal"))).isEmpty();
  }

  @Test
  void severalCommonNamesStandForNobody() {
    var provider = provider(Map.of("user_from", "subject_cn"), "jobs", "root");

    for (String subject : List.of("CN=jobs,CN=root", "CN=jobs+CN=root", "CN=jobs,O=x,CN=jobs")) {
      var result =
          provider.authenticate(Connection.with(TestCertificate.of(subject).build()));

      assertThat(reasonOf(result)).isEqualTo(Reason.UNKNOWN_USER);
    }
  }

  @Test
  void aMappingGoesBeforeTheNameThatTheCertificateClaims() {
    var provider = provider(
        Map.of(
            "user_from",
            "subject_cn",
            "mappings",
            List.of(Map.of("subject", "CN=jobs,O=Example", "user", "batch"))),
        "jobs",
        "batch");

    assertThat(userOf(provider)).contains("batch");
    assertThat(userOf(provider.authenticate(
            Connection.with(TestCertificate.of("CN=jobs,O=Other").build()))))
        .isEqualTo("jobs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\tb", "a\0b", "jobs\u00e9", "a\nb", "a\u007f"})
  void anAlternativeNameThatIsNoneIsMalformed(String name) {
    var provider = provider(Map.of("user_from", "subject_cn"), "jobs");
    var byDns = provider(Map.of("user_from", "san_dns"), name.isEmpty() ? "x" : name);
    var certificate = TestCertificate.ofJobs().alternativeNames(Der.dns(name)).build();

    assertThat(reasonOf(byDns.authenticate(Connection.with(certificate))))
        .isEqualTo(Reason.MALFORMED);
    // which matters only where alternative names count
    assertThat(userOf(provider.authenticate(Connection.with(certificate)))).isEqualTo("jobs");
  }

  @Test
  void kindsOfAlternativeNamesThatNobodyMapsAreSkippedAndUnknownOnesAreNot() {
    var byUri = provider(Map.of("user_from", "san_uri"), SPIFFE);
    byte[] address = Der.element(0x87, new byte[] {10, 0, 0, 1});
    byte[] other = Der.element(0xa0, Der.identifier("2a03"), Der.element(0xa0, new byte[0]));

    assertThat(userOf(byUri, address, Der.uri(SPIFFE), other)).contains(SPIFFE);
    assertThat(userOf(byUri, Der.element(0xa6, Der.alternative(Der.IA5, SPIFFE))))
        .isEmpty();
    assertThat(userOf(byUri, Der.uri(SPIFFE), Der.alternative(0x89, "x"))).isEmpty();
  }

  @Test
  void aCertificateForSomethingElseThanClientsIsRefused() {
    assertThat(reason(TestCertificate.ofJobs().extendedKeyUsage(CLIENT))).isEmpty();
    assertThat(reason(TestCertificate.ofJobs().extendedKeyUsage(SERVER, CLIENT)))
        .isEmpty();
    assertThat(reason(TestCertificate.ofJobs().extendedKeyUsage(SERVER)))
        .contains(Reason.WRONG_CREDENTIALS);
    assertThat(reason(TestCertificate.ofJobs().extendedKeyUsage(ANY)))
        .contains(Reason.WRONG_CREDENTIALS);
    assertThat(reason(TestCertificate.ofJobs().keyUsage(0x80))).isEmpty();
    assertThat(reason(TestCertificate.ofJobs().keyUsage(0x20))).contains(Reason.WRONG_CREDENTIALS);
  }

  @Test
  void whatMustBeUnderstoodAndIsNotIsRefused() {
    assertThat(reason(TestCertificate.ofJobs().critical("2a030405")))
        .contains(Reason.WRONG_CREDENTIALS);
    assertThat(reason(TestCertificate.ofJobs().extension("2a030405", Der.sequence())))
        .isEmpty();
  }

  @Test
  void anAuthorityIsNoClient() {
    byte[] authority = Der.sequence(Der.element(0x01, new byte[] {-1}));

    assertThat(reason(TestCertificate.ofJobs().basicConstraints(authority)))
        .contains(Reason.WRONG_CREDENTIALS);
    assertThat(reason(TestCertificate.ofJobs().basicConstraints(Der.sequence())))
        .isEmpty();
  }

  @Test
  void onlyTheNamedIssuersAreAccepted() {
    Map<String, Object> properties = Map.of(
        "user_from", "subject_cn", "issuers", List.of("CN=Other CA", TestCertificate.ISSUER));
    var provider = provider(properties, "jobs");

    assertThat(userOf(provider)).contains("jobs");
    assertThat(reasonOf(provider.authenticate(Connection.with(
            TestCertificate.ofJobs().issuedBy("CN=internal ca,O=Example").build()))))
        .isEqualTo(Reason.WRONG_CREDENTIALS);
  }

  @Test
  void anUnknownUserIsRejectedUnderItsName() {
    var provider = provider(Map.of("user_from", "subject_cn"), "someone");

    var result = provider.authenticate(Connection.with(TestCertificate.ofJobs().build()));

    assertThat(result).isEqualTo(new Rejected(Reason.UNKNOWN_USER, "user not found", "jobs"));
  }

  @Test
  void theOperatorLearnsTheSubjectThatNothingMaps() {
    var provider = provider(JOBS_BY_SUBJECT, "jobs");

    var result = (Rejected) provider.authenticate(
        Connection.with(TestCertificate.of("CN=Jobs,O=Example").build()));

    assertThat(result.detail()).endsWith("its subject is CN=Jobs,O=Example");
  }

  @Test
  void aNameThatNoUserCanHaveStandsForNobody() {
    String longName = "x".repeat(257);
    var provider = provider(Map.of("user_from", "subject_cn"), longName);

    var result = provider.authenticate(
        Connection.with(TestCertificate.of("CN=" + longName).build()));

    assertThat(reasonOf(result)).isEqualTo(Reason.UNKNOWN_USER);
  }

  @Test
  void theFirstStoreThatKnowsTheUserCounts() {
    var provider = provider(
        Map.of("user_from", "subject_cn"),
        NOW,
        List.of(
            new NamedUserstore("empty", NamedUsers.of()),
            new NamedUserstore("first", NamedUsers.of("jobs")),
            new NamedUserstore("second", NamedUsers.of("jobs"))));

    var result = (Authenticated)
        provider.authenticate(Connection.with(TestCertificate.ofJobs().build()));

    assertThat(((StoreUser) result.subject()).store()).isEqualTo("first");
  }

  @Test
  void aStoreThatCannotBeAskedIsNoRejection() {
    Userstore down = new Userstore() {
      @Override
      public Optional<io.sallyport.api.User> findUser(String username) {
        throw new UnavailableException("down", Duration.ofSeconds(1), null);
      }

      @Override
      public Optional<io.sallyport.api.User> findUserById(String id) {
        return Optional.empty();
      }
    };
    var provider =
        provider(Map.of("user_from", "subject_cn"), NOW, List.of(new NamedUserstore("down", down)));
    var request = Connection.with(TestCertificate.ofJobs().build());

    assertThatThrownBy(() -> provider.authenticate(request))
        .isInstanceOf(UnavailableException.class);
  }

  private static Optional<Reason> reason(TestCertificate certificate) {
    return reasonAt(NOW, certificate.build());
  }

  private static Optional<Reason> reasonAt(Instant now, X509Certificate certificate) {
    var provider = provider(
        JOBS_BY_SUBJECT, now, List.of(new NamedUserstore("services", NamedUsers.of("jobs"))));
    var result = provider.authenticate(Connection.with(certificate));
    return result instanceof Rejected rejected ? Optional.of(rejected.reason()) : Optional.empty();
  }

  private static AuthenticationProvider provider(Map<String, Object> properties, String... users) {
    return provider(properties, NOW, List.of(new NamedUserstore("services", NamedUsers.of(users))));
  }

  private static AuthenticationProvider provider(
      Map<String, Object> properties, Instant now, List<NamedUserstore> stores) {
    var settings = new MapSettings(properties);
    var context = new StandardContext(InstantSource.fixed(now), stores);
    var provider = new CertificateAuthenticationFactory().create(settings, context);
    assertThat(settings.problems()).isEmpty();
    return provider;
  }

  /** Who a certificate of jobs with these alternative names stands for. */
  private static Optional<String> userOf(AuthenticationProvider provider, byte[]... names) {
    TestCertificate certificate = TestCertificate.ofJobs();
    if (names.length > 0) {
      certificate.alternativeNames(names);
    }
    var result = provider.authenticate(Connection.with(certificate.build()));
    return result instanceof Authenticated ? Optional.of(userOf(result)) : Optional.empty();
  }

  private static String userOf(AuthenticationResult result) {
    assertThat(result).isInstanceOf(Authenticated.class);
    return ((StoreUser) ((Authenticated) result).subject()).user().name();
  }

  private static Reason reasonOf(AuthenticationResult result) {
    assertThat(result).isInstanceOf(Rejected.class);
    return ((Rejected) result).reason();
  }
}
