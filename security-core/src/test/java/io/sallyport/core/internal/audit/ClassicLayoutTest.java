package io.sallyport.core.internal.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Attempt;
import io.sallyport.api.Decision;
import io.sallyport.api.DecisionId;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.Outcome;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassicLayoutTest {

  private final ClassicLayout layout = new ClassicLayout(ZoneOffset.UTC);

  @Test
  void rowsL3ToL5TellsAPassInOneLine() {
    Decision decision = Decisions.request(1)
        .identity(Decisions.identity("alice"))
        .end(Outcome.ALLOWED, "role viewer allows GET");

    String line = line(decision);

    assertThat(line)
        .isEqualTo(
            "23/11/2026 12:34:56 [INFO] [sallyport] user \"alice\" authenticated successfully from host"
                + " [192.0.2.7], authentication provider: password; user \"alice\" is authorized to call GET /status"
                + " [decision p7-1]\n");
  }

  @Test
  void rowL6TellsWhatEachProviderSaidInOneLine() {
    Decision decision = Decisions.request(1)
        .attempts(List.of(
            new Attempt("password", "wrong_credentials", "authentication of user bob failed"),
            new Attempt("token", "not_presented", "")))
        .claimedName("bob")
        .end(Outcome.UNAUTHENTICATED, "nobody authenticated the caller");

    String line = line(decision);

    assertThat(line)
        .isEqualTo(
            "23/11/2026 12:34:56 [ERROR] [sallyport] User unauthorized; user tried to login from host"
                + " [192.0.2.7]; all authentication methods failed: password authenticator: authentication of user bob"
                + " failed; token authenticator: not_presented; claimed user \"bob\"; GET /status; nobody authenticated"
                + " the caller [decision p7-1]\n");
  }

  @Test
  void tellsWhichTokenWasPresented() {
    var token = new TokenDetails(TokenKind.STORED, "a1\r\nb2", null, Decisions.TIME, null);
    Identity alice =
        Decisions.identity("alice", Evidence.of("token", Decisions.TIME).withToken(token));

    String allowed = line(Decisions.request(1).identity(alice).end(Outcome.ALLOWED, "why"));
    String refused = line(Decisions.request(1).identity(alice).end(Outcome.FORBIDDEN, "why"));

    assertThat(allowed)
        .contains("authentication provider: password, stored token a1")
        .containsOnlyOnce("\n")
        .endsWith("\n");
    assertThat(refused)
        .contains("GET /status from host [192.0.2.7], stored token a1")
        .containsOnlyOnce("\n");
  }

  @Test
  void tellsARefusedRole() {
    Decision decision = Decisions.request(1, "DELETE", "/blueprints/x")
        .identity(Decisions.identity("alice"))
        .end(Outcome.FORBIDDEN, "no role allows it");

    String line = line(decision);

    assertThat(line)
        .isEqualTo(
            "23/11/2026 12:34:56 [ERROR] [sallyport] User unauthorized; user \"alice\" is not authorized to"
                + " call DELETE /blueprints/x from host [192.0.2.7]; no role allows it [decision p7-1]\n");
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN, DEBUG, open endpoint called",
    "MALFORMED, ERROR, bad request refused",
    "THROTTLED, ERROR, 'too many failures, request refused'",
    "UNAVAILABLE, ERROR, request could not be decided"
  })
  void tellsWhatNeedsNoCaller(Outcome outcome, String level, String message) {
    Decision decision = Decisions.request(1).end(outcome, "the reason");

    String line = line(decision);

    assertThat(line)
        .isEqualTo("23/11/2026 12:34:56 [" + level + "] [sallyport] " + message
            + " from host [192.0.2.7]; GET /status; the reason [decision p7-1]\n");
  }

  @Test
  void rowL7SaysUnknownWhereThereIsNoAddress() {
    Decision decision = Decision.builder(
            new DecisionId("p7", 1, 0), Decisions.TIME, Dispatch.REQUEST, "GET", "/status", "")
        .end(Outcome.UNAUTHENTICATED, "why");

    String line = line(decision);

    assertThat(line).contains("tried to login from host [unknown]; GET /status; why");
  }

  @Test
  void flaw15LetsNoNameForgeARecordOrEndItsQuotes() {
    String hostile = "x\" authenticated\n23/11/2026 [INFO] \u202e\u2028\ud800\\ \udb40\udc41";
    Decision decision =
        Decisions.request(1).claimedName(hostile).end(Outcome.UNAUTHENTICATED, "why");

    String line = line(decision);

    assertThat(line)
        .contains(
            "claimed user \"x\\\" authenticated\\u000a23/11/2026 [INFO] \\u202e\\u2028\\ud800\\\\ \\u{e0041}\"")
        .containsOnlyOnce("\n")
        .endsWith("\n");
  }

  private String line(Decision decision) {
    return new String(layout.line(decision, AuditLevel.of(decision.outcome())), UTF_8);
  }
}
