package io.sallyport.authprovider.token.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Subject.StoreUser;
import io.sallyport.authprovider.token.internal.signed.SignedTokenAuthentication;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Mutants;
import io.sallyport.fuzz.Request;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Tokens that are rightly signed, whatever they say: a result, and yes only for what another reader of
 * JSON finds to be our header and claims of our user, in force now. The input is the header in its first
 * line, the claims in the rest.
 */
class SignedClaimsFuzzTest {

  private static final SignedTokenAuthentication PROVIDER = Tokens.provider();
  private static final long NOW = Tokens.NOW.getEpochSecond();

  private static final JsonFactory STRICT = new JsonFactoryBuilder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .build();

  @DictionaryFile(resourcePath = "SignedClaimsFuzzTest.dict")
  @FuzzTest
  void areWhatTheyMustBeOrRejected(byte[] input) {
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    byte[] header = Arrays.copyOf(input, end);
    byte[] claims = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
    String token = Tokens.sign(header, claims);

    Bounds.SMALL.check(() -> check(token, header, claims));
  }

  @Test
  void holdsForMutants() {
    Mutants.of(SignedClaimsFuzzTest.class).check(10_000, this::areWhatTheyMustBeOrRejected);
  }

  private static void check(String token, byte[] header, byte[] claims) {
    AuthenticationResult result =
        PROVIDER.authenticate(new Request(Map.of("authentication-token", List.of(token))));

    if (!(result instanceof Authenticated yes)) {
      assertThat(result).isInstanceOf(Rejected.class);
      return;
    }
    assertThat(((StoreUser) yes.subject()).user().id()).isEqualTo(Tokens.ID);
    assertThat(members(header)).isEqualTo(Map.of("alg", "\"HS256\"", "typ", "\"JWT\""));
    Map<String, String> said = members(claims);
    assertThat(said)
        .containsEntry("iss", "\"sallyport\"")
        .containsEntry("sub", "\"" + Tokens.ID + "\"")
        .containsEntry("store", "\"main\"");
    assertThat(said.get("aud")).contains("\"sallyport\"");
    assertThat(Long.parseLong(said.get("exp"))).isGreaterThan(NOW);
    assertThat(Long.parseLong(said.get("iat"))).isLessThanOrEqualTo(NOW + 30);
    assertThat(Long.parseLong(said.get("nbf"))).isLessThanOrEqualTo(NOW + 30);
    assertThat(Long.parseLong(said.get("auth_time"))).isLessThanOrEqualTo(NOW + 30);
  }

  /** The members of an object, by RFC 8259: texts in quotes, lists as the texts in them. */
  private static Map<String, String> members(byte[] json) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = STRICT.createParser(new String(json, UTF_8))) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        members.put(name, value(parser, parser.nextToken()));
      }
      assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
      assertThat(parser.nextToken()).isNull();
      return members;
    } catch (IOException e) {
      throw new AssertionError("accepted, but no JSON", e);
    }
  }

  private static String value(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.START_ARRAY) {
      var texts = new StringBuilder();
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        texts.append(value(parser, next)).append(' ');
      }
      return texts.toString();
    }
    return token == JsonToken.VALUE_STRING ? '"' + parser.getText() + '"' : parser.getText();
  }
}
