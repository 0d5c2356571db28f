package io.sallyport.core.internal.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.Subject;
import io.sallyport.api.User;
import io.sallyport.core.internal.gate.TestRequest;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossSiteCheckTest {

  private static final String OURS = "https://app.example.org";
  private static final String LISTED = "https://console.example.org";
  private static final String FOREIGN = "https://evil.example";

  private static final Identity BY_PASSWORD = identity(Evidence.of("basic", Instant.EPOCH));
  private static final Identity BY_TOKEN =
      identity(Evidence.of("token", Instant.EPOCH).neverSentByBrowsers());

  private final CrossSiteCheck check = new CrossSiteCheck(
      Set.of(WebOrigin.parse(LISTED).orElseThrow()),
      (servlet, target) -> servlet.map(Minting.class.getName()::equals).orElse(true));

  private static final class Minting {}

  private static final class Reading {}

  private static Identity identity(Evidence evidence) {
    User user = User.builder("7", "alice").build(SecurityStamp.of("7", new byte[0], true, null));
    return Identity.of("p", new Authenticated(new Subject.StoreUser("main", user), evidence));
  }

  private static TestRequest request(String method) {
    return TestRequest.of(method, "/x").header("Host", "app.example.org").toServlet(Reading.class);
  }

  private boolean isForeign(TestRequest request) {
    return isForeign(request, BY_PASSWORD);
  }

  private boolean isForeign(TestRequest request, Identity caller) {
    return check.foreignSender(request, request.target(), caller).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "PROPFIND", "CONNECT", "post_"})
  void findsWhateverChangesSomethingForAnotherSite(String method) {
    TestRequest request =
        request(method).header("Origin", FOREIGN).header("Sec-Fetch-Site", "cross-site");

    assertThat(isForeign(request)).isTrue();
    assertThat(isForeign(request, BY_TOKEN)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void leavesAloneWhatOnlyReads(String method) {
    assertThat(isForeign(
            request(method).header("Origin", FOREIGN).header("Sec-Fetch-Site", "cross-site")))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "same-origin, false",
    "none, false",
    "same-site, true",
    "cross-site, true",
    "Same-Origin, true",
    "'', true",
    "'same-origin, same-origin', true",
    "something-new, true"
  })
  void believesWhatTheBrowserSaysOfTheSite(String site, boolean foreign) {
    assertThat(isForeign(request("POST").header("Sec-Fetch-Site", site))).isEqualTo(foreign);
    // whatever the origin, which a browser says in the same breath
    assertThat(isForeign(request("POST").header("Sec-Fetch-Site", site).header("Origin", FOREIGN)))
        .isEqualTo(foreign);
    assertThat(isForeign(request("POST").header("Sec-Fetch-Site", site).header("Origin", OURS)))
        .isEqualTo(foreign);
  }

  @Test
  void refusesTwoAnswersToOneQuestion() {
    assertThat(isForeign(request("POST").header("Sec-Fetch-Site", "same-origin", "same-origin")))
        .isTrue();
    assertThat(isForeign(
            request("POST").header("Sec-Fetch-Site", "same-origin").header("Origin", OURS, OURS)))
        .isTrue();
    assertThat(isForeign(request("POST").header("Origin", LISTED, LISTED))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-origin", "none", "same-site", "cross-site", "x"})
  void trustsAListedOriginOfWhateverSite(String site) {
    assertThat(isForeign(request("POST").header("Origin", LISTED).header("Sec-Fetch-Site", site)))
        .isFalse();
  }

  @Test
  void trustsAListedOriginOfAnOldBrowser() {
    assertThat(isForeign(request("POST").header("Origin", LISTED))).isFalse();
  }

  @Test
  void takesWhoSendsNeitherForAnotherClientThanABrowser() {
    assertThat(isForeign(request("POST"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.org, app.example.org, false",
    "https://app.example.org:443, app.example.org, false",
    "https://app.example.org, app.example.org:443, false",
    "https://app.example.org:8443, app.example.org:8443, false",
    "http://app.example.org, app.example.org, true",
    "https://app.example.org:8443, app.example.org, true",
    "https://evil.example, app.example.org, true",
    "https://app.example.org.evil.example, app.example.org, true",
    "https://evil-app.example.org, app.example.org, true",
    "https://app.example.org, '', true",
    "null, app.example.org, true",
    "null, null, true",
    "'', app.example.org, true",
    "https://app.example.org/, app.example.org, true",
    "https://x@app.example.org, app.example.org, true",
    "'https://app.example.org https://evil.example', app.example.org, true"
  })
  void comparesTheOriginOfAnOldBrowserWithTheHost(String origin, String host, boolean foreign) {
    assertThat(isForeign(request("POST").header("Origin", origin).header("Host", host)))
        .isEqualTo(foreign);
  }

  @Test
  void cannotTellTheSchemeBehindAProxyThatEndsTls() {
    assertThat(isForeign(request("POST").header("Origin", OURS).insecure())).isFalse();
    assertThat(
            isForeign(request("POST").header("Origin", "http://app.example.org").insecure()))
        .isFalse();
    assertThat(isForeign(request("POST").header("Origin", FOREIGN).insecure())).isTrue();
  }

  @Test
  void takesAHostThatIsNotClearForAnother() {
    assertThat(isForeign(
            request("POST").header("Origin", OURS).header("Host", "app.example.org", "b")))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "WebSocket", "h2c, websocket"})
  void takesTheOpeningOfAWebSocketForAChange(String protocol) {
    TestRequest upgrade = request("GET").header("Upgrade", protocol);

    assertThat(isForeign(upgrade)).isFalse();
    assertThat(isForeign(upgrade.header("Origin", OURS))).isFalse();
    assertThat(isForeign(upgrade.header("Origin", FOREIGN))).isTrue();
    assertThat(isForeign(upgrade, BY_TOKEN)).isFalse();
  }

  @Test
  void takesNoOtherUpgradeForAChange() {
    assertThat(isForeign(request("GET").header("Upgrade", "h2c").header("Origin", FOREIGN)))
        .isFalse();
  }

  @Test
  void takesAGetThatMakesATokenForAChange() {
    TestRequest get = TestRequest.get("/tokens").header("Sec-Fetch-Site", "cross-site");

    assertThat(isForeign(get.toServlet(Minting.class))).isTrue();
    assertThat(isForeign(get.toServlet(Minting.class), BY_TOKEN)).isFalse();
    assertThat(isForeign(get.toServlet(Reading.class))).isFalse();
    assertThat(isForeign(TestRequest.get("/tokens").toServlet(Minting.class))).isFalse();
  }

  @Test
  void takesAGetForAChangeWhereItCannotBeToldWhatItReaches() {
    TestRequest get = TestRequest.get("/x").header("Sec-Fetch-Site", "cross-site");

    assertThat(isForeign(get)).isTrue();
    assertThat(new CrossSiteCheck(Set.of(), (servlet, target) -> false)
            .foreignSender(get, get.target(), BY_PASSWORD))
        .isEmpty();
  }
}
