package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Secret;
import io.sallyport.spi.ConfigurationFiles.Document;
import io.sallyport.spi.ConfigurationFiles.Edit;
import io.sallyport.spi.ConfigurationFiles.Reloadable;
import io.sallyport.spi.Settings;
import io.sallyport.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are changed where they stand, in the element {@code n: one} of the list {@code all}. */
class EditedFilesTest {

  @TempDir
  Path folder;

  private final FollowedFiles files = new FollowedFiles();

  @AfterEach
  void end() {
    files.close();
  }

  /** Gives the element {@code one} these texts. */
  private record Giving(Map<String, String> texts, boolean intended)
      implements Edit<Map<String, String>> {

    private static Giving of(String... keysAndTexts) {
      Map<String, String> texts = new LinkedHashMap<>();
      for (int i = 0; i < keysAndTexts.length; i += 2) {
        texts.put(keysAndTexts[i], keysAndTexts[i + 1]);
      }
      return new Giving(texts, true);
    }

    @Override
    public String list() {
      return "all";
    }

    @Override
    public Map<String, Secret> texts(Settings element) {
      Map<String, Secret> secrets = new LinkedHashMap<>();
      if (element.text("n").equals("one")) {
        texts.forEach((key, text) -> secrets.put(key, Secret.ofText(text)));
      }
      return secrets;
    }

    @Override
    public boolean isIntended(Map<String, String> before, Map<String, String> after) {
      Map<String, String> expected = new TreeMap<>(before);
      texts.forEach((key, text) -> expected.put("one." + key, text));
      return intended && after.equals(expected);
    }
  }

  private static Map<String, String> read(Document document) {
    Map<String, String> texts = new TreeMap<>();
    document.settings("all", element -> {
      String name = element.text("n");
      element.keys().forEach(key -> {
        if (key.equals("list")) {
          texts.put(name + "." + key, String.join(" ", element.texts(key)));
        } else {
          element.optionalText(key).ifPresent(text -> texts.put(name + "." + key, text));
        }
      });
    });
    return texts;
  }

