package io.sallyport.core.internal.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sallyport.api.Attempt;
import io.sallyport.api.Challenge;
import io.sallyport.api.Decision;
import io.sallyport.api.Evidence;
import io.sallyport.api.Outcome;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JsonLayoutTest {

  private final JsonLayout layout = new JsonLayout();

  @Test
  void tellsWhoFailedToSignInAndWhy() {
    Decision decision = Decisions.request(10)
        .rule("GET /status authenticated")
        .attempts(List.of(
            new Attempt("password", "wrong_credentials", "authentication of user \"bob\" failed"),
            new Attempt("token", "not_presented", "")))
        .claimedName("bob")
        .tenant("blue")
        .end(Outcome.UNAUTHENTICATED, "nobody authenticated the caller");

    String line = line(decision);

    assertThat(line)
        .isEqualTo(
            "{\"time\":\"2026-11-23T12:34:56.789Z\",\"level\":\"error\",\"decision\":\"p7-a\","
                + "\"request\":\"p7-a\",\"outcome\":\"unauthenticated\",\"status\":401,\"dispatch\":\"request\","
                + "\"method\":\"GET\",\"path\":\"/status\",\"remote\":\"192.0.2.7\",\"claimed_user\":\"bob\","
                + "\"tenant\":\"blue\",\"rule\":\"GET /status authenticated\","
                + "\"reason\":\"nobody authenticated the caller\",\"attempts\":["
                + "{\"provider\":\"password\",\"answer\":\"wrong_credentials\","
                + "\"detail\":\"authentication of user \\\"bob\\\" failed\"},"
                + "{\"provider\":\"token\",\"answer\":\"not_presented\",\"detail\":\"\"}]}\n");
  }

  @Test
  void tellsWhoPassedAndNotTheNameThatWasOnlyClaimed() {
    Decision decision = Decisions.request(1)
        .identity(Decisions.identity("alice"))
        .claimedName("mallory")
        .end(Outcome.ALLOWED, "role viewer allows GET");

    String line = line(decision);

    assertThat(line)
        .isEqualTo(
            "{\"time\":\"2026-11-23T12:34:56.789Z\",\"level\":\"info\",\"decision\":\"p7-1\","
                + "\"request\":\"p7-1\",\"outcome\":\"allowed\",\"dispatch\":\"request\","
                + "\"method\":\"GET\",\"path\":\"/status\",\"remote\":\"192.0.2.7\",\"user\":\"alice\","
                + "\"user_id\":\"u-1\",\"store\":\"main\",\"provider\":\"password\",\"auth_method\":\"basic\","
                + "\"reason\":\"role viewer allows GET\"}\n");
  }

  @Test
  void tellsWhichTokenWasPresentedAndWhatItWasMadeWith() {
    Evidence evidence = Evidence.of("token", Decisions.TIME);
    var signed = new TokenDetails(TokenKind.SIGNED, "jti-1", "family-1", Decisions.TIME, null);
    var outside = new TokenDetails(TokenKind.OUTSIDE, "theirs\n", null, Decisions.TIME, null);

    String ofSigned = line(Decisions.request(1)
        .identity(Decisions.identity("alice", evidence.withToken(signed)))
        .end(Outcome.ALLOWED, "why"));
    String ofOutside = line(Decisions.request(1)
        .identity(Decisions.identity("alice", evidence.withToken(outside)))
        .end(Outcome.FORBIDDEN, "why"));

    assertThat(ofSigned)
        .contains("\"auth_method\":\"token\",\"token_kind\":\"signed\",\"token_id\":\"jti-1\","
            + "\"token_parent\":\"family-1\",\"reason\"");
    assertThat(ofOutside)
        .contains("\"token_kind\":\"outside\",\"token_id\":\"theirs\\n\",\"reason\"")
        .doesNotContain("token_parent");
  }

  @Test
  void invariant6HasNoHashStampOrChallengeInALine() {
    Decision decision = Decisions.request(1)
        .identity(Decisions.identity("alice"))
        .challenges(List.of(new Challenge.Header("Bearer", Map.of("nonce", "dcd98b7102dd"))))
        .retryAfter(Duration.ofSeconds(3))
        .end(Outcome.FORBIDDEN, "no role allows it");

    String line = line(decision);

    assertThat(line)
        .doesNotContain(Decisions.STORED_HASH, "argon2", "hidden", "dcd98b7102dd", "Stamp");
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"OPEN", "ALLOWED", "BYPASSED"},
      mode = EnumSource.Mode.EXCLUDE)
  void tellsTheStatusOfEveryRefusal(Outcome outcome) {
    Decision decision = Decisions.request(1).end(outcome, "why");

    String line = line(decision);

    assertThat(line).contains("\"status\":" + outcome.status() + ",");
  }

  @Test
  void invariant7EscapesWhatBreaksALineOrDeceivesTheEye() {
    String hostile =
        "a\r\n\t\u0000\u001b[2J\u007f\u0085\u2028\u2029\u202e\u2066\u200b\ufeff\ud800x\udc00\\\"";
    Decision decision =
        Decisions.request(1).claimedName(hostile).end(Outcome.UNAUTHENTICATED, "why");

    String line = line(decision);

    assertThat(line.toLowerCase(Locale.ROOT))
        .contains(
            "\"claimed_user\":\"a\\r\\n\\t\\u0000\\u001b[2j\\u007f\\u0085\\u2028\\u2029\\u202e\\u2066"
                + "\\u200b\\ufeff\\ud800x\\udc00\\\\\\\"\"");
  }

  @Test
  void leavesLettersOfEveryScriptReadable() {
    Decision decision =
        Decisions.request(1).claimedName("Zoë Иван 李").end(Outcome.UNAUTHENTICATED, "why");

    String line = line(decision);

    assertThat(line).contains("\"claimed_user\":\"Zoë Иван 李\"");
  }

  @Test
  void writes1024CharactersInFullAndCutsWhatIsLonger() {
    String longest = "n".repeat(1024);
    Decision decision = Decisions.request(1, longest, "/" + longest).end(Outcome.MALFORMED, "why");

    String line = line(decision);

    assertThat(line)
        .contains("\"method\":\"" + longest + "\"")
        .contains("\"path\":\"/" + "n".repeat(1023) + "...[cut, has 1025 characters]\"");
  }

  @Test
  void cutsBeforeAPairOfSurrogatesAndNotWithinIt() {
    String text = "n".repeat(1023) + "\ud83d\ude00";
    Decision decision = Decisions.request(1).claimedName(text).end(Outcome.UNAUTHENTICATED, "why");

    String line = line(decision);

    assertThat(line)
        .contains("n...[cut, has 1025 characters]\"")
        .doesNotContain("\\ud83d", "\\uD83D");
  }

  @Test
  void invariant7HasABoundOnALineWhateverTheClientSends() {
    String huge = "\u0001".repeat(1_000_000);
    Decision decision = Decisions.request(1, huge, huge)
        .claimedName(huge)
        .tenant(huge)
        .attempts(List.of(new Attempt("password", "malformed", huge)))
        .end(Outcome.UNAUTHENTICATED, huge);

    byte[] line = layout.line(decision, AuditLevel.ERROR);

    assertThat(line).hasSizeLessThan(6 * (6 * 1024 + 64) + 1024);
  }

  @Test
  void invariant7MakesOneLineThatReadsBackOfAnyText() throws IOException {
    var random = new Random(20261123);
    for (int i = 0; i < 5_000; i++) {
      String text = randomText(random);
      Decision decision = Decisions.request(i).claimedName(text).end(Outcome.UNAUTHENTICATED, text);

      String line = line(decision);

      assertThat(line.indexOf('\n')).as("first line feed for %s", i).isEqualTo(line.length() - 1);
      assertThat(line.substring(0, line.length() - 1).codePoints())
          .noneMatch(UntrustedText::isUnsafe);
      assertThat(valuesOf(line)).contains(text);
    }
  }

  private static String randomText(Random random) {
    var text = new StringBuilder();
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      int codePoint = switch (random.nextInt(4)) {
        case 0 -> random.nextInt(0x20);
        case 1 -> 0x2000 + random.nextInt(0x70);
        case 2 -> random.nextInt(0x100);
        default -> random.nextInt(Character.MAX_CODE_POINT + 1);
      };
      text.appendCodePoint(codePoint);
    }
    return text.toString();
  }

  private static List<String> valuesOf(String line) throws IOException {
    List<String> values = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          values.add(parser.getText());
        }
      }
    }
    return values;
  }

  private String line(Decision decision) {
    return new String(layout.line(decision, AuditLevel.of(decision.outcome())), UTF_8);
  }
}
