package io.sallyport.authprovider.token.internal.stored;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenFormatTest {

  private static final TokenFormat SLY = TokenFormat.of("sly");
  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void writesWhatScannersAreTaughtG20() {
    for (String prefix : List.of("sly", "ctok")) {
      TokenFormat.Fresh fresh = TokenFormat.of(prefix).fresh(RANDOM);

      assertThat(fresh.value()).matches(prefix + "-[0-9A-Za-z]{10}-[0-9A-Za-z]{40}");
      assertThat(fresh.value()).contains("-" + fresh.id() + "-");
    }
  }

  @Test
  void readsBackWhatItWrites() {
    for (int i = 0; i < 1000; i++) {
      TokenFormat.Fresh fresh = SLY.fresh(RANDOM);

      assertThat(SLY.parse(fresh.value()))
          .isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
            TokenFormat.Parts parts = (TokenFormat.Parts) accepted.value();
            assertThat(parts.id()).isEqualTo(fresh.id());
            assertThat(parts.secret()).isEqualTo(fresh.secret());
          });
    }
  }

  @Test
  void computesTheChecksumOfGitHub() {
    // CRC-32 of "123456789" is 0xCBF43926 in every catalog: 3421780262 = 3*62^5 + 45*62^4 + ...
    assertThat(TokenFormat.checksum("123456789")).isEqualTo(base62(0xCBF43926L));
    assertThat(TokenFormat.checksum("")).isEqualTo("000000");
  }

  private static String base62(long number) {
    StringBuilder text = new StringBuilder();
    for (long rest = number; rest > 0; rest /= 62) {
      text.append("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
          .charAt((int) (rest % 62)));
    }
    return text.reverse().toString();
  }

  @Test
  void tellsEverySlipOfOneCharacter() {
    String value = SLY.fresh(RANDOM).value();
    for (int i = 0; i < value.length(); i++) {
      for (char c : "aZ0-_ é\u0000".toCharArray()) {
        if (c != value.charAt(i)) {
          String slip = value.substring(0, i) + c + value.substring(i + 1);

          assertThat(refusal(slip)).isEqualTo(i < 4 ? Reason.FOREIGN : Reason.MALFORMED);
        }
      }
    }
  }

  @Test
  void tellsWhatIsTooShortOrTooLongG25() {
    String value = SLY.fresh(RANDOM).value();
    for (String odd : List.of(
        value + "0",
        value.substring(0, value.length() - 1),
        "sly-",
        "sly--",
        "sly-abc",
        "sly-" + "a".repeat(8000),
        value + "-" + value)) {
      assertThat(refusal(odd)).isEqualTo(Reason.MALFORMED);
    }
  }

  @Test
  void leavesOtherPrefixesToOthers() {
    for (String foreign : List.of("", "x", "sly", "slyx-a-b", "SLY-a-b", "ctok-a-b", "a.b.c")) {
      assertThat(refusal(foreign)).isEqualTo(Reason.FOREIGN);
    }
    assertThat(refusal(TokenFormat.of("ctok").fresh(RANDOM).value())).isEqualTo(Reason.FOREIGN);
  }

  @Test
  void throwsAtNoTextWhatsoever() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "sly-" : "");
      int length = random.nextInt(80);
      for (int j = 0; j < length; j++) {
        text.append(
            (char) (random.nextInt(10) == 0 ? random.nextInt(0x10000) : 33 + random.nextInt(94)));
      }

      assertThat(SLY.parse(text.toString())).isInstanceOf(Verdict.Refused.class);
    }
  }

  @Test
  void drawsEachCharacterEquallyOften() {
    Map<Character, Integer> counts = new HashMap<>();
    int drawn = 3000 * TokenFormat.SECRET_LENGTH;
    for (int i = 0; i < 3000; i++) {
      for (byte b : SLY.fresh(RANDOM).secret()) {
        counts.merge((char) b, 1, Integer::sum);
      }
    }

    double expected = drawn / 62.0;
    double chiSquare = counts.values().stream()
        .mapToDouble(n -> (n - expected) * (n - expected) / expected)
        .sum();
    assertThat(counts).hasSize(62);
    // 61 degrees of freedom: more than 150 once in a hundred million runs; a byte modulo 62 gives
    // some 250
    assertThat(chiSquare).isLessThan(150);
  }

  @Test
  void showsNoSecret() {
    TokenFormat.Fresh fresh = SLY.fresh(RANDOM);
    String secret = new String(fresh.secret(), StandardCharsets.US_ASCII);

    assertThat(fresh.toString() + SLY.parse(fresh.value())).doesNotContain(secret);
  }

  @Test
  void takesPrefixesThatCannotBeMistaken() {
    assertThat(problems("sly")).isEmpty();
    assertThat(problems("ctok")).isEmpty();
    assertThat(problems("ab")).isEmpty();
    assertThat(problems("a".repeat(16))).isEmpty();
    for (String odd : List.of("a", "a".repeat(17), "a-b", "1ab", "", "slr", "ä1", "a b")) {
      assertThat(problems(odd)).as(odd).hasSize(1);
    }
  }

  private static List<String> problems(String prefix) {
    MapSettings settings = new MapSettings(Map.of("prefix", prefix));
    TokenFormat.read(settings);
    return settings.problems();
  }

  private static Reason refusal(String token) {
    return ((Verdict.Refused<TokenFormat.Parts>) SLY.parse(token)).reason();
  }
}
