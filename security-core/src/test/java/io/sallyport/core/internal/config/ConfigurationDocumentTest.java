package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConfigurationDocumentTest {

  @TempDir
  Path folder;

  private final Problems problems = new Problems();

  private DocumentSettings yaml(String text) {
    return read("test.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  private DocumentSettings json(String text) {
    return read("test.json", text.getBytes(StandardCharsets.UTF_8));
  }

  private DocumentSettings read(String name, byte[] bytes) {
    try {
      return ConfigurationDocument.read(
          Files.write(folder.resolve(name), bytes), ReadOptions.data(), problems);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> streamed(String name, String text) throws IOException {
    List<String> users = new ArrayList<>();
    Path file = Files.writeString(folder.resolve(name), text);
    new ConfigurationDocument(file, ReadOptions.data(), problems)
        .settings("users", user -> users.add(user.text("name")));
    return users;
  }

  private String onlyProblem() {
    assertThat(problems.list()).hasSize(1);
    Problem problem = problems.list().get(0);
    return problem.line() + " " + problem.key() + ": " + problem.text();
  }

  @Test
  void readsYaml() {
    var settings = yaml("name: no\noctal: 010\nnothing: ~\nquoted: 'it''s'\nlist: [a, b]\n");

    assertThat(settings.text("name")).isEqualTo("no");
    assertThat(settings.text("octal")).isEqualTo("010");
    assertThat(settings.text("nothing")).isEqualTo("~");
    assertThat(settings.text("quoted")).isEqualTo("it's");
    assertThat(settings.texts("list")).containsExactly("a", "b");
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void readsJson() {
    var settings = json(
        "{\"name\": \"\\u00e9\", \"n\": 1e5, \"yes\": true, \"none\": null, \"m\": {\"k\": [\"a\"]}}");

    assertThat(settings.text("name")).isEqualTo("é");
    assertThat(settings.text("n")).isEqualTo("1e5");
    assertThat(settings.flag("yes", false)).isTrue();
    assertThat(settings.texts("none")).isEmpty();
    assertThat(settings.section("m").texts("k")).containsExactly("a");
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void acceptsAByteOrderMark() {
    assertThat(yaml("\uFEFFname: a\n").text("name")).isEqualTo("a");
    assertThat(json("\uFEFF{\"name\": \"b\"}").text("name")).isEqualTo("b");
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void keepsCharactersThatStraddleABufferWhole() {
    String value = "x".repeat(65_530) + "😀é漢".repeat(1_000);

    assertThat(yaml("name: " + value + "\n").text("name")).isEqualTo(value);
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "\n\n", "---\n...\n"})
  void refusesAnEmptyYamlFile(String text) {
    yaml(text);

    assertThat(onlyProblem()).containsAnyOf("the file is empty", "a mapping is expected");
  }

  @Test
  void refusesAnEmptyJsonFile() {
    json(" \n");

    assertThat(onlyProblem()).contains("the file is empty");
  }

  @Test
  void refusesAMissingFileAndADirectory() throws IOException {
    ConfigurationDocument.read(folder.resolve("none.yaml"), ReadOptions.data(), problems);
    Path directory = Files.createDirectory(folder.resolve("d.yaml"));
    ConfigurationDocument.read(directory, ReadOptions.data(), problems);

    assertThat(problems.list())
        .extracting(Problem::text)
        .containsExactly(
            "the file is not there; check the path, or create it",
            "this is a directory; a file is expected");
  }

  @Test
  void refusesAFileThatItMayNotRead() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "a: b\n");
    boolean hidden = file.toFile().setReadable(false) && !Files.isReadable(file);

    ConfigurationDocument.read(file, ReadOptions.data(), problems);

    // the superuser reads it all the same
    assertThat(problems.isEmpty()).isEqualTo(!hidden);
  }

  @Test
  void refusesBytesThatAreNotUtf8AndSaysWhere() {
    read("test.yaml", new byte[] {'a', ':', ' ', (byte) 0xE9, '\n'});

    assertThat(onlyProblem()).contains("not UTF-8 at byte 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C0 AF", "ED A0 80", "F4 90 80 80", "C3", "FF"})
  void refusesOverlongSurrogateAndTruncatedForms(String hex) {
    byte[] prefix = "a: ".getBytes(StandardCharsets.UTF_8);
    byte[] bad = java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
    byte[] all = java.util.Arrays.copyOf(prefix, prefix.length + bad.length);
    System.arraycopy(bad, 0, all, prefix.length, bad.length);

    read("test.yaml", all);

    assertThat(onlyProblem()).contains("not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0x1B, 0x7F, 0x80, 0x9F, 0xFFFE})
  void refusesControlCharactersWithTheirLine(int character) {
    yaml("a: b\nc: x" + (char) character + "\n");
    assertThat(onlyProblem()).startsWith("2 ").contains(String.format("U+%04X", character));
  }

  @Test
  void refusesABinaryFile() {
    read("test.json", new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0});

    assertThat(onlyProblem()).contains("binary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- a\\n- b | a mapping is expected",
        "text | a mapping is expected",
        "a: 1\\n---\\nb: 2 | a second document begins here",
        "a: 1\\nb: 2\\na: 3 | this key is there twice, already on line 1",
        "a: !!int 1 | a tag",
        "a: !x [] | a tag",
        "a: !x {} | a tag",
        "%TAG ! tag:x,2000:\\n---\\na: 1 | a TAG directive",
        "<<: {b: 1} | a merge key",
        "? [a, b]\\n: c | a key must be a plain text",
        "? {a: b}\\n: c | a key must be a plain text",
        "a: &x b\\n*x : c | a key must be a plain text",
        "\"\": b | a key is missing",
        "a: *x | an alias without an anchor",
        "a: &x [*x] | an alias inside of what it refers to",
        "a: &x {b: [*x]} | an alias inside of what it refers to",
        "a:\\n\\tb: c | a tab",
        "a: b: c | a colon where no value may begin",
        "a: [b | lacks a comma or its closing bracket",
        "a: 'b | does not end",
        "a: \"\\\\q\" | unknown escape",
        "a: \"\\\\ud800\" | half a character",
        "a: \"\\\\U00A\" | not valid YAML",
        "a: \"\\\\xZZ\" | not valid YAML",
        "a: 1\\n b: 2 | a colon where no value may begin",
        "a:\\n  b: 1\\n c: 2 | check the indentation",
        "a: 1\\nb | a key without a colon"
      })
  void refusesYamlThatIsNotAPlainTree(String text, String problem) {
    yaml(text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\"));

    assertThat(onlyProblem()).contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | a mapping is expected",
        "1 | a mapping is expected",
        "{\"a\": 1} {} | something follows the end",
        "{\"a\": 1, \"a\": 2} | this key is there twice",
        "{\"\": 1} | a key is missing",
        "{\"a\": \"\\\\udc00\"} | half a character",
        "{'a': 1} | not valid JSON",
        "{\"a\": 1,} | not valid JSON",
        "{\"a\": 01} | not valid JSON",
        "{\"a\": NaN} | not valid JSON",
        "{\"a\": 1 /* x */} | not valid JSON",
        "{\"a\": [1 | ends in the middle",
        "{\"a | ends in the middle"
      })
  void refusesJsonThatIsNotStrict(String text, String problem) {
    json(text.replace("\\\\", "\\"));

    assertThat(onlyProblem()).contains(problem);
  }

  @Test
  void takesAQuotedMergeSignForAPlainKey() {
    assertThat(yaml("'<<': a\n").text("<<")).isEqualTo("a");
    assertThat(json("{\"<<\": \"b\"}").text("<<")).isEqualTo("b");
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void reportsSeveralProblemsAtOnceEachWithItsLine() {
    yaml("a: 1\na: 2\nb: !t x\nc: {d: [e, {f: *g}]}\n");

    assertThat(problems.list())
        .extracting(problem -> problem.line() + " " + problem.key())
        .containsExactly("2 a", "3 b", "4 c.d.2.f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: hunter2: x\n",
        "a: *hunter2\n",
        "a: !hunter2 x\n",
        "a: !hunter2!x y\n",
        "a: %hunter2\n",
        "a: 'hunter2\n",
        "a: \"hunter2\\q\"\n",
        "a: @hunter2\n",
        "a: `hunter2`\n",
        "a: [hunter2\n",
        "a: &hunter2 b\nc: *hunter2x\n",
        "%hunter2 x\n---\na: b: c\n"
      })
  void neverQuotesTheDocumentInAProblemOfYaml(String text) {
    yaml(text);

    assertThat(problems.isEmpty()).isFalse();
    assertThat(problems.render("stopped")).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": hunter2}",
        "{\"a\": \"hunter2}",
        "{\"a\": \"hunter2\" \"b\"}",
        "{\"a\": \"hunter2\\q\"}"
      })
  void neverQuotesTheDocumentInAProblemOfJson(String text) {
    json(text);

    assertThat(problems.isEmpty()).isFalse();
    assertThat(problems.render("stopped")).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"test.yaml", "test.json"})
  void boundsNesting(String name) {
    // the document's own mapping is the first level
    String deepest = "{\"a\": " + "[".repeat(49) + "]".repeat(49) + "}";
    read(name, deepest.getBytes(StandardCharsets.UTF_8));
    assertThat(problems.list()).isEmpty();

    String tooDeep = "{\"a\": " + "[".repeat(50) + "]".repeat(50) + "}";
    read(name, tooDeep.getBytes(StandardCharsets.UTF_8));
    assertThat(onlyProblem()).contains("nested deeper than 50 levels");
  }

  @Test
  void isNotOverwhelmedByABottomlessFile() {
    yaml("a: " + "[".repeat(1_000_000));
    assertThat(onlyProblem()).contains("nested deeper");
  }

  @Test
  void boundsTheNumberOfAliases() {
    yaml("a: &x b\nc: [" + "*x, ".repeat(1_000) + "]\n");
    assertThat(problems.list()).isEmpty();

    yaml("a: &x b\nc: [" + "*x, ".repeat(1_001) + "]\n");
    assertThat(onlyProblem()).contains("more than 1000 aliases");
  }

  @Test
  void boundsWhatAliasesExpandTo() {
    var laughs = new StringBuilder("l0: &l0 [a, a, a, a, a, a, a, a, a, a]\n");
    for (int i = 1; i <= 9; i++) {
      String ten = ("*l" + (i - 1) + ", ").repeat(10);
      laughs
          .append("l")
          .append(i)
          .append(": &l")
          .append(i)
          .append(" [")
          .append(ten)
          .append("]\n");
    }

    yaml(laughs.toString());

    assertThat(onlyProblem()).contains("more than 1000000 values");
  }

  @Test
  void sharesWhatAnAliasRefersTo() {
    var settings = yaml("a: &x {k: v}\nb: *x\nc: *x\n");

    assertThat(settings.section("c").text("k")).isEqualTo("v");
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void boundsTheNumberOfValues() {
    json("{\"a\": [" + "1,".repeat(1_000_001) + "1]}");

    assertThat(onlyProblem()).contains("more than 1000000 values");
  }

  @ParameterizedTest
  @ValueSource(strings = {"test.yaml", "test.json"})
  void boundsTheLengthOfAText(String name) {
    String longest = "x".repeat(1024 * 1024);
    var settings = read(name, ("{\"a\": \"" + longest + "\"}").getBytes(StandardCharsets.UTF_8));
    assertThat(settings.text("a")).hasSize(1024 * 1024);
    assertThat(problems.list()).isEmpty();

    read(name, ("{\"a\": \"x" + longest + "\"}").getBytes(StandardCharsets.UTF_8));
    assertThat(problems.list()).hasSize(1);
  }

  @Test
  void doesNotGatherAnEndlessText() throws IOException {
    List<String> users =
        streamed("test.yaml", "users:\n- name: a\n- name: 'x" + "y".repeat(3 << 20));

    assertThat(users).containsExactly("a");
    assertThat(onlyProblem()).startsWith("3 ").contains("is a quote missing?");
  }

  @Test
  void boundsTheSizeOfAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("big.yaml"), "a: b\n");
    var options = new ReadOptions(false, name -> null, 5, 6);
    ConfigurationDocument.read(file, options, problems);
    assertThat(problems.list()).isEmpty();

    Files.writeString(file, "a: bc\n");
    ConfigurationDocument.read(file, options, problems);
    assertThat(onlyProblem()).contains("larger than 5 bytes");

    var streaming = new Problems();
    new ConfigurationDocument(file, options, streaming).settings("users", user -> {});
    assertThat(streaming.list()).isEmpty();
  }

  @Test
  void refusesAHugeFileWithoutReadingIt() throws IOException {
    Path file = folder.resolve("huge.yaml");
    try (var huge = new RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(10L << 30);
    }

    ConfigurationDocument.read(file, ReadOptions.data(), problems);

    assertThat(onlyProblem()).contains("larger than 16777216 bytes");
  }

  @Test
  void handsOverTheElementsOfAListInTheirOrder() throws IOException {
    assertThat(streamed("a.yaml", "x: 1\nusers:\n- {name: a}\n- name: b\ny: 2\n"))
        .containsExactly("a", "b");
    assertThat(streamed("a.json", "{\"users\": [{\"name\": \"a\"}, {\"name\": \"b\"}], \"y\": 2}"))
        .containsExactly("a", "b");
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void handsOverTheValuesOfAMappingWhoseKeysAreLabels() throws IOException {
    assertThat(streamed("a.yaml", "users:\n  one: {name: a}\n  two: {name: b}\n"))
        .containsExactly("a", "b");
    assertThat(problems.list()).isEmpty();

    streamed("a.yaml", "users:\n  one: {name: a}\n  one: {name: b}\n");
    assertThat(onlyProblem()).isEqualTo("3 users.one: this key is there twice; remove one");
  }

  @Test
  void handsOverAListThatAnAliasRefersTo() throws IOException {
    assertThat(streamed("a.yaml", "x: &u [{name: a}]\nusers: *u\n")).containsExactly("a");
    assertThat(streamed("a.yaml", "x: &u {name: a}\nusers: [*u, *u]\n")).containsExactly("a", "a");
    assertThat(streamed("a.yaml", "x: &u {l: {name: a}}\nusers: *u\n")).containsExactly("a");
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void doesNotKeepAStreamedListForAliases() throws IOException {
    streamed("a.yaml", "users: &u [{name: a}]\nx: *u\n");

    assertThat(onlyProblem()).contains("an alias of a list that is read element by element");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " []", " {}", " null", " ~"})
  void takesAnEmptyListForNoElements(String written) throws IOException {
    assertThat(streamed("a.yaml", "users:" + written + "\n")).isEmpty();
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void leavesAnEmptyListBehindTheElementsSoThatItsPresenceIsKnown() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "users: [{name: a}]\nb: c\n");

    var rest = new ConfigurationDocument(file, ReadOptions.data(), problems)
        .settings("users", user -> user.text("name"));

    assertThat(rest.has("users")).isTrue();
    assertThat(rest.sections("users")).isEmpty();
    assertThat(rest.text("b")).isEqualTo("c");
  }

  @Test
  void namesTheElementThatIsWrong() throws IOException {
    streamed("a.yaml", "users:\n- name: a\n- b\n- name: c\n  nmae: d\n- [e]\n- {}\n");

    assertThat(problems.list())
        .extracting(problem -> problem.line() + " " + problem.key() + " " + problem.text())
        .containsExactly(
            "3 users.2 a mapping is expected here, found a text",
            "5 users.3.nmae unknown key; remove it, known here: name",
            "6 users.4 a mapping is expected here, found a list",
            "7 users.5.name is missing; expected a text");
  }

  @Test
  void refusesATextInPlaceOfTheList() throws IOException {
    streamed("a.yaml", "users: alice\n");

    assertThat(onlyProblem()).isEqualTo("1 users: a list of mappings is expected");
  }

  @Test
  void saysNothingMoreAboutADocumentThatCannotBeRead() {
    var settings = yaml("a: [\n");

    settings.text("required");
    settings.section("section").text("other");
    settings.reject("wrong");
    settings.reportUnknownKeys();

    assertThat(problems.list()).hasSize(1);
  }
}
