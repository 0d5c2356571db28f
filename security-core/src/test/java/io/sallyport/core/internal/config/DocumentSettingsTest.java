package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spi.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentSettingsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofHours(24);

  @TempDir
  Path folder;

  private final Problems problems = new Problems();

  enum Mode {
    STANDARD,
    CLOUDIFY_3
  }

  private DocumentSettings read(String text) {
    try {
      Path file = Files.writeString(folder.resolve("s.yaml"), text);
      return ConfigurationDocument.read(file, ReadOptions.data(), problems);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> told() {
    return problems.list().stream()
        .map(problem -> problem.line() + " " + problem.subject() + ": " + problem.text())
        .toList();
  }

  @Test
  void takesAbsentValuesForTheirDefaults() {
    Settings settings = read("a: b\n");

    assertThat(settings.text("x", "def")).isEqualTo("def");
    assertThat(settings.optionalText("x")).isEmpty();
    assertThat(settings.optionalSecret("x")).isEmpty();
    assertThat(settings.flag("x", true)).isTrue();
    assertThat(settings.integer("x", 5, 1, 9)).isEqualTo(5);
    assertThat(settings.duration("x", SECOND, SECOND, DAY)).isEqualTo(SECOND);
    assertThat(settings.choice("x", Mode.class, Mode.CLOUDIFY_3)).isEqualTo(Mode.CLOUDIFY_3);
    assertThat(settings.texts("x")).isEmpty();
    assertThat(settings.sections("x")).isEmpty();
    assertThat(settings.optionalSection("x")).isEmpty();
    assertThat(settings.has("x")).isFalse();
    assertThat(told()).isEmpty();
  }

  @Test
  void notesEveryRequiredValueThatIsMissing() {
    Settings settings = read("a:\n  b: c\n").section("a");

    settings.text("text");
    settings.secret("secret");
    settings.file("file");
    settings.section("section").text("not told, since its section is missing");

    assertThat(told())
        .containsExactly(
            "2 a.text: is missing; expected a text",
            "2 a.secret: is missing; expected a secret text",
            "2 a.file: is missing; expected the path of a file",
            "2 a.section: is missing; expected a mapping");
  }

  @Test
  void notesRequiredValuesThatAreEmptyAndPermitsOthers() {
    Settings settings = read("a:\nb: ''\nc:\nd: ''\n");

    settings.text("a");
    settings.secret("b");
    settings.optionalSecret("c");

    assertThat(settings.text("d", "def")).isEmpty();
    assertThat(settings.optionalText("d")).contains("");
    assertThat(told())
        .containsExactly(
            "1 a = \"\": is empty; expected a text",
            "2 b: is empty; expected a secret text",
            "3 c: is empty; expected a secret text");
  }

  @Test
  void readsFlags() {
    Settings settings = read("a: true\nb: 'false'\nc: yes\nd: True\n");

    assertThat(settings.flag("a", false)).isTrue();
    assertThat(settings.flag("b", true)).isFalse();
    assertThat(settings.flag("c", false)).isFalse();
    assertThat(settings.flag("d", true)).isTrue();
    assertThat(told())
        .containsExactly(
            "3 c = \"yes\": expected true or false", "4 d = \"True\": expected true or false");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "9, 9", "'5', 5"})
  void readsWholeNumbersWithinTheirBounds(String written, long number) {
    assertThat(read("n: " + written + "\n").integer("n", 0, 1, 9)).isEqualTo(number);
    assertThat(told()).isEmpty();
  }

  @Test
  void readsTheLargestAndTheSmallestNumber() {
    Settings settings = read("a: 9223372036854775807\nb: -9223372036854775808\n");

    assertThat(settings.integer("a", 0, 0, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    assertThat(settings.integer("b", 0, Long.MIN_VALUE, 0)).isEqualTo(Long.MIN_VALUE);
    assertThat(told()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "10",
        "05",
        "0x5",
        "5.0",
        "1_0",
        "+5",
        "five",
        "''",
        "9223372036854775808",
        "٥"
      })
  void refusesOtherNumbers(String written) {
    assertThat(read("n: " + written + "\n").integer("n", 7, 1, 9)).isEqualTo(7);
    assertThat(told()).singleElement().asString().endsWith(": expected a whole number from 1 to 9");
  }

  @ParameterizedTest
  @CsvSource({"1s, 1000", "1000ms, 1000", "15m, 900000", "24h, 86400000", "1d, 86400000"})
  void readsTimeSpansWithinTheirBounds(String written, long millis) {
    assertThat(read("t: " + written + "\n").duration("t", SECOND, SECOND, DAY)).hasMillis(millis);
    assertThat(told()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "999ms",
        "25h",
        "86400001ms",
        "15",
        "015m",
        "1.5h",
        "-1s",
        "15 m",
        "15M",
        "999999999999d",
        "9999999999999d"
      })
  void refusesOtherTimeSpans(String written) {
    assertThat(read("t: " + written + "\n").duration("t", Duration.ofMinutes(15), SECOND, DAY))
        .isEqualTo(Duration.ofMinutes(15));
    assertThat(told())
        .singleElement()
        .asString()
        .endsWith(": expected a number with a unit, from 1s to 24h, such as 15m");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0ms",
    "250, 250ms",
    "1000, 1s",
    "90000, 90s",
    "60000, 1m",
    "3600000, 1h",
    "86400000, 24h",
    "604800000, 7d"
  })
  void writesTimeSpansInTheirLargestUnit(long millis, String written) {
    assertThat(TimeSpan.write(Duration.ofMillis(millis))).isEqualTo(written);
  }

  @Test
  void readsChoicesInAnyCaseWithDashesOrUnderscores() {
    Settings settings = read("a: cloudify-3\nb: cloudify_3\nc: standrad\nd: STANDARD\n");

    assertThat(settings.choice("a", Mode.class, Mode.STANDARD)).isEqualTo(Mode.CLOUDIFY_3);
    assertThat(settings.choice("b", Mode.class, Mode.STANDARD)).isEqualTo(Mode.CLOUDIFY_3);
    assertThat(settings.choice("c", Mode.class, Mode.CLOUDIFY_3)).isEqualTo(Mode.CLOUDIFY_3);
    assertThat(settings.choice("d", Mode.class, Mode.CLOUDIFY_3)).isEqualTo(Mode.STANDARD);
    assertThat(told())
        .containsExactly(
            "3 c = \"standrad\": expected one of standard, cloudify-3; did you mean \"standard\"?");
  }

  @Test
  void resolvesPathsAgainstTheFolderOfTheDocumentAndTheHomeOfTheUser() {
    Settings settings = read("a: users.yaml\nb: /etc/users.yaml\nc: ~/users.yaml\nd: \"a\\0b\"\n");

    assertThat(settings.file("a")).isEqualTo(folder.resolve("users.yaml"));
    assertThat(settings.file("b")).isEqualTo(Path.of("/etc/users.yaml"));
    assertThat(settings.file("c"))
        .isEqualTo(Path.of(System.getProperty("user.home"), "users.yaml"));
    assertThat(settings.file("d")).isAbsolute();
    assertThat(told()).containsExactly("4 d = \"a\\u0000b\": expected the path of a file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " null", " ~", " []"})
  void takesNothingForTheEmptyList(String written) {
    Settings settings = read("l:" + written + "\n");

    assertThat(settings.texts("l")).isEmpty();
    assertThat(settings.sections("l")).isEmpty();
    assertThat(settings.has("l")).isTrue();
    assertThat(told()).isEmpty();
  }

  @Test
  void readsListsOfTexts() {
    Settings settings = read("a: [x, no, ~]\nb: x\nc: 'null'\nd: [x, '', [y]]\ne: {x: y}\n");

    assertThat(settings.texts("a")).containsExactly("x", "no", "~");
    assertThat(settings.texts("b")).containsExactly("x");
    assertThat(settings.texts("c")).containsExactly("null");
    assertThat(settings.texts("d")).containsExactly("x");
    assertThat(settings.texts("e")).isEmpty();
    assertThat(told())
        .containsExactly(
            "4 d.2 = \"\": expected a text that is not empty",
            "4 d.3: expected a text or a list of texts, found a list",
            "5 e: expected a text or a list of texts, found a mapping");
  }

  @Test
  void readsListsOfMappings() {
    Settings settings =
        read("a: [{k: 1}, {k: 2}]\nb: {x: {k: 3}, y: {k: 4}}\nc: [x]\nd: x\ne: {k: v}\n");

    assertThat(settings.sections("a")).extracting(s -> s.text("k")).containsExactly("1", "2");
    assertThat(settings.sections("b")).extracting(s -> s.text("k")).containsExactly("3", "4");
    assertThat(settings.sections("c")).isEmpty();
    assertThat(settings.sections("d")).isEmpty();
    assertThat(settings.sections("e")).isEmpty();
    assertThat(told())
        .containsExactly(
            "3 c.1 = \"x\": expected a mapping, found a text",
            "4 d = \"x\": expected a list of mappings, found a text",
            "5 e: expected a list of mappings, found a mapping");
  }

  @Test
  void takesAnEmptySectionForOneWithoutKeys() {
    Settings settings = read("a:\nb: x\n");

    settings.section("a").text("k");
    settings.optionalSection("b").orElseThrow().text("not told, since its section is wrong");

    assertThat(told())
        .containsExactly(
            "1 a.k: is missing; expected a text", "2 b = \"x\": expected a mapping, found a text");
  }

  @Test
  void refusesListsAndMappingsInPlaceOfTexts() {
    Settings settings = read("a: [x]\nb: {c: d}\n");

    settings.text("a");
    settings.integer("b", 1, 1, 9);

    assertThat(told())
        .containsExactly(
            "1 a: expected a text, found a list",
            "2 b: expected a whole number from 1 to 9, found a mapping");
  }

  @Test
  void reportsKeysThatNobodyAskedForWithTheNearestOneThatSomebodyDid() {
    DocumentSettings settings =
        read("a:\n  passowrd_hash: x\n  path: p\n  paths: q\nb: [{c: d}]\nz: {y: x}\n");
    Settings section = settings.section("a");
    section.optionalSecret("password_hash");
    section.text("path");
    settings.sections("b").get(0).has("e");

    settings.reportUnknownKeys();

    assertThat(told())
        .containsExactlyInAnyOrder(
            "2 a.passowrd_hash: unknown key; did you mean \"password_hash\"?",
            "4 a.paths: unknown key; remove it, known here: password_hash, path",
            "5 b.1.c: unknown key; remove it, known here: e",
            "6 z: unknown key; remove it, known here: a, b");
  }

  @Test
  void askingForTheNamesOfKeysAsksForNoneOfThem() {
    DocumentSettings settings = read("a: 1\nb: 2\n");

    assertThat(settings.keys()).containsExactly("a", "b");
    settings.reportUnknownKeys();

    assertThat(told())
        .containsExactly("1 a: unknown key; remove it", "2 b: unknown key; remove it");
  }

  @Test
  void addsUpWhatWasAskedForWhenASectionIsReadTwice() {
    DocumentSettings settings = read("a: {b: 1, c: 2}\n");
    settings.section("a").text("b");
    settings.optionalSection("a").orElseThrow().text("c");

    settings.reportUnknownKeys();

    assertThat(told()).isEmpty();
  }

  @Test
  void letsAReaderRejectWhatItHasRead() {
    Settings settings = read("a:\n  store: staf\n").section("a");
    settings.text("store");

    settings.reject("store", "no such userstore");
    settings.reject("absent", "expected at least one");
    settings.reject("these do not go together");

    assertThat(told())
        .containsExactly(
            "2 a.store = \"staf\": no such userstore",
            "2 a.absent: expected at least one",
            "2 a: these do not go together");
  }

  @Test
  void doesNotTellTwiceThatAValueIsWrong() {
    Settings settings = read("n: x\n");
    settings.integer("n", 1, 1, 9);
    settings.text("absent");

    settings.reject("n", "too small");
    settings.reject("absent", "not known");

    assertThat(told())
        .containsExactly(
            "1 n = \"x\": expected a whole number from 1 to 9",
            "1 absent: is missing; expected a text");
  }

  @Test
  void showsNoValueThatMayBeSecret() {
    Settings settings = read(
        "plain: hunter2\npassword: hunter2\nkeys: [{id: hunter2}]\nhashes: {a: {b: hunter2}}\nlist_of_tokens: [[hunter2], hunter2]\n");
    settings.secret("plain");

    settings.reject("plain", "wrong");
    settings.flag("password", false);
    settings.sections("keys").get(0).flag("id", false);
    settings.section("hashes").section("a").flag("b", false);
    settings.texts("list_of_tokens");

    assertThat(problems.list())
        .hasSize(5)
        .allSatisfy(problem -> assertThat(problem.value()).isNull());
    assertThat(problems.render("stopped") + settings).doesNotContain("hunter2");
  }

  @Test
  void showsHarmlessSettingsOfTheTokenGenerator() {
    Settings settings = read("token_generator: {properties: {expires_in_seconds: 10m}}\n");

    settings
        .section("token_generator")
        .section("properties")
        .integer("expires_in_seconds", 600, 1, 86_400);

    assertThat(told().get(0)).contains("\"10m\"");
  }

  @Test
  void tellsWhereItStands() {
    DocumentSettings settings = read("\na:\n  - b: c\n");

    assertThat(settings.location()).isEqualTo(folder.resolve("s.yaml") + ", line 2");
    assertThat(settings.sections("a").get(0).location()).endsWith("s.yaml, line 3, a.1");
  }

  @Test
  void expandsNoReferencesInData() {
    assertThat(read("a: ${env:HOME}\n").text("a")).isEqualTo("${env:HOME}");
    assertThat(told()).isEmpty();
  }
}
