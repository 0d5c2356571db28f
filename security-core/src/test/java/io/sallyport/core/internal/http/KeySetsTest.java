package io.sallyport.core.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetsTest {

  private static final String ONE =
      "{\"kty\":\"EC\",\"kid\":\"1\",\"x\":\"a\",\"key_ops\":[\"verify\"]}";
  private static final String TWO = "{\"kty\":\"OKP\",\"kid\":\"2\",\"x\":\"b\"}";

  @Test
  void showsEachKeyOnce() {
    byte[] union = KeySets.union(List.of(
        "{\"keys\":[" + ONE + "]}",
        "{\"more\": {\"keys\": 1}, \"keys\":[" + ONE + "," + TWO + "]}"));

    assertThat(new String(union, UTF_8)).isEqualTo("{\"keys\":[" + ONE + "," + TWO + "]}");
    assertThat(new String(KeySets.union(List.of()), UTF_8)).isEqualTo("{\"keys\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
  void neverShowsAPrivateKey(String member) {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            KeySets.union(List.of("{\"keys\":[{\"kty\":\"EC\",\"" + member + "\":\"c2VjcmV0\"}]}")))
        .withMessageNotContaining("c2VjcmV0")
        .withNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"keys\":[{]}"})
  void refusesWhatIsNoSet(String text) {
    assertThatIllegalStateException()
        .isThrownBy(() -> KeySets.union(List.of(text)))
        .withNoCause();
  }
}
