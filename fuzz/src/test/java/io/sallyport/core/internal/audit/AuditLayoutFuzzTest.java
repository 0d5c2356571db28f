package io.sallyport.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sallyport.api.Attempt;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.Decision;
import io.sallyport.api.DecisionId;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.Outcome;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.Subject.StoreUser;
import io.sallyport.api.User;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Fields;
import io.sallyport.fuzz.Mutants;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever text is in a decision, it gives one line: in JSON an object that says the same, in the
 * classic layout nothing but characters that show. Fields: outcome, method, path, address, reason, rule,
 * claimed name, tenant, provider, detail, user.
 */
class AuditLayoutFuzzTest {

  private static final Instant TIME = Instant.parse("2026-11-23T12:34:56.789Z");
  private static final int MAX_LINE = 64 * 1024;

  private static final JsonFactory STRICT = new JsonFactoryBuilder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .build();

  private final AuditLayout json = new JsonLayout();
  private final AuditLayout classic = new ClassicLayout(ZoneOffset.UTC);

  @DictionaryFile(resourcePath = "AuditLayoutFuzzTest.dict")
  @FuzzTest
  void giveOneLine(byte[] input) {
    Decision decision = decision(Fields.of(input));
    AuditLevel level = AuditLevel.of(decision.outcome());

    Bounds.SMALL.check(() -> {
      checkSaysTheSame(line(json, decision, level), decision);
      assertThat(line(classic, decision, level))
          .startsWith("23/11/2026 12:34:56 [")
          .endsWith(" [decision " + decision.id() + "]");
    });
  }

  @Test
  void holdsForMutants() {
    Mutants.of(AuditLayoutFuzzTest.class).check(5_000, this::giveOneLine);
  }

  private static Decision decision(Fields fields) {
    Outcome outcome = Stream.of(Outcome.values())
        .filter(value -> value.name().equals(fields.text(0)))
        .findFirst()
        .orElse(Outcome.UNAUTHENTICATED);
    Decision.Builder builder = Decision.builder(
            new DecisionId("p7", 1, 0),
            TIME,
            Dispatch.REQUEST,
            fields.text(1),
            fields.text(2),
            fields.text(3))
        .rule(fields.text(5))
        .claimedName(fields.orNull(6))
        .tenant(fields.orNull(7))
        .attempts(List.of(new Attempt(fields.text(8), "wrong_credentials", fields.text(9))));
    if (outcome == Outcome.ALLOWED || User.isValidName(fields.text(10))) {
      builder.identity(identity(User.isValidName(fields.text(10)) ? fields.text(10) : "alice"));
    }
    return builder.end(outcome, fields.text(4));
  }

  private static Identity identity(String name) {
    User user = User.builder("u-1", name).build(SecurityStamp.of("u-1", new byte[0], true, null));
    return Identity.of(
        "password", new Authenticated(new StoreUser("main", user), Evidence.of("basic", TIME)));
  }

  /** The line without its end, once it is known to be one and to have nothing in it that does not show. */
  private static String line(AuditLayout layout, Decision decision, AuditLevel level) {
    byte[] bytes = layout.line(decision, level);
    assertThat(bytes).hasSizeLessThan(MAX_LINE).endsWith((byte) '\n');
    try {
      String line = StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, bytes.length - 1))
          .toString();
      line.codePoints()
          .forEach(c -> assertThat(Character.getType(c))
              .as(line)
              .isNotIn(
                  (int) Character.CONTROL,
                  (int) Character.FORMAT,
                  (int) Character.LINE_SEPARATOR,
                  (int) Character.PARAGRAPH_SEPARATOR,
                  (int) Character.SURROGATE));
      return line;
    } catch (CharacterCodingException e) {
      throw new AssertionError("not UTF-8", e);
    }
  }

  private static void checkSaysTheSame(String line, Decision decision) {
    Map<String, String> said = new HashMap<>();
    try (JsonParser parser = STRICT.createParser(line)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        said.put(name, parser.getText());
        parser.skipChildren();
      }
      assertThat(parser.nextToken()).isNull();
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
    assertThat(said)
        .containsEntry("method", UntrustedText.cut(decision.method()))
        .containsEntry("path", UntrustedText.cut(decision.path()))
        .containsEntry("remote", UntrustedText.cut(decision.remoteAddress()))
        .containsEntry("reason", UntrustedText.cut(decision.reason()))
        .containsEntry("decision", decision.id());
    decision.identity().ifPresent(caller -> assertThat(said).containsEntry("user", caller.name()));
  }
}
