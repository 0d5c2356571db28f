package io.sallyport.examples.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratedPasswordTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void hasMoreThanAHundredBits() {
    String password = GeneratedPassword.make(RANDOM).revealText();

    int characters = password.replace("-", "").length();
    int kinds = GeneratedPassword.ALPHABET.length();
    assertThat(GeneratedPassword.ALPHABET.chars()).doesNotHaveDuplicates();
    assertThat(characters * Math.log(kinds) / Math.log(2)).isGreaterThan(100);
  }

  @Test
  void usesOnlyCharactersThatCannotBeMistaken() {
    String password = GeneratedPassword.make(RANDOM).revealText();

    assertThat(password).matches("[2-9a-z]{5}(-[2-9a-z]{5}){4}").doesNotContainPattern("[01ilo]");
  }

  @Test
  void isAnotherOneEachTime() {
    Set<String> made = new HashSet<>();

    for (int i = 0; i < 1000; i++) {
      made.add(GeneratedPassword.make(RANDOM).revealText());
    }

    assertThat(made).hasSize(1000);
  }
}
