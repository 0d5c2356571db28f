package io.sallyport.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordEpochTest {

  private static final Secret OLD = Secret.ofText("$5$salt$old");
  private static final Secret NEW = Secret.ofText("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$bmV3");
  private static final Secret BY_HAND = Secret.ofText("$5$salt$other");

  @Test
  void isKeptThroughUpgradesAndEndsWithAHashThatSomebodyWrites() {
    byte[] before = PasswordEpoch.of(OLD, null);

    String kept = PasswordEpoch.kept(OLD, null, NEW);
    String keptAgain = PasswordEpoch.kept(NEW, kept, BY_HAND);

    assertThat(PasswordEpoch.of(NEW, kept)).isEqualTo(before);
    assertThat(PasswordEpoch.of(BY_HAND, keptAgain)).isEqualTo(before);
    assertThat(PasswordEpoch.of(BY_HAND, kept)).isNotEqualTo(before);
  }

  @Test
  void isAnOperatorsOwnTextBesideAnyHash() {
    byte[] own = "2026-11".getBytes(StandardCharsets.UTF_8);

    assertThat(PasswordEpoch.of(OLD, "2026-11")).isEqualTo(own);
    assertThat(PasswordEpoch.of(null, "2026-11")).isEqualTo(own);
    assertThat(PasswordEpoch.kept(OLD, "2026-11", NEW)).isEqualTo("2026-11");
  }

  @Test
  void tellsLittleOfAHashWithoutALongSalt() {
    assertThat(PasswordEpoch.of(Secret.ofText("secret"), null)).hasSize(2);
    assertThat(PasswordEpoch.of(OLD, null)).hasSize(16);
    assertThat(PasswordEpoch.of(null, null)).isEmpty();
  }

  @Test
  void fitsIntoAColumnOfSixtyFourCharacters() {
    assertThat(PasswordEpoch.kept(OLD, null, NEW)).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"upgraded:", "upgraded:00:AAA", "upgraded:00112233445566778899aabbccddeeff:A"})
  void knowsOneThatWasCutOff(String cutOff) {
    assertThat(PasswordEpoch.isMalformed(cutOff)).isTrue();
    assertThat(PasswordEpoch.of(OLD, cutOff)).isEqualTo(PasswordEpoch.of(OLD, null));
  }

  @Test
  void takesWhatBeginsOtherwiseForAnOperatorsText() {
    assertThat(PasswordEpoch.isMalformed("upgrade")).isFalse();
    assertThat(PasswordEpoch.isMalformed(PasswordEpoch.kept(OLD, null, NEW))).isFalse();
  }
}
