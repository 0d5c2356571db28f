package io.sallyport.authprovider.token.internal.jws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Base64UrlTest {

  @Test
  void readsWhatItWrites() {
    Random random = new Random(1);
    for (int length = 1; length < 100; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);

      String text = Base64Url.encode(bytes);

      assertThat(Base64Url.decode(text)).hasValue(bytes);
    }
  }

  @Test
  void knowsOneSpellingForEachByte() {
    // of the 4,096 texts of two characters 256 are a byte in its only spelling
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    long accepted = IntStream.range(0, 64 * 64)
        .mapToObj(i -> "" + alphabet.charAt(i / 64) + alphabet.charAt(i % 64))
        .filter(text -> Base64Url.decode(text).isPresent())
        .count();

    assertThat(accepted).isEqualTo(256);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "AAAAA",
        "AA==",
        "AAA=",
        "AAAA=",
        "AB",
        "AAB",
        "A+AA",
        "A/AA",
        "AA AA",
        "AAA\n",
        "AA.A",
        "\u00c4AAA",
        "\uff21AAA",
        "AAA\u0000"
      })
  void refusesEveryOtherSpelling(String text) {
    assertThat(Base64Url.decode(text)).isEmpty();
  }
}
