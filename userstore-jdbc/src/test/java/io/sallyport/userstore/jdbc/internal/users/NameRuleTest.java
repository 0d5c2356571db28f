package io.sallyport.userstore.jdbc.internal.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameRuleTest {

  @ParameterizedTest
  @CsvSource({
    "Admin, admin",
    "ADMIN, admin",
    "\u00e1dmin, admin",
    "a\u0301dmin, admin",
    "\uff21\uff24\uff2d\uff29\uff2e, admin",
    "stra\u00dfe, strasse",
    "STRASSE, strasse",
    "\u1e9e, ss",
    "\u1f80, \u03b1",
    "\u0130stanbul, istanbul",
    "\u0131stanbul, istanbul",
    "\u039f\u0394\u039f\u03a3, \u03bf\u03b4\u03bf\u03c3",
    "\u03bf\u03b4\u03bf\u03c2, \u03bf\u03b4\u03bf\u03c3",
    "\ufb01n, fin",
    "\u212b, a",
    "\u00f8, \u00f8",
    "\u65e5\u672c, \u65e5\u672c",
    "o'brien, o'brien"
  })
  void foldsCaseAccentsAndForms(String name, String key) {
    assertThat(NameRule.FOLDED.key(name)).contains(key);
  }

  @Test
  void foldsWhatIsFoldedToItself() {
    List<String> unstable = new ArrayList<>();
    for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
      String name = Character.toString(c);
      String once = NameRule.FOLDED.fold(name);
      if (!NameRule.FOLDED.fold(once).equals(once)) {
        unstable.add(Integer.toHexString(c));
      }
    }

    assertThat(unstable).isEmpty();
  }

  @Test
  void foldsBothCasesOfEveryCharacterToTheSame() {
    List<String> different = new ArrayList<>();
    for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
      String name = Character.toString(c);
      String key = NameRule.FOLDED.fold(name);
      // the small iota below is an accent to us, and in capitals it becomes a letter
      if (Normalizer.normalize(name, Normalizer.Form.NFKD).indexOf(0x345) >= 0) {
        continue;
      }
      if (!NameRule.FOLDED.fold(name.toUpperCase(Locale.ROOT)).equals(key)
          || !NameRule.FOLDED.fold(name.toLowerCase(Locale.ROOT)).equals(key)) {
        different.add(Integer.toHexString(c));
      }
    }

    assertThat(different).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0301", "a\nb", "\u0000"})
  void knowsNoKeyOfWhatIsNoName(String none) {
    assertThat(NameRule.FOLDED.key(none)).isEmpty();
  }

  @Test
  void knowsNoKeyThatIsTooLong() {
    assertThat(NameRule.FOLDED.key("\ufdfa".repeat(100))).isEmpty();
    assertThat(NameRule.EXACT.key("\ufdfa".repeat(100))).isPresent();
    assertThat(NameRule.EXACT.key("a".repeat(257))).isEmpty();
  }
}
