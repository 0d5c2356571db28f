package io.sallyport.authprovider.token.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretTextTest {

  @ParameterizedTest
  @MethodSource("spellings")
  void readsAKeyInEverySpellingOfBase64(String text) {
    MapSettings settings = new MapSettings(Map.of("secret_key", text));

    byte[] key = SecretText.read(settings, "secret_key");

    assertThat(settings.problems()).isEmpty();
    assertThat(key).isEqualTo(Samples.KEY_BYTES);
  }

  static Stream<String> spellings() {
    Base64.Encoder url = Base64.getUrlEncoder();
    return Stream.of(
        Samples.KEY,
        Samples.KEY + "\n",
        Samples.KEY.substring(0, 20) + "\r\n" + Samples.KEY.substring(20),
        Samples.KEY.replace("=", ""),
        url.encodeToString(Samples.KEY_BYTES),
        url.withoutPadding().encodeToString(Samples.KEY_BYTES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my_secret",
        "changeme",
        "your-256-bit-secret",
        "a-string-secret-at-least-256-bits-long",
        "not base64 at all, but long enough to be 32 bytes",
        "K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols!",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ+EstJQLr/T+1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow==",
        "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg"
      })
  void refusesWeakAndPublishedKeysAndSaysHowToMakeOne(String text) {
    assertRefused(text);
  }

  @ParameterizedTest
  @MethodSource("weakBytes")
  void refusesBytesThatAreNotRandom(byte[] weak) {
    assertRefused(Base64.getEncoder().encodeToString(weak));
  }

  static Stream<byte[]> weakBytes() {
    byte[] falling = new byte[40];
    byte[] nibbles = new byte[64];
    for (int i = 0; i < 64; i++) {
      falling[i % 40] = (byte) (200 - 3 * (i % 40));
      nibbles[i] = (byte) (i * i * 7 % 15);
    }
    return Stream.of(
        new byte[32],
        filled(33, (byte) 0xA7),
        falling,
        nibbles,
        twice(Arrays.copyOf(Samples.KEY_BYTES, 16)),
        "correct horse battery staple, four words".getBytes(StandardCharsets.UTF_8),
        "\u043a\u043b\u044e\u0447 \u0434\u043b\u044f \u0442\u043e\u043a\u0435\u043d\u043e\u0432"
            .getBytes(StandardCharsets.UTF_8),
        "0123456789abcdef\n0123456789ABCDEF\tghijk".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void acceptsKeysDrawnAtRandom() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      byte[] key = new byte[32 + i % 40];
      random.nextBytes(key);

      assertThat(KeyStrength.fault(JwsAlgorithm.HS256, key)).isEmpty();
      assertThat(KeyStrength.faultOfText(Base64.getEncoder().encodeToString(key)))
          .isEmpty();
    }
  }

  @Test
  void leavesAMissingKeyToWhoeverNotedIt() {
    MapSettings settings = new MapSettings(Map.of());

    byte[] key = SecretText.read(settings, "secret_key");

    assertThat(settings.problems()).containsExactly("secret_key: missing");
    assertThat(key).hasSize(32);
  }

  @Test
  void drawsAFreshStandInForAKeyThatWillNotDo() {
    byte[] first = SecretText.read(new MapSettings(Map.of("k", "changeme")), "k");
    byte[] second = SecretText.read(new MapSettings(Map.of("k", "changeme")), "k");

    assertThat(first).hasSize(32).isNotEqualTo(second);
  }

  @Test
  void hidesStampsWithAKeyOfItsOwn() {
    TokenKeys keys = TokenKeys.of(Samples.KEY_BYTES);

    Secret stampKey = keys.signing().derivedKey(TokenKey.STAMP);

    assertThat(stampKey.length()).isEqualTo(32);
    assertThat(stampKey.matches(Secret.ofBytes(Samples.KEY_BYTES))).isFalse();
    assertThat(
            stampKey.matches(TokenKeys.of(Samples.KEY_BYTES).signing().derivedKey(TokenKey.STAMP)))
        .isTrue();
  }

  @Test
  void takesNoKeyThatIsShorterThanItsHash() {
    assertThatThrownBy(() -> TokenKeys.of(new byte[31])).hasMessageContaining("has 248 bits");
  }

  private static void assertRefused(String text) {
    MapSettings settings = new MapSettings(Map.of("secret_key", text));

    SecretText.read(settings, "secret_key");

    assertThat(settings.problems())
        .singleElement()
        .asString()
        .startsWith("secret_key: this key ")
        .contains("openssl rand -base64 32", "head -c 32 /dev/urandom | base64")
        .doesNotContain(text);
  }

  private static byte[] filled(int length, byte value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, value);
    return bytes;
  }

  private static byte[] twice(byte[] half) {
    byte[] whole = Arrays.copyOf(half, half.length * 2);
    System.arraycopy(half, 0, whole, half.length, half.length);
    return whole;
  }
}
