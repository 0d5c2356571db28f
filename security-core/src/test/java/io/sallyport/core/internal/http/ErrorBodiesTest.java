package io.sallyport.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Attempt;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.Challenge;
import io.sallyport.api.Decision;
import io.sallyport.api.DecisionId;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.Outcome;
import io.sallyport.api.Profile;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.Subject;
import io.sallyport.api.User;
import io.sallyport.core.internal.http.ErrorBodies.EndpointFault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodiesTest {

  private static final ErrorBodies STANDARD = ErrorBodies.of(Profile.STANDARD);
  private static final ErrorBodies GENERATION_3 = ErrorBodies.of(Profile.CLOUDIFY_3);
  private static final ErrorBodies GENERATION_4 = ErrorBodies.of(Profile.CLOUDIFY_4);

  private static Decision.Builder decision(String path) {
    return Decision.builder(
        new DecisionId("p", 1, 0), Instant.EPOCH, Dispatch.REQUEST, "GET", path, "192.0.2.1");
  }

  private static Decision refusal(Outcome outcome) {
    return decision("/x").end(outcome, "a reason for the operator");
  }

  private static Identity alice() {
    User user = User.builder("7", "alice").build(SecurityStamp.of("7", new byte[0], true, null));
    return Identity.of(
        "p",
        new Authenticated(
            new Subject.StoreUser("main", user), Evidence.of("basic", Instant.EPOCH)));
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "MALFORMED,400,malformed",
    "UNAUTHENTICATED,401,unauthenticated",
    "FORBIDDEN,403,forbidden",
    "THROTTLED,429,throttled",
    "UNAVAILABLE,503,unavailable"
  })
  void eachRefusalHasItsProblemType(Outcome outcome, int status, String type) {
    Decision refusal = refusal(outcome);

    assertThat(STANDARD.status(refusal)).isEqualTo(status);
    assertThat(text(STANDARD.body(refusal)))
        .contains("\"type\":\"urn:sallyport:problem:" + type + "\"")
        .contains("\"status\":" + status, "\"decision\":\"p-1\"")
        .contains("\"instance\":\"urn:sallyport:decision:p-1\"")
        .doesNotContain("a reason for the operator");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void whoIsRefusedForAnotherSiteIsToldSoWith403(Profile profile) {
    Decision refusal =
        decision("/x").identity(alice()).crossSite().end(Outcome.FORBIDDEN, "for the operator");

    String body = text(ErrorBodies.of(profile).body(refusal));

    assertThat(ErrorBodies.of(profile).status(refusal)).isEqualTo(403);
    assertThat(body)
        .contains("GET /x seems to come from a page of another origin", "cors.origins")
        .contains("forbidden")
        .doesNotContain("for the operator", "alice");
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"OPEN", "ALLOWED"})
  void aPassHasNoProblem(Outcome pass) {
    Decision passed = decision("/x").identity(alice()).end(pass, "yes");

    assertThatThrownBy(() -> STANDARD.body(passed)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void halfOfASurrogatePairBreaksNoBody() {
    Decision refusal = decision("/a\ud800b").end(Outcome.FORBIDDEN, "no");

    assertThat(text(STANDARD.body(refusal))).contains("/a?b is not permitted");
    assertThat(text(GENERATION_4.body(refusal))).contains("GET /a?b");
  }

  @Test
  void whatTheCallerSentIsEscaped() {
    Decision refusal = decision("/\"<script>\n").end(Outcome.FORBIDDEN, "no");

    assertThat(text(STANDARD.body(refusal))).contains("/\\\"<script>\\n is not permitted");
  }

  @ParameterizedTest
  @CsvSource({
    "MALFORMED,400,bad_parameters_error,400,bad_parameters_error",
    "UNAUTHENTICATED,401,unauthorized_error,401,unauthorized_error",
    "FORBIDDEN,401,unauthorized_error,403,forbidden_error",
    "THROTTLED,429,too_many_requests_error,429,too_many_requests_error",
    "UNAVAILABLE,503,service_unavailable_error,503,service_unavailable_error"
  })
  void theOldClientsGetTheirCodes(
      Outcome outcome, int status3, String code3, int status4, String code4) {
    Decision refusal = refusal(outcome);

    assertThat(GENERATION_3.status(refusal)).isEqualTo(status3);
    assertThat(text(GENERATION_3.body(refusal)))
        .contains("\"error_code\":\"" + code3 + "\"", "\"server_traceback\":null");
    assertThat(GENERATION_4.status(refusal)).isEqualTo(status4);
    assertThat(text(GENERATION_4.body(refusal))).contains("\"error_code\":\"" + code4 + "\"");
  }

  @Test
  void theSecondGenerationTellsApartWhatItsClientsTellApart() {
    Decision none = decision("/x")
        .attempts(List.of(new Attempt("p", "not_presented", "")))
        .end(Outcome.UNAUTHENTICATED, "no");
    Decision token = decision("/x")
        .attempts(List.of(new Attempt("p", "expired", "")))
        .end(Outcome.UNAUTHENTICATED, "no");
    Decision named = decision("/x").claimedName("eve").end(Outcome.UNAUTHENTICATED, "no");

    assertThat(text(GENERATION_4.body(none))).contains("No authentication info provided");
    assertThat(text(GENERATION_4.body(token))).contains("User unauthorized: Unauthorized");
    assertThat(text(GENERATION_4.body(named))).contains("<User username=`eve`>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"expired", "revoked"})
  void theSecondGenerationSaysOfATokenThatHasEndedWhatItSaysOfNone(String answer) {
    Decision ended = decision("/x")
        .attempts(List.of(
            new Attempt("password", "not_presented", ""),
            new Attempt("token", "foreign", ""),
            new Attempt("api", answer, "")))
        .claimedName("eve")
        .end(Outcome.UNAUTHENTICATED, "no");
    Decision password = decision("/x")
        .attempts(List.of(
            new Attempt("password", "wrong_credentials", ""), new Attempt("api", answer, "")))
        .claimedName("eve")
        .end(Outcome.UNAUTHENTICATED, "no");

    assertThat(text(GENERATION_4.body(ended)))
        .contains("\"message\":\"User unauthorized: Unauthorized\"");
    assertThat(text(GENERATION_4.body(password))).contains("<User username=`eve`>");
  }

  @Test
  void aRefusalInATenantNamesIt() {
    Decision refusal = decision("/x").identity(alice()).tenant("acme").end(Outcome.FORBIDDEN, "no");

    assertThat(text(GENERATION_4.body(refusal)))
        .contains(
            "User `alice` is not permitted to perform the action GET /x in the tenant `acme`");
  }

  @ParameterizedTest
  @CsvSource({
    "BAD_INPUT,400,400,400,bad_parameters_error",
    "NO_SUCH_FIELD,400,400,400,no_such_include_field_error",
    "CONTENT_TYPE,415,415,415,unsupported_content_type_error",
    "NOT_FOUND,404,404,404,not_found_error",
    "NOT_PERMITTED,403,401,403,forbidden_error",
    "NO_TOKENS,404,401,404,no_token_generator_error",
    "NOT_SECURED,404,401,404,application_not_secured_error",
    "METHOD,405,405,405,method_not_allowed_error",
    "UNAVAILABLE,503,503,503,service_unavailable_error"
  })
  void eachFaultOfAnEndpointHasItsStatusAndCode(
      EndpointFault fault, int standard, int generation3, int generation4, String code) {
    assertThat(STANDARD.status(fault)).isEqualTo(standard);
    assertThat(GENERATION_3.status(fault)).isEqualTo(generation3);
    assertThat(GENERATION_4.status(fault)).isEqualTo(generation4);
    assertThat(text(STANDARD.body(fault, "why"))).contains("\"detail\":\"why\"");
    assertThat(text(GENERATION_4.body(fault, "why"))).contains(code, "\"message\":\"why\"");
    assertThat(text(GENERATION_3.body(fault, "why")))
        .contains(fault == EndpointFault.NOT_PERMITTED ? "unauthorized_error" : code);
  }

  @Test
  void aChallengeQuotesItsValuesAndCannotBeBrokenOutOf() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("realm", "a\"b\\c\r\nX: é");
    parameters.put("charset", "UTF-8");

    assertThat(ChallengeText.of(new Challenge.Header("Basic", parameters)))
        .isEqualTo("Basic realm=\"a\\\"b\\\\c??X: ?\", charset=\"UTF-8\"");
    assertThat(ChallengeText.of(new Challenge.Header("Negotiate", Map.of())))
        .isEqualTo("Negotiate");
  }

  @Test
  void aPrincipalIsThePersonAndNotTheName() {
    CallerPrincipal alice = new CallerPrincipal(alice());
    User namesake =
        User.builder("8", "alice").build(SecurityStamp.of("8", new byte[0], true, null));
    Evidence evidence = Evidence.of("basic", Instant.EPOCH);
    CallerPrincipal other = new CallerPrincipal(
        Identity.of("p", new Authenticated(new Subject.StoreUser("main", namesake), evidence)));
    CallerPrincipal elsewhere = new CallerPrincipal(Identity.of(
        "p",
        new Authenticated(
            new Subject.StoreUser(
                "second",
                User.builder("7", "alice").build(SecurityStamp.of("7", new byte[0], true, null))),
            evidence)));

    assertThat(alice)
        .isEqualTo(new CallerPrincipal(alice()))
        .hasSameHashCodeAs(new CallerPrincipal(alice()));
    assertThat(alice).isNotEqualTo(other).isNotEqualTo(elsewhere).isNotEqualTo("alice");
    assertThat(alice.getName()).isEqualTo("alice");
    assertThat(alice).hasToString("alice");
  }
}
