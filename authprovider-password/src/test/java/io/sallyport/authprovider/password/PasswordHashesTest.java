package io.sallyport.authprovider.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashesTest {

  private final PasswordHashes hashes = PasswordHashes.argon2id();

  @Test
  void hashesWithADifferentSaltEachTimeAndHidesTheHash() {
    Secret first = hashes.hash(Secret.ofText("pässword"));
    Secret second = hashes.hash(Secret.ofText("pässword"));

    assertThat(first.revealText()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(first.matches(second)).isFalse();
    assertThat(first.toString()).doesNotContain("argon2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "\u0000"})
  void refusesAPasswordThatNobodyCouldSignInWith(String password) {
    assertThatThrownBy(() -> hashes.hash(Secret.ofText(password)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the password is ");
  }

  @Test
  void refusesWhatIsNotUtf8() {
    assertThatThrownBy(() -> hashes.hash(Secret.ofBytes(new byte[] {(byte) 0xe9})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void takesAPasswordOfTheGreatestLengthAndNoneLonger() {
    assertThat(hashes.hash(Secret.ofText("x".repeat(4096))).isEmpty()).isFalse();
    assertThatThrownBy(() -> hashes.hash(Secret.ofText("x".repeat(4097))))
        .hasMessageContaining("4096");
  }
}
