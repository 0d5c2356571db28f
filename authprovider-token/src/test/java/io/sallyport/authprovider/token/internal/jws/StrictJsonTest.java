package io.sallyport.authprovider.token.internal.jws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictJsonTest {

  @Test
  void readsTextsNumbersAndLists() {
    String json = "{ \"a\" : \"\\u00e4\\\"{[\" , \"n\":-12, \"l\":[\"x\",\"]\"], \"m\":[] }";

    Optional<Map<String, @Nullable Object>> read = read(json);

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

  @Test
  void readsWhiteSpaceAroundAndEscapesInside() {
    assertThat(read("\r\n\t {} \n")).hasValue(Map.of());
    assertThat(read("{\"a\":\"\\b\\f\\n\\r\\t\\/\\\\\\u00E4x\"}"))
        .hasValue(Map.of("a", "\b\f\n\r\t/\\\u00e4x"));
    assertThat(read("{\"a\":true,\"b\":false}")).hasValue(Map.of("a", true, "b", false));
  }

  @Test
  void readsNumbersAsTheyAre() {
    assertThat(read("{\"a\":-0,\"b\":9223372036854775807,\"c\":1.5e1,\"d\":1E-400,\"e\":2e+0}"))
        .hasValue(Map.of("a", 0L, "b", Long.MAX_VALUE, "c", 15.0, "d", 0.0, "e", 2.0));
    assertThat(read("{\"a\":9223372036854775808}")).hasValue(Map.of("a", 0x1p63));
    assertThat(read("{\"a\":-9223372036854775809}")).hasValue(Map.of("a", -0x1p63));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.",
        "1e",
        "1e+",
        "-",
        "--1",
        "1-1",
        "0x1",
        "1.5.5",
        "tru",
        "nulll",
        "\"\\u12\"",
        "\"\\u\u0661111\"",
        "[1,]",
        "[,1]",
        "{\"b\":1,}",
        "{\"b\" 1}",
        "{1:1}",
        "\"",
        ""
      })
  void refusesValuesThatAreNone(String value) {
    assertThat(StrictJson.nested(("{\"a\":" + value + "}").getBytes(StandardCharsets.UTF_8), 16))
        .isEmpty();
  }

  @Test
  void readsNestedObjectsUpToTheirDepth() {
    String two = "{\"a\":{\"b\":[{\"a\":null}]},\"c\":{}}";

    assertThat(nested(two, 3)).isPresent();
    assertThat(nested(two, 2)).isEmpty();
    assertThat(nested("{\"a\":{\"b\":1,\"b\":2}}", 3)).isEmpty();
    assertThat(nested("{\"a\":[{\"b\":1,\"\\u0062\":2}]}", 3)).isEmpty();
    assertThat(nested("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}", 16))
        .isEmpty();
    assertThatThrownBy(() -> nested("{}", 17)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Optional<Map<String, @Nullable Object>> nested(String json, int depth) {
    return StrictJson.nested(json.getBytes(StandardCharsets.UTF_8), depth);
  }

  private static Optional<Map<String, @Nullable Object>> read(String json) {
    return StrictJson.object(json.getBytes(StandardCharsets.UTF_8));
  }
}
