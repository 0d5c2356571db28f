package io.sallyport.authprovider.password.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {

  private final CommonPasswords few = list("about this list\n\nb\nbb\nbbd\nd\n");

  @ParameterizedTest
  @ValueSource(strings = {"b", "bb", "bbd", "d", "BbD"})
  void findsEachLine(String password) {
    assertThat(few.contains(FoldedText.of(password))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "ba", "bba", "bbb", "bbdd", "bbe", "c", "dd", "e", "é", "about this list"
      })
  void findsNothingElse(String password) {
    assertThat(few.contains(FoldedText.of(password))).isFalse();
  }

  @Test
  void findsNothingInAnEmptyList() {
    assertThat(list("about\n\n").contains(FoldedText.of("b"))).isFalse();
  }

  @Test
  void findsEachLineOfTheBundledListInEitherCase() throws IOException {
    List<String> lines = bundled();

    assertThat(lines).hasSizeGreaterThan(40_000).isSorted().doesNotHaveDuplicates();
    assertThat(lines)
        .filteredOn(line -> line.length() >= 8)
        .as("OWASP ASVS 5.0, 6.2.4: at least the top 3,000 that fit the policy")
        .hasSizeGreaterThan(3_000);
    assertThat(lines)
        .allMatch(line -> CommonPasswords.bundled().contains(FoldedText.of(line)))
        .allMatch(line ->
            CommonPasswords.bundled().contains(FoldedText.of(line.toUpperCase(Locale.ROOT))))
        .noneMatch(line -> CommonPasswords.bundled().contains(FoldedText.of(line + "\u0394")));
  }

  @Test
  void namesTheSourceAndTheLicenseOfTheBundledList() throws IOException {
    String header = text().substring(0, text().indexOf("\n\n"));

    assertThat(header)
        .contains("@zxcvbn-ts/language-common@", "Dan Wheeler", "Permission is hereby granted");
  }

  private static CommonPasswords list(String text) {
    return new CommonPasswords(text.getBytes(US_ASCII));
  }

  private static List<String> bundled() throws IOException {
    return text().substring(text().indexOf("\n\n") + 2).lines().toList();
  }

  private static String text() throws IOException {
    try (InputStream in = CommonPasswords.class.getResourceAsStream("common-passwords.txt")) {
      return new String(in.readAllBytes(), US_ASCII);
    }
  }
}
