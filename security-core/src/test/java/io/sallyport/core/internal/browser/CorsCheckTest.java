package io.sallyport.core.internal.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Decision;
import io.sallyport.api.DecisionId;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Outcome;
import io.sallyport.core.internal.gate.EntryCheck.Verdict;
import io.sallyport.core.internal.gate.TestRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsCheckTest {

  private static final String CONSOLE = "https://console.example.org";
  private static final CorsPolicy LISTED = new CorsPolicy(
      Set.of(WebOrigin.parse(CONSOLE).orElseThrow()),
      false,
      List.of("PUT", "DELETE"),
      List.of("Authorization", "Content-Type"),
      List.of("Sallyport-Decision"),
      Duration.ofMinutes(10),
      true);
  private static final CorsPolicy EVERYBODY = new CorsPolicy(
      Set.of(), true, List.of(), List.of(), List.of(), Duration.ofMinutes(10), false);

  private record Judged(Optional<Verdict> verdict, Map<String, String> fields) {}

  private static Judged judge(CorsPolicy policy, TestRequest request) {
    Decision.Builder decision = Decision.builder(
        new DecisionId("p", 1, 0), Instant.EPOCH, Dispatch.REQUEST, "GET", "/x", "192.0.2.1");
    var check = new CorsCheck(policy);
    check.addHeaders(request, decision);
    Optional<Verdict> verdict = check.judge(request, request.target(), decision);
    return new Judged(verdict, decision.end(Outcome.OPEN, "").headers());
  }

  private static TestRequest preflight(String path, String origin) {
    return TestRequest.of("OPTIONS", path)
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "PATCH")
        .header("Access-Control-Request-Headers", "x-evil,authorization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x", "/admin/secret", "/there/is/no/such/thing"})
  void answersThePreflightOfAListedOriginWithWhatIsConfiguredForEveryPath(String path) {
    Judged judged = judge(LISTED, preflight(path, CONSOLE));

    assertThat(judged.verdict()).map(Verdict::outcome).contains(Outcome.PREFLIGHT);
    assertThat(judged.fields())
        .containsOnly(
            Map.entry("Access-Control-Allow-Origin", CONSOLE),
            Map.entry("Access-Control-Allow-Credentials", "true"),
            Map.entry("Access-Control-Allow-Methods", "PUT, DELETE"),
            Map.entry("Access-Control-Allow-Headers", "Authorization, Content-Type"),
            Map.entry("Access-Control-Max-Age", "600"),
            Map.entry(
                "Vary",
                "Origin, Access-Control-Request-Method, Access-Control-Request-Headers,"
                    + " Access-Control-Request-Private-Network"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "*",
        "",
        "https://evil.example",
        "http://console.example.org",
        "https://console.example.org.evil.example",
        "https://console.example.org:8443",
        "https://console.example.org/",
        "https://evil@console.example.org",
        "https://console.example.org, https://evil.example"
      })
  void saysNothingToAnybodyElse(String origin) {
    for (TestRequest request :
        List.of(preflight("/x", origin), TestRequest.get("/x").header("Origin", origin))) {
      Judged judged = judge(LISTED, request);

      assertThat(judged.verdict()).isEmpty();
      assertThat(judged.fields()).containsOnly(Map.entry("Vary", "Origin"));
    }
  }

  @Test
  void saysNothingToTwoOrigins() {
    Judged judged =
        judge(LISTED, preflight("/x", CONSOLE).header("Origin", CONSOLE, "https://evil.example"));

    assertThat(judged.verdict()).isEmpty();
    assertThat(judged.fields()).containsOnly(Map.entry("Vary", "Origin"));
  }

  @Test
  void tellsCachesThatAnAnswerWithoutOriginDependsOnItToo() {
    assertThat(judge(LISTED, TestRequest.get("/x")).fields())
        .containsOnly(Map.entry("Vary", "Origin"));
  }

  @Test
  void letsAListedOriginReadAnAnswer() {
    Judged judged = judge(LISTED, TestRequest.of("PUT", "/x").header("Origin", CONSOLE));

    assertThat(judged.verdict()).isEmpty();
    assertThat(judged.fields())
        .containsOnly(
            Map.entry("Access-Control-Allow-Origin", CONSOLE),
            Map.entry("Access-Control-Allow-Credentials", "true"),
            Map.entry("Access-Control-Expose-Headers", "Sallyport-Decision"),
            Map.entry("Vary", "Origin"));
  }

  @Test
  void letsEveryOriginButNullWhereAllAreListed() {
    Judged any = judge(EVERYBODY, preflight("/x", "https://anybody.example"));
    Judged nobody = judge(EVERYBODY, preflight("/x", "null"));

    assertThat(any.verdict()).isPresent();
    assertThat(any.fields())
        .containsEntry("Access-Control-Allow-Origin", "*")
        .containsOnlyKeys("Access-Control-Allow-Origin", "Access-Control-Max-Age", "Vary");
    assertThat(nobody.verdict()).isEmpty();
    assertThat(nobody.fields()).containsOnlyKeys("Vary");
  }

  @Test
  void grantsNothingForAPrivateNetwork() {
    Judged judged = judge(
        LISTED, preflight("/x", CONSOLE).header("Access-Control-Request-Private-Network", "true"));

    assertThat(judged.verdict()).map(Verdict::outcome).contains(Outcome.PREFLIGHT);
    assertThat(judged.fields()).containsOnlyKeys("Vary");
  }

  @Test
  void takesForAPreflightOnlyWhatABrowserSendsAsOne() {
    TestRequest another = TestRequest.of("POST", "/x")
        .header("Origin", CONSOLE)
        .header("Access-Control-Request-Method", "PUT");
    TestRequest withoutMethod = TestRequest.of("OPTIONS", "/x").header("Origin", CONSOLE);
    TestRequest twoMethods =
        preflight("/x", CONSOLE).header("Access-Control-Request-Method", "PUT", "DELETE");

    assertThat(judge(LISTED, another).verdict()).isEmpty();
    assertThat(judge(LISTED, withoutMethod).verdict()).isEmpty();
    assertThat(judge(LISTED, twoMethods).verdict()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = Dispatch.class, names = "REQUEST", mode = EnumSource.Mode.EXCLUDE)
  void leavesTheDispatchesOfTheApplicationToIt(Dispatch dispatch) {
    assertThat(judge(LISTED, preflight("/x", CONSOLE).dispatchedAs(dispatch)).verdict())
        .isEmpty();
  }
}
