package io.sallyport.authprovider.token.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.authprovider.token.internal.signed.SignedTokenAuthentication;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Fields;
import io.sallyport.fuzz.Mutants;
import io.sallyport.fuzz.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in the fields for tokens, the answer is a result, and it is yes for the one genuine
 * token alone. The input is the fields, one a line: those of {@code Authorization}, and those of {@code
 * Authentication-Token} behind a greater-than sign.
 */
class TokenFieldsFuzzTest {

  /** Made by another program than ours. */
  private static final String GENUINE =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzYWxseXBvcnQiLCJhdWQiOiJzYWxseXB"
          + "vcnQiLCJzdWIiOiJ1LTEiLCJpYXQiOjE4MDAwMDAwMDAsIm5iZiI6MTgwMDAwMDAwMCwiZXhwIjoxODA"
          + "wMDAwNjAwLCJqdGkiOiJpZCIsInN0b3JlIjoibWFpbiIsInN0YW1wIjoiQUFFQ0F3UUZCZ2NJQ1FvTER"
          + "BME9EdyIsImF1dGhfdGltZSI6MTgwMDAwMDAwMH0.GdHR6LHotsbPkYyh-B6ABwSJo2x9elF4xQJgK9q"
          + "1CJM";

  private static final SignedTokenAuthentication PROVIDER = Tokens.provider();

  @DictionaryFile(resourcePath = "TokenFieldsFuzzTest.dict")
  @FuzzTest
  void passTheGenuineTokenAlone(byte[] input) {
    List<String> authorization = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    for (String line : Fields.of(input).from(0)) {
      if (line.startsWith(">")) {
        tokens.add(line.substring(1));
      } else {
        authorization.add(line);
      }
    }
    Request request =
        new Request(Map.of("authorization", authorization, "authentication-token", tokens));

    Bounds.SMALL.check(() -> check(request, authorization, tokens));
  }

  @Test
  void holdsForMutants() {
    Mutants.of(TokenFieldsFuzzTest.class).check(20_000, this::passTheGenuineTokenAlone);
  }

  private static void check(Request request, List<String> authorization, List<String> tokens) {
    AuthenticationResult result = PROVIDER.authenticate(request);

    assertThat(PROVIDER.isPresented(request)).isEqualTo(!(result instanceof NotPresented));
    assertThat(PROVIDER.challenges(request)).hasSize(1);
    assertThat(result).isInstanceOfAny(Authenticated.class, NotPresented.class, Rejected.class);
    if (result instanceof Authenticated) {
      List<String> presented = new ArrayList<>(tokens);
      presented.removeIf(String::isBlank);
      authorization.stream()
          .filter(field -> field.regionMatches(true, 0, "Bearer ", 0, 7))
          .forEach(field -> presented.add(field.substring(7).stripLeading()));
      assertThat(presented).containsExactly(GENUINE);
    }
    if (tokens.equals(List.of(GENUINE)) && authorization.isEmpty()) {
      assertThat(result).isInstanceOf(Authenticated.class);
    }
  }
}
