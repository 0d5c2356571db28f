package io.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionTest {

  private static final DecisionId ID = new DecisionId("p", 36, 0);

  private static Decision.Builder decision() {
    return Decision.builder(ID, Instant.EPOCH, Dispatch.REQUEST, "GET", "/x", "192.0.2.1");
  }

  @Test
  void allowsNothingWithoutAnIdentity() {
    assertThatThrownBy(() -> decision().end(Outcome.ALLOWED, "why not"))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void onlyThreeOutcomesPass(Outcome outcome) {
    boolean passes = Set.of(Outcome.OPEN, Outcome.ALLOWED, Outcome.BYPASSED).contains(outcome);

    assertThat(outcome.passes()).isEqualTo(passes);
    assertThat(outcome.status() == 200).isEqualTo(passes);
  }

  @Test
  void carriesTheHeaderFieldsOfTheAnswer() {
    Decision decision = decision()
        .header("Location", "https://example.org/x")
        .end(Outcome.REDIRECTED, "plain HTTP");

    assertThat(decision.headers()).containsExactly(Map.entry("Location", "https://example.org/x"));
    assertThat(decision().end(Outcome.OPEN, "open").headers()).isEmpty();
  }

  @Test
  void tellsWhetherAPageOfAnotherSiteIsTheReason() {
    assertThat(decision().crossSite().end(Outcome.FORBIDDEN, "why").isCrossSite())
        .isTrue();
    assertThat(decision().end(Outcome.FORBIDDEN, "why").isCrossSite()).isFalse();
  }

  @Test
  void namesTheDispatchesOfOneRequestAlike() {
    DecisionId next = ID.next();

    assertThat(ID).hasToString("p-10");
    assertThat(next).hasToString("p-10.1");
    assertThat(next.requestId()).isEqualTo("p-10");
    assertThat(decision().end(Outcome.OPEN, "open").requestId()).isEqualTo("p-10");
  }

  @Test
  void holdsWhatItWasGivenAndNothingThatChangesLater() {
    List<Attempt> attempts = new ArrayList<>(List.of(new Attempt("p", "expired", "")));

    Decision decision = decision()
        .rule("a rule")
        .attempts(attempts)
        .claimedName("eve")
        .tenant("acme")
        .end(Outcome.UNAUTHENTICATED, "no");
    attempts.clear();

    assertThat(decision.attempts()).hasSize(1);
    assertThat(decision.rule()).contains("a rule");
    assertThat(decision.claimedName()).contains("eve");
    assertThat(decision.tenant()).contains("acme");
    assertThat(decision.identity()).isEmpty();
    assertThat(decision.retryAfter()).isEmpty();
    assertThat(decision.toString()).isEqualTo("Decision[p-10 UNAUTHENTICATED]");
  }

  @Test
  void aChallengeKeepsTheOrderOfItsParameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("realm", "a");
    parameters.put("charset", "UTF-8");

    Challenge.Header header = new Challenge.Header("Basic", parameters);
    parameters.clear();

    assertThat(header.parameters())
        .containsExactly(Map.entry("realm", "a"), Map.entry("charset", "UTF-8"));
  }

  @Test
  void valuesRefuseToBeMadeOfNothing() {
    assertThatThrownBy(() -> new AuthenticationResult.Authenticated(null, null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new Target("GET", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new IssuedToken("id", null, Instant.EPOCH))
        .isInstanceOf(NullPointerException.class);
    assertThat(new Target("GET", "/x")).hasToString("GET /x");
    assertThat(TokenRequest.defaults().expiresAt()).isNull();
    assertThat(Profile.STANDARD.isCloudify()).isFalse();
    assertThat(Profile.CLOUDIFY_3.isCloudify()).isTrue();
  }
}
