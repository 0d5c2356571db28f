package io.sallyport.authprovider.token.internal.jws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictJsonTest {

  @Test
  void readsTextsNumbersAndLists() {
    String json = "{ \"a\" : \"\\u00e4\\\"{[\" , \"n\":-12, \"l\":[\"x\",\"]\"], \"m\":[] }";

    Optional<Map<String, Object>> read = read(json);

    assertThat(read)
        .hasValue(Map.of("a", "\u00e4\"{[", "n", -12L, "l", List.of("x", "]"), "m", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"a\"",
        "1",
        "{",
        "}",
        "{}{}",
        "{} x",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":NaN}",
        "{\"a\":1e400}",
        "{\"a\":True}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":1}//",
        "{\"a\":1}#",
        "{/**/\"a\":1}",
        "{\"a\"=1}",
        "{\"a\":1;\"b\":2}",
        "{\"a\":[1,,2]}",
        "{\"a\":[1}",
        "{\"a\":1]",
        "{\"a\":]}",
        "{\"a\":\"",
        "{\"a\":\"\\",
        "\ufeff{\"a\":1}",
        "{\"a\":1}\u0000",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":1}",
        "{\"a\":null,\"a\":1}",
        "{\"a\":{\"b\":1}}",
        "{\"a\":[{}]}",
        "{\"a\":[[]]}",
        "{\"a\":{\"b\":1,\"b\":2}}"
      })
  void refusesWhatIsNotOneFlatObjectWithEachMemberOnce(String json) {
    assertThat(read(json)).isEmpty();
  }

  @Test
  void refusesDeepNestingWithoutDescending() {
    String deep = "{\"a\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}";

    assertThat(read(deep)).isEmpty();
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] latin1 = "{\"a\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] overlong = {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'};
    byte[] surrogate = {
      '{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'
    };
    byte[] cutOff = Arrays.copyOf("{\"a\":\"\u20ac".getBytes(StandardCharsets.UTF_8), 8);

    assertThat(List.of(latin1, overlong, surrogate, cutOff))
        .allMatch(b -> StrictJson.object(b).isEmpty());
  }

  private static Optional<Map<String, Object>> read(String json) {
    return StrictJson.object(json.getBytes(StandardCharsets.UTF_8));
  }
}