  private Reloadable<Map<String, String>> follow(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return files.load("things", file, EditedFilesTest::read);
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all: [{n: one, p: old}] | all: [{n: one, p: \"$new,1\"}]",
        "all: [{p: 'old', n: one}] | all: [{p: '$new,1', n: one}]",
        "all: [{p: \"o\\x6cd\", n: one}] | all: [{p: \"$new,1\", n: one}]",
        "all: {x: {n: one, p: old}, y: {n: two, p: old}} | all: {x: {n: one, p: \"$new,1\"}, y: {n: two, p: old}}",
        "all:~- n: one~  p: old # old~ | all:~- n: one~  p: $new,1 # old~",
        "all:~- n: one~  p: &name old~ | ",
        "all:~- n: two~  p: &name old~- n: one~  p: *name~ | ",
        "all:~- &name~  n: one~  p: old~ | ",
        "all:~- n: one~  p:~- n: two~ | all:~- n: one~  p: $new,1~- n: two~",
        "all:~- n: one~  p: | all:~- n: one~  p: $new,1",
        "all:~- n: one~  p: null # none~ | all:~- n: one~  p: $new,1 # none~",
        "all:~  x:~    n: one~    p: >-~      old~~~    # end~ | all:~  x:~    n: one~    p: >-~      $new,1~~~    # end~",
        "all:~- n: one~  list: [p, old]~  p: old~ | all:~- n: one~  list: [p, old]~  p: $new,1~"
      })
  void changesATextWhereItStands(String before, String after) throws IOException {
    boolean refused = after == null;
    String text = before.replace('~', '\n');
    var content = follow("things.yaml", text);

    boolean edited = content.edit(Giving.of("p", "$new,1"));

    assertThat(edited).isEqualTo(!refused);
    assertThat(text("things.yaml")).isEqualTo(refused ? text : after.replace('~', '\n'));
    assertThat("$new,1".equals(content.current().get("one.p"))).isEqualTo(!refused);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all: [{n: one, p: old}] | all: [{e: \"x:1\", n: one, p: \"{new\"}]",
        "all:~-   n: one~    p: old~ | all:~-   e: \"x:1\"~    n: one~    p: \"{new\"~",
        "all:~  x:~    p: 'old'~    n: one~ | all:~  x:~    e: \"x:1\"~    p: '{new'~    n: one~",
        "all:~- ? n~  : one~  ? p~  : old~ | ",
        "all: [{n: one}] | all: [{p: \"{new\", e: \"x:1\", n: one}]"
      })
  void addsAKeyBeforeTheFirstOne(String before, String after) throws IOException {
    String text = before.replace('~', '\n');
    var content = follow("things.yaml", text);

    boolean edited = content.edit(Giving.of("p", "{new", "e", "x:1"));

    assertThat(edited).isEqualTo(after != null);
    assertThat(text("things.yaml")).isEqualTo(after == null ? text : after.replace('~', '\n'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"all\":[{\"n\":\"one\",\"p\":\"old\"}]} | {\"all\":[{\"e\": \"x\", \"n\":\"one\",\"p\":\"new\"}]}",
        "{\"all\":{\"\uD83D\uDE00\":{\"p\" : \"o\\u006cd\",\t\"n\":\"one\"}}} | {\"all\":{\"\uD83D\uDE00\":{\"e\": \"x\", \"p\" : \"new\",\t\"n\":\"one\"}}}",
        "{\"all\":[{\"n\":\"one\",\"p\":null}]} | {\"all\":[{\"e\": \"x\", \"n\":\"one\",\"p\":\"new\"}]}",
        "{\"all\":[{\"n\":\"one\",\"p\":12 ,\"q\":1}]} | {\"all\":[{\"e\": \"x\", \"n\":\"one\",\"p\":\"new\" ,\"q\":1}]}"
      })
  void editsJson(String before, String after) throws IOException {
    var content = follow("things.json", before);

    boolean edited = content.edit(Giving.of("p", "new", "e", "x"));

    assertThat(edited).isTrue();
    assertThat(text("things.json")).isEqualTo(after);
  }

  @Test
  void knowsItsOwnChangeAndGoesOnFollowing() throws IOException {
    var content = follow("things.yaml", "all:\r\n- n: one\r\n  p: old\r\n");

    assertThat(content.edit(Giving.of("p", "new", "e", "x"))).isTrue();
    assertThat(text("things.yaml")).isEqualTo("all:\r\n- e: \"x\"\r\n  n: one\r\n  p: \"new\"\r\n");
    assertThat(content.edit(Giving.of("p", "newer"))).isTrue();
    Files.writeString(folder.resolve("things.yaml"), "all: [{n: one, p: by hand}]\n");

    Eventually.until("edited by hand", () -> "by hand".equals(content.current().get("one.p")));
    assertThat(files.brokenFiles()).isEmpty();
  }

  @Test
  void leavesAFileAloneThatHasChangedAndIsNotInForce() throws IOException {
    var slow = new FollowedFiles(
        new Pace(
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1)),
        FolderWatch::blind);
    try (slow) {
      Path file = Files.writeString(folder.resolve("things.yaml"), "all: [{n: one, p: old}]");
      var content = slow.load("things", file, EditedFilesTest::read);
      for (String changed : List.of("all: [{n: one, p: mine}]", "all: [")) {
        Files.writeString(file, changed);

        assertThatThrownBy(() -> content.edit(Giving.of("p", "new")))
            .isInstanceOf(UnavailableException.class)
            .hasMessageContaining("changed");

        assertThat(text("things.yaml")).isEqualTo(changed);
        assertThat(content.current()).containsEntry("one.p", "old");
      }
    }
  }

  @Test
  void leavesABrokenFileAlone() throws IOException {
    var content = follow("things.yaml", "all: [{n: one, p: old}]\n");
    Files.writeString(folder.resolve("things.yaml"), "all: [\n");
    Eventually.until("broken", () -> !files.brokenFiles().isEmpty());

    assertThatThrownBy(() -> content.edit(Giving.of("p", "new")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("broken");
  }

  @Test
  void changesNothingThatWasNotIntended() throws IOException {
    var content = follow("things.yaml", "all: [{n: one, p: old}]");

    boolean edited = content.edit(new Giving(Map.of("p", "new"), false));

    assertThat(edited).isFalse();
    assertThat(text("things.yaml")).isEqualTo("all: [{n: one, p: old}]");
  }

  @Test
  void changesNothingWhereNothingIsToChange() throws IOException {
    var content = follow("things.yaml", "all: [{n: two, p: old}]");

    assertThat(content.edit(Giving.of("p", "new"))).isFalse();
    assertThat(folder.resolve(".things.yaml.lock")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"b", "a'b", "a\\b", "a\nb", "é"})
  void refusesTextsThatWouldNeedAnEscape(String text) throws IOException {
    var content = follow("things.yaml", "all: [{n: one, p: old}]");

    assertThatThrownBy(() -> content.edit(Giving.of("p", text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("printable ASCII");

    assertThat(text("things.yaml")).isEqualTo("all: [{n: one, p: old}]");
  }

  @Test
  void doesNotWriteFilesWithReferencesNorAfterTheEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("things.yaml"), "all: [{n: one, p: old}]");
    var withReferences =
        files.load("things", file, ReadOptions.configuration(), EditedFilesTest::read);
    var closed = follow("closed.yaml", "all: [{n: one, p: old}]");
    closed.close();

    assertThatThrownBy(() -> withReferences.edit(Giving.of("p", "new")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("references");
    assertThatThrownBy(() -> closed.edit(Giving.of("p", "new")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("not followed");
  }

  @Test
  void doesNotWriteFilesInAFormOfTheirOwn() throws IOException {
    Path file = Files.writeString(folder.resolve("own"), "x");
    Reloadable<Map<String, String>> content =
        files.load(new FollowedContent<Map<String, String>>() {
          @Override
          public String what() {
            return "own";
          }

          @Override
          public List<Path> files() {
            return List.of(file);
          }

          @Override
          public Map<String, String> read() {
            return Map.of();
          }
        });

    assertThatThrownBy(() -> content.edit(Giving.of("p", "new")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("this form");
  }
}
