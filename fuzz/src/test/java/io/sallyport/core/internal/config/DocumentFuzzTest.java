package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.core.internal.rules.RolesFile;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Mutants;
import io.sallyport.fuzz.Scratch;
import io.sallyport.spi.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Whatever a file holds, read as YAML or as JSON, as a whole or element by element, as a document or as
 * a roles file: it gives settings, or problems that name the file and a line of it, and nothing is
 * thrown. A JSON file is one that begins with a brace.
 */
class DocumentFuzzTest {

  private static final Scratch SCRATCH = new Scratch();

  /** A few hundred lines may stand for a million values, each of which may be looked at. */
  private static final Bounds BOUNDS = new Bounds(Duration.ofSeconds(5), 512 * 1024 * 1024);

  @DictionaryFile(resourcePath = "DocumentFuzzTest.dict")
  @FuzzTest
  void givesSettingsOrProblems(byte[] input) {
    boolean json = input.length > 0 && input[0] == '{';
    Path file = SCRATCH.write(json ? "fuzzed.json" : "fuzzed.yaml", input);
    int lines = 1;
    for (byte b : input) {
      lines += b == '\n' || b == '\r' || b == (byte) 0x85 || b == (byte) 0xa8 || b == (byte) 0xa9
          ? 1
          : 0;
    }
    int last = lines;

    BOUNDS.check(() -> {
      check(file, last, document -> visit(document.settings(), 0));
      check(
          file,
          last,
          document -> document.settings("users", user -> user.optionalText("username")));
      check(file, last, RolesFile::read);
    });
  }

  @Test
  void holdsForMutants() {
    Mutants.of(DocumentFuzzTest.class).check(500, this::givesSettingsOrProblems);
  }

  private interface Reader {
    void read(ConfigurationDocument document);
  }

  private static void check(Path file, int lines, Reader reader) {
    var problems = new Problems();
    var document = new ConfigurationDocument(file, ReadOptions.data(), problems);
    reader.read(document);
    document.reportUnknownKeys();

    for (Problem problem : problems.list()) {
      assertThat(problem.file()).isEqualTo(document.label());
      assertThat(problem.line()).as(problem.toString()).isBetween(0, lines);
      assertThat(problem.text()).isNotBlank();
    }
    if (!problems.isEmpty()) {
      assertThat(problems.render("not started"))
          .startsWith(document.label() + ": ")
          .matches("[^\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]*");
    }
  }

  /** Asks for everything in every way in which it can be asked for. */
  private static void visit(Settings settings, int depth) {
    if (depth > 4) {
      return;
    }
    int left = 20;
    for (String key : settings.keys()) {
      if (left-- == 0) {
        return;
      }
      assertThat(settings.has(key)).isIn(true, false);
      settings.optionalText(key);
      settings.flag(key, true);
      settings.integer(key, 1, 0, 10);
      settings.duration(key, Duration.ofSeconds(1), Duration.ZERO, Duration.ofDays(1));
      settings.choice(key, Thread.State.class, Thread.State.NEW);
      settings.texts(key);
      Optional<Settings> section = settings.optionalSection(key);
      section.ifPresent(inner -> visit(inner, depth + 1));
      if (section.isEmpty()) {
        settings.sections(key).stream().limit(20).forEach(inner -> visit(inner, depth + 1));
      }
    }
  }
}
