package io.sallyport.authprovider.password.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PepperReaderTest {

  private static final String ONE = random(1, 32);
  private static final String TWO = random(2, 32);

  private static String random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static MapSettings pepper(String current, Map<String, Object> keys) {
    return new MapSettings(Map.of(
        "pepper", new MapSettings(Map.of("current", current, "keys", new MapSettings(keys)))));
  }

  @Test
  void isNoneWhereNothingIsWritten() {
    assertThat(PepperReader.read(new MapSettings(Map.of()))).isSameAs(Pepper.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void takesTheVersionThatIsCurrent(String current) {
    MapSettings settings = pepper(current, Map.of("1", ONE, "2", TWO));

    Pepper pepper = PepperReader.read(settings);

    assertThat(settings.problems()).isEmpty();
    assertThat(pepper.current()).contains(current);
    assertThat(pepper).hasToString("Pepper[1, 2]");
  }

  @Test
  void takesKeysInLinesAsOpenSslWritesThem() {
    String lines = random(3, 64).replaceAll("(.{64})", "$1\n") + "\n";
    MapSettings settings = pepper("1", Map.of("1", lines));

    assertThat(PepperReader.read(settings).current()).contains("1");
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void canBeLeftAgain() {
    MapSettings settings = pepper("none", Map.of("1", ONE));

    Pepper pepper = PepperReader.read(settings);

    assertThat(settings.problems()).isEmpty();
    assertThat(pepper.current()).isEmpty();
    assertThat(pepper).hasToString("Pepper[1]");
  }

  @ParameterizedTest
  @CsvSource({"32, true", "31, false", "64, true"})
  void wantsKeysOf32Bytes(int length, boolean good) {
    MapSettings settings = pepper("1", Map.of("1", random(7, length)));

    PepperReader.read(settings);

    assertThat(settings.problems().stream().noneMatch(problem -> problem.startsWith("1: ")))
        .isEqualTo(good);
  }

  @Test
  void refusesWhatIsNotRandomAndShowsNothingOfIt() {
    byte[] one = new byte[32];
    byte[] fewer = new byte[32];
    for (int i = 0; i < fewer.length; i++) {
      fewer[i] = (byte) (200 + i % 15);
    }
    Arrays.fill(one, (byte) 0x91);
    String text = Base64.getEncoder()
        .encodeToString("a sentence that somebody made up, and long"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    MapSettings settings = pepper(
        "ok",
        Map.of(
            "ok",
            ONE,
            "one",
            Base64.getEncoder().encodeToString(one),
            "few",
            Base64.getEncoder().encodeToString(fewer),
            "text",
            text,
            "raw",
            "not base64, but 32 characters long!"));

    PepperReader.read(settings);

    assertThat(settings.problems())
        .hasSize(4)
        .allMatch(problem -> problem.contains("openssl rand"))
        .noneMatch(problem -> problem.contains(text) || problem.contains("not base64, but"));
  }

  @Test
  void tellsOnceOfABadKeyThatIsCurrent() {
    MapSettings settings = pepper("1", Map.of("1", "c2hvcnQ="));

    PepperReader.read(settings);

    assertThat(settings.problems()).singleElement().asString().startsWith("1: ");
  }

  @Test
  void refusesOneKeyUnderTwoVersions() {
    MapSettings settings = pepper("1", Map.of("1", ONE, "2", ONE));

    PepperReader.read(settings);

    assertThat(settings.problems())
        .singleElement()
        .asString()
        .contains("this key is that of version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "NONE", "none "})
  void wantsACurrentVersionThatIsListed(String current) {
    MapSettings settings = pepper(current, Map.of("1", ONE));

    PepperReader.read(settings);

    assertThat(settings.problems())
        .singleElement()
        .asString()
        .startsWith("current: ")
        .contains("none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345678901234567", "a-b", "none", "é", " 1"})
  void refusesVersionsThatCannotBeStored(String version) {
    MapSettings settings = pepper("1", Map.of("1", ONE, version, TWO));

    PepperReader.read(settings);

    assertThat(settings.problems()).singleElement().asString().startsWith(version + ": ");
  }

  @Test
  void wantsKeysAndACurrentVersion() {
    MapSettings none = new MapSettings(Map.of("pepper", new MapSettings(Map.of("current", "1"))));
    MapSettings empty = pepper("1", Map.of());
    MapSettings noCurrent = new MapSettings(Map.of(
        "pepper", new MapSettings(Map.of("keys", new MapSettings(Map.of("1", ONE))))));

    PepperReader.read(none);
    PepperReader.read(empty);
    PepperReader.read(noCurrent);

    assertThat(none.problems()).anyMatch(problem -> problem.contains("pepper needs keys"));
    assertThat(empty.problems()).anyMatch(problem -> problem.contains("there is no key"));
    assertThat(noCurrent.problems()).containsExactly("current: is missing");
  }
}
