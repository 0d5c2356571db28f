package io.sallyport.core.internal.gate;

import static io.sallyport.core.internal.gate.GateFixture.byHeader;
import static io.sallyport.core.internal.gate.GateFixture.known;
import static io.sallyport.core.internal.gate.GateFixture.stamp;
import static io.sallyport.core.internal.gate.GateFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Decision;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Outcome;
import io.sallyport.core.internal.rules.Access;
import io.sallyport.core.internal.transport.PublicOrigin;
import io.sallyport.core.internal.transport.TransportCheck;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpsAtTheGateTest {

  private static final String HSTS = "Strict-Transport-Security";
  private static final String YEAR = "max-age=31536000";
  private static final PublicOrigin ORIGIN = PublicOrigin.of("https://app.example.org");

  private static final String CERTIFICATE = """
      -----BEGIN CERTIFICATE-----
      MIIBbzCCARWgAwIBAgIUQ/tswumdiKS5RZoU4krwVbqPgRwwCgYIKoZIzj0EAwIw
      DDEKMAgGA1UEAwwBYTAgFw0yNjExMjMxNjEzNTdaGA8yMTI2MTAzMDE2MTM1N1ow
      DDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABLIxY+K+upyB
      XnS+y2c4h87MqQLo0t+urddqHHR8oN5O1KH4patHnNUQNLg9lytvdhwATg2mxspx
      6OFrtf401lCjUzBRMB0GA1UdDgQWBBR2GW6BJ0gRzOF7yOY8Qh12C0ZHqTAfBgNV
      HSMEGDAWgBR2GW6BJ0gRzOF7yOY8Qh12C0ZHqTAPBgNVHRMBAf8EBTADAQH/MAoG
      CCqGSM49BAMCA0gAMEUCIEGsehcDYxDO43oBdzwgPkGWHyHaO6xGY9MDxYt/AbOG
      AiEAic6VlQQFT+kYmattJOuqHXkgDxbVwgJ4+0AhxO15vmE=
      -----END CERTIFICATE-----
      """;

  private static GateFixture gate(
      boolean required, @Nullable PublicOrigin redirectTo, @Nullable String hsts) {
    return new GateFixture()
        .provider(
            "caller",
            byHeader("X-User", Map.of("alice", known(user("alice").build(stamp("alice"))))))
        .rule("* /public/**", new Access.Open())
        .entryCheck(new TransportCheck(
            required, redirectTo, hsts, request -> !request.headers("X-User").isEmpty()));
  }

  private static GateFixture rejecting() {
    return gate(true, null, YEAR);
  }

  private static GateFixture redirecting() {
    return gate(true, ORIGIN, YEAR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "OPTIONS", "BREW"})
  void refusesPlainHttpWhateverItAsksFor(String method) {
    GateFixture gate = rejecting();

    Decision open = gate.decide(TestRequest.of(method, "/public/x").insecure());
    Decision closed = gate.decide(TestRequest.of(method, "/page").insecure());
    Decision known =
        gate.decide(TestRequest.of(method, "/page").header("X-User", "alice").insecure());

    assertThat(open.outcome()).isEqualTo(Outcome.INSECURE);
    assertThat(closed.outcome()).isEqualTo(Outcome.INSECURE);
    assertThat(known.outcome()).isEqualTo(Outcome.INSECURE);
    assertThat(known.identity()).isEmpty();
    assertThat(known.attempts()).isEmpty();
    assertThat(known.headers()).isEmpty();
    assertThat(gate.written).containsExactly(open, closed, known);
  }

  @Test
  void letsHttpsGoOnToTheRules() {
    GateFixture gate = rejecting();

    assertThat(gate.decide(TestRequest.get("/public/x")).outcome()).isEqualTo(Outcome.OPEN);
    assertThat(gate.decide(TestRequest.get("/page")).outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(gate.decide(TestRequest.get("/page").header("X-User", "alice")).outcome())
        .isEqualTo(Outcome.ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void sendsAGetWithoutCredentialsOnToThePublicOrigin(String method) {
    Decision decision = redirecting()
        .decide(TestRequest.of(method, "/page/a")
            .header("Host", "evil.example")
            .asking("x=1&y=%2F")
            .insecure());

    assertThat(decision.outcome()).isEqualTo(Outcome.REDIRECTED);
    assertThat(decision.headers())
        .isEqualTo(Map.of("Location", "https://app.example.org/page/a?x=1&y=%2F"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"})
  void refusesEveryOtherMethodOverPlainHttp(String method) {
    Decision decision = redirecting().decide(TestRequest.of(method, "/page").insecure());

    assertThat(decision.outcome()).isEqualTo(Outcome.INSECURE);
    assertThat(decision.headers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "nobody", ""})
  void refusesAGetThatHasSentCredentialsInClear(String value) {
    Decision decision =
        redirecting().decide(TestRequest.get("/page").header("X-User", value).insecure());

    assertThat(decision.outcome()).isEqualTo(Outcome.INSECURE);
    assertThat(decision.reason()).contains("credentials");
    assertThat(decision.headers()).isEmpty();
  }

  @Test
  void refusesAGetWithACertificateOverWhatIsNoHttps() throws CertificateException {
    X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(
            new ByteArrayInputStream(CERTIFICATE.getBytes(StandardCharsets.US_ASCII)));

    Decision decision = redirecting()
        .decide(TestRequest.get("/page").withCertificate(certificate).insecure());

    assertThat(decision.outcome()).isEqualTo(Outcome.INSECURE);
    assertThat(decision.reason()).contains("credentials");
  }

  @Test
  void refusesAnUnreadableTargetBeforeAnythingElse() {
    Decision plain = redirecting().decide(TestRequest.get("/a/../b").insecure());
    Decision secure = redirecting().decide(TestRequest.get("/a/../b"));

    assertThat(plain.outcome()).isEqualTo(Outcome.MALFORMED);
    assertThat(plain.headers()).isEmpty();
    assertThat(secure.outcome()).isEqualTo(Outcome.MALFORMED);
    assertThat(secure.headers()).isEqualTo(Map.of(HSTS, YEAR));
  }

  @Test
  void refusesWhatADeclaredProxyReportsInABrokenWay() {
    Decision decision = gate(false, null, null)
        .decide(TestRequest.get("/public/x").arrivedUnclear("X-Forwarded-For is malformed"));

    assertThat(decision.outcome()).isEqualTo(Outcome.MALFORMED);
    assertThat(decision.reason()).isEqualTo("X-Forwarded-For is malformed");
  }

  /** A forward belongs to the request that was judged when it came in. */
  @ParameterizedTest
  @EnumSource(
      value = Dispatch.class,
      names = {"FORWARD", "INCLUDE", "ASYNC"})
  void judgesARequestOnce(Dispatch dispatch) {
    Decision later =
        rejecting().decide(TestRequest.get("/public/x").insecure().dispatched(dispatch, 1));

    assertThat(later.outcome()).isEqualTo(Outcome.OPEN);
  }

  /** Another application of the container, which asks for nothing, has let it in and hands it over. */
  @ParameterizedTest
  @EnumSource(
      value = Dispatch.class,
      names = {"FORWARD", "INCLUDE", "ASYNC"})
  void judgesARequestThatComesFromAnotherApplication(Dispatch dispatch) {
    Decision first =
        redirecting().decide(TestRequest.get("/public/x").insecure().dispatched(dispatch, 0));

    assertThat(first.outcome()).isEqualTo(Outcome.INSECURE);
    assertThat(first.headers()).isEmpty();
  }

  @Test
  void tellsBrowsersToStayWithHttpsOverHttpsAlone() {
    GateFixture gate = gate(false, null, YEAR);

    assertThat(gate.decide(TestRequest.get("/public/x")).headers()).isEqualTo(Map.of(HSTS, YEAR));
    assertThat(gate.decide(TestRequest.get("/page")).headers()).isEqualTo(Map.of(HSTS, YEAR));
    assertThat(gate.decide(TestRequest.get("/public/x").insecure()).headers()).isEmpty();
    assertThat(gate.decide(TestRequest.get("/page").insecure()).headers()).isEmpty();
  }

  /** A refused forward resets the answer, and with it what an earlier dispatch had put there. */
  @Test
  void tellsItAgainOnEveryDispatch() {
    Decision decision =
        rejecting().decide(TestRequest.get("/page").dispatched(Dispatch.FORWARD, 1));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(decision.headers()).isEqualTo(Map.of(HSTS, YEAR));
  }

  @Test
  void tellsNothingWhereNothingIsConfigured() {
    Decision decision = gate(true, ORIGIN, null).decide(TestRequest.get("/public/x"));

    assertThat(decision.headers()).isEmpty();
  }
}
