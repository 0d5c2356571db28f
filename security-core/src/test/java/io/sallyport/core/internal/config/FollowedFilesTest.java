package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.internal.config.FollowedFiles.BrokenFile;
import io.sallyport.spi.ConfigurationFiles.Document;
import io.sallyport.spi.ConfigurationFiles.Reloadable;
import io.sallyport.spi.InvalidSettingsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that changes a file, with the system's watching of folders and without it. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
@Timeout(120)
class FollowedFilesTest {

  @Parameter
  boolean watched;

  @TempDir
  Path folder;

  private Path file;
  private FollowedFiles files;
  private final AtomicInteger readings = new AtomicInteger();

  @BeforeEach
  void begin() throws IOException {
    Supplier<FolderWatch> watches = watched ? FolderWatch::open : FolderWatch::blind;
    files = new FollowedFiles(Pace.USUAL, watches);
    file = Files.writeString(folder.resolve("users.yaml"), "value: first\n");
  }

  @AfterEach
  void end() {
    files.close();
  }

  private Reloadable<String> follow(Path path) {
    return files.load("userstore", path, this::value);
  }

  private String value(Document document) {
    readings.incrementAndGet();
    return document.settings().text("value");
  }

  private void write(String value) throws IOException {
    Files.writeString(file, "value: " + value + "\n");
  }

  private void replace(String value) throws IOException {
    Path next = Files.writeString(folder.resolve(".users.yaml.swp"), "value: " + value + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void untilItSays(String value, Reloadable<String> content) {
    Eventually.until("content " + value, () -> content.current().equals(value));
  }

  private void untilBroken() {
    Eventually.until("broken", () -> !files.brokenFiles().isEmpty());
  }

  private void untilMended() {
    Eventually.until("mended", () -> files.brokenFiles().isEmpty());
  }

  @Test
  void takesUpAFileThatIsWrittenInPlace() throws IOException {
    var content = follow(file);
    assertThat(content.current()).isEqualTo("first");

    write("second");

    untilItSays("second", content);
  }

  @Test
  void takesUpEveryOneOfSeveralChanges() throws IOException {
    var content = follow(file);

    for (int i = 0; i < 3; i++) {
      write("number " + i);
      untilItSays("number " + i, content);
    }
  }

  @Test
  void takesUpAnEditorsRename() throws IOException {
    var content = follow(file);

    replace("second");
    untilItSays("second", content);

    replace("third");
    untilItSays("third", content);
  }

  @Test
  void takesUpALinkThatPointsElsewhere() throws IOException {
    Path other = Files.writeString(folder.resolve("other.yaml"), "value: other\n");
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
    var content = follow(link);

    Files.move(
        Files.createSymbolicLink(folder.resolve("next"), other),
        link,
        StandardCopyOption.ATOMIC_MOVE);
    untilItSays("other", content);

    Files.writeString(other, "value: written through the link\n");
    untilItSays("written through the link", content);
  }

  @Test
  void takesUpAChangeOfTheTargetInAnotherFolder() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path target = Files.writeString(elsewhere.resolve("target"), "value: target\n");
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), target);
    var content = follow(link);

    Files.writeString(target, "value: changed\n");

    untilItSays("changed", content);
  }

  @Test
  void takesUpAFolderThatIsSwappedByItsLinkAsKubernetesDoes() throws IOException {
    Path first = Files.createDirectory(folder.resolve("..2024_1"));
    Path second = Files.createDirectory(folder.resolve("..2024_2"));
    Files.writeString(first.resolve("roles.yaml"), "value: old\n");
    Files.writeString(second.resolve("roles.yaml"), "value: new\n");
    Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
    Path roles =
        Files.createSymbolicLink(folder.resolve("roles.yaml"), Path.of("..data/roles.yaml"));
    var content = follow(roles);
    assertThat(content.current()).isEqualTo("old");

    Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), second.getFileName());
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

    untilItSays("new", content);
  }

  @Test
  void keepsTheLastGoodContentWhileTheFileIsMissing() throws IOException {
    var content = follow(file);

    Files.delete(file);
    untilBroken();
    assertThat(content.current()).isEqualTo("first");
    assertThat(files.brokenFiles().get(0).message()).contains("the file is not there");

    write("second");
    untilItSays("second", content);
    untilMended();
  }

  @Test
  void keepsTheLastGoodContentWhileAFolderIsInThePlaceOfTheFile() throws IOException {
    var content = follow(file);

    Files.delete(file);
    Files.createDirectory(file);
    untilBroken();

    assertThat(content.current()).isEqualTo("first");
    assertThat(files.brokenFiles().get(0).message()).contains("directory");
  }

  @Test
  void isMendedByTheReturnOfTheGoodContent() throws IOException {
    var content = follow(file);
    Files.delete(file);
    untilBroken();

    write("first");
    untilMended();

    assertThat(content.current()).isEqualTo("first");
    assertThat(readings).hasValue(2);
  }

  @Test
  void keepsTheLastGoodContentWhileTheFileIsHalfWritten() throws IOException {
    var content = follow(file);

    Files.writeString(file, "value: 'sec");
    untilBroken();
    assertThat(content.current()).isEqualTo("first");
    assertThat(files.brokenFiles())
        .extracting(BrokenFile::what, BrokenFile::file)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("userstore", file));

    Files.writeString(file, "value: 'second'\n");
    untilItSays("second", content);
    untilMended();
  }

  @Test
  void waitsForTheRestOfAFileThatEndsInTheMiddleOfALine() throws IOException {
    var pace = new Pace(
        Duration.ofMillis(50),
        Duration.ofMillis(20),
        Duration.ofHours(1),
        Duration.ofHours(1),
        Duration.ofHours(1));
    Path other = Files.writeString(folder.resolve("other.yaml"), "value: one\n");
    try (var patient = new FollowedFiles(pace, FolderWatch::blind)) {
      var content = patient.load("userstore", file, this::value);
      var marker = patient.load("userstore", other, this::value);

      Files.writeString(file, "value: sec");
      Files.writeString(other, "value: two\n");
      untilItSays("two", marker);
      Files.writeString(other, "value: three\n");
      untilItSays("three", marker);
      assertThat(content.current()).isEqualTo("first");

      Files.writeString(file, "value: second\n");
      untilItSays("second", content);
    }
  }

  @Test
  void takesUpAFileWithoutALineBreakAtItsEnd() throws IOException {
    var content = follow(file);

    Files.writeString(file, "value: second");

    untilItSays("second", content);
  }

  @Test
  void keepsTheLastGoodContentWhileSettingsAreWrong() throws IOException {
    var content = follow(file);

    Files.writeString(file, "value: a\nvalues: b\nvalues: c\n");
    untilBroken();

    assertThat(content.current()).isEqualTo("first");
    assertThat(files.brokenFiles().get(0).message())
        .contains(
            "2 problems, the last good content stays in force", "line 2  values", "line 3  values");
  }

  @Test
  void readsABrokenContentOnlyOnce() throws IOException {
    follow(file);
    Files.writeString(file, "value: [\n");
    untilBroken();
    int before = readings.get();

    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    Files.writeString(file, "value: [\n");
    Files.writeString(folder.resolve("second.yaml"), "value: x\n");
    var second = follow(folder.resolve("second.yaml"));
    Files.writeString(folder.resolve("second.yaml"), "value: y\n");
    untilItSays("y", second);

    // the second file was taken up after the first was looked at, and needed two readings
    assertThat(readings).hasValue(before + 2);
  }

  @Test
  void triesAgainWhatFailedForLackOfMemory() throws IOException {
    AtomicInteger failures = new AtomicInteger(2);
    files.close();
    files = new FollowedFiles(
        new Pace(
            Pace.USUAL.look(),
            Pace.USUAL.quiet(),
            Pace.USUAL.midLine(),
            Pace.USUAL.patience(),
            Duration.ofMillis(200)),
        watched ? FolderWatch::open : FolderWatch::blind);
    var content = files.load("userstore", file, document -> {
      String value = document.settings().text("value");
      if (value.equals("second") && failures.getAndDecrement() > 0) {
        throw new OutOfMemoryError("on purpose");
      }
      return value;
    });

    write("second");

    untilItSays("second", content);
    untilMended();
  }

  @Test
  void takesUpTwoFilesThatBelongTogetherOnceBothFit() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "1");
    Files.writeString(file, "1");
    var pair = files.load(new Pair(file, other));

    Files.writeString(file, "2");
    Eventually.until("refused", () -> broken().contains("they do not go together"));
    assertThat(pair.current()).isEqualTo("1 1");
    assertThat(files.brokenFiles()).extracting(BrokenFile::file).containsExactly(file);
    Files.writeString(other, "2");

    untilItSays("2 2", pair);
    untilMended();
  }

  @Test
  void putsUpWithAPairThatIsRestored() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "1");
    Files.writeString(file, "1");
    var pair = files.load(new Pair(file, other));
    Files.writeString(other, "2");
    untilBroken();

    Files.writeString(other, "1");

    untilMended();
    assertThat(pair.current()).isEqualTo("1 1");
  }

  @Test
  void triesAgainWhatMayPassAndTellsOfItOnce() throws IOException {
    AtomicInteger failures = new AtomicInteger(3);
    files.close();
    files = new FollowedFiles(
        new Pace(
            Pace.USUAL.look(),
            Pace.USUAL.quiet(),
            Pace.USUAL.midLine(),
            Pace.USUAL.patience(),
            Duration.ofMillis(50)),
        watched ? FolderWatch::open : FolderWatch::blind);
    Path other = Files.writeString(folder.resolve("other"), "1");
    Files.writeString(file, "1");
    var log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      var pair = files.load(new Pair(file, other) {
        @Override
        public String read() {
          String read = super.read();
          if (read.equals("2 2") && failures.getAndDecrement() > 0) {
            throw new InvalidSettingsException("not valid yet");
          }
          return read;
        }
      });
      Files.writeString(other, "2");
      Files.writeString(file, "2");
      untilItSays("2 2", pair);
    } finally {
      System.setErr(before);
    }

    assertThat(log.toString(StandardCharsets.UTF_8)).containsOnlyOnce("not valid yet");
  }

  @Test
  void looksAtWhatIsInForceThoughNothingChanges() throws IOException {
    AtomicInteger looks = new AtomicInteger();
    var pair = new Pair(file, file) {
      @Override
      public void look(String inForce) {
        assertThat(inForce).startsWith("value: first");
        looks.incrementAndGet();
      }
    };

    files.load(pair);

    Eventually.until("looked at", () -> looks.get() > 2);
  }

  @Test
  void survivesAContentThatThrows() throws IOException {
    var pair = files.load(new Pair(file, file) {
      @Override
      public String read() {
        if (super.read().startsWith("bad")) {
          throw new IllegalStateException("secret");
        }
        return super.read();
      }
    });

    Files.writeString(file, "bad");
    Eventually.until("failed", () -> broken().contains("java.lang.IllegalStateException"));
    assertThat(broken()).doesNotContain("secret");
    Files.writeString(file, "good");

    untilItSays("good good", pair);
  }

  @Test
  void refusesAContentThatCannotBeUsedNow() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "1");

    assertThatThrownBy(() -> files.load(new Pair(file, other)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(file + " and " + other + """
            : 1 problem, pair was not loaded
              they do not go together""");
  }

  /** Two files that go together if they say the same. */
  private static class Pair implements FollowedContent<String> {

    private final Path one;
    private final Path other;

    Pair(Path one, Path other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public String what() {
      return "pair";
    }

    @Override
    public List<Path> files() {
      return List.of(one, other);
    }

    @Override
    public String read() {
      try {
        String first = Files.readString(one);
        String second = Files.readString(other);
        if (!first.equals(second)) {
          throw new InvalidSettingsException("they do not go together");
        }
        return first + " " + second;
      } catch (IOException e) {
        throw new InvalidSettingsException(e.toString());
      }
    }
  }

  @Test
  void doesNothingWhenAFileIsMerelyTouched() throws IOException {
    var content = follow(file);
    Path witness = Files.writeString(folder.resolve("witness.yaml"), "value: x\n");
    var witnessed = follow(witness);
    String before = content.current();

    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    Files.writeString(witness, "value: y\n");
    untilItSays("y", witnessed);

    assertThat(content.current()).isSameAs(before);
    assertThat(readings).hasValue(3);
  }

  @Test
  void noticesAChangeOfEqualLengthWithTheTimeSetBack() throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    var content = follow(file);

    write("fir5t");
    Files.setLastModifiedTime(file, time);

    untilItSays("fir5t", content);
  }

  @Test
  void endsWithTheLastOfTwoQuickWrites() throws IOException {
    var content = follow(file);

    write("second");
    write("third");

    untilItSays("third", content);
  }

  @Test
  void readsAFileThatNeverComesToRest() throws Exception {
    files.close();
    var restless = new Pace(
        Duration.ofMillis(50),
        Duration.ofHours(1),
        Duration.ofHours(1),
        Duration.ofMillis(300),
        Duration.ofHours(1));
    files = new FollowedFiles(restless, watched ? FolderWatch::open : FolderWatch::blind);
    var content = follow(file);

    write("second");

    untilItSays("second", content);
  }

  @Test
  void survivesAReaderThatThrows() throws IOException {
    var content = files.load("numbers", file, document -> {
      String text = document.settings().text("value");
      if (text.equals("invalid")) {
        throw new InvalidSettingsException("these do not go together");
      }
      if (text.equals("broken")) {
        throw new IllegalStateException("secret");
      }
      return text;
    });

    write("invalid");
    Eventually.until("refused", () -> broken().contains("these do not go together"));
    write("broken");
    Eventually.until("failed", () -> broken().contains("java.lang.IllegalStateException"));
    assertThat(broken()).doesNotContain("secret");
    assertThat(content.current()).isEqualTo("first");

    write("good");
    untilItSays("good", content);
  }

  private String broken() {
    List<BrokenFile> broken = files.brokenFiles();
    return broken.isEmpty() ? "" : broken.get(0).message();
  }

  @Test
  void logsWhatHappensInTheWordsOfGenerationThreeAndABrokenContentOnce() throws IOException {
    var log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    // where the logger of the tests writes
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      var content = follow(file);
      Files.writeString(file, "value: [\n");
      untilBroken();
      replace("other");
      untilItSays("other", content);
      Eventually.until("all logged", () -> ended(log) == 2);
    } finally {
      System.setErr(before);
    }

    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("Loading userstore from " + file + ".")
        .containsOnlyOnce("Failed parsing " + file
            + " file. The last good content of userstore stays in force. Error: ")
        .containsOnlyOnce("  line 2  not valid YAML");
  }

  private static int ended(ByteArrayOutputStream log) {
    return log.toString(StandardCharsets.UTF_8)
            .split("Loading of userstore ended successfully.", -1)
            .length
        - 1;
  }

  @Test
  void refusesTheStartWithAllProblemsOfTheFile() throws IOException {
    Files.writeString(file, "vlaue: a\nother: b\n");

    assertThatThrownBy(() -> follow(file))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(file + """
                : 3 problems, userstore was not loaded
                  line 1  value  is missing; expected a text
                  line 1  vlaue  unknown key; did you mean "value"?
                  line 2  other  unknown key; remove it, known here: value""");
    assertThat(files.brokenFiles()).isEmpty();
  }

  @Test
  void handsOverTheProblemsOfARefusalOneByOne() throws IOException {
    Files.writeString(file, "value: [\n");

    try {
      follow(file);
      throw new AssertionError("a broken file was loaded");
    } catch (InvalidSettingsException e) {
      assertThat(files.problemsOf(e))
          .hasValueSatisfying(problems -> assertThat(problems.count()).isEqualTo(1));
      assertThat(files.problemsOf(new InvalidSettingsException("another"))).isEmpty();
    }
  }

  @Test
  void saysNothingMoreOfAPathThatWasMissing() throws IOException {
    var problems = new Problems();
    Path missing =
        ConfigurationDocument.read(file, ReadOptions.data(), problems).file("path");

    try {
      follow(missing);
      throw new AssertionError("a stand-in was loaded");
    } catch (InvalidSettingsException e) {
      assertThat(files.problemsOf(e))
          .hasValueSatisfying(more -> assertThat(more.isEmpty()).isTrue());
    }
  }

  @Test
  void stopsFollowingWhatIsClosed() throws IOException {
    var content = follow(file);
    Path witness = Files.writeString(folder.resolve("witness.yaml"), "value: x\n");
    var witnessed = follow(witness);

    content.close();
    write("second");
    Files.writeString(witness, "value: y\n");
    untilItSays("y", witnessed);

    assertThat(content.current()).isEqualTo("first");
    assertThat(files.brokenFiles()).isEmpty();
  }

  @Test
  void endsItsThreadWhenItIsClosed() {
    follow(file);
    assertThat(threads()).isPositive();

    files.close();

    Eventually.until("no thread", () -> threads() == 0);
    assertThatThrownBy(() -> follow(file)).isInstanceOf(InvalidSettingsException.class);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("sallyport-files"))
        .count();
  }

  @Test
  void doesNotWaitForeverForAReaderWhenItIsClosed() throws Exception {
    var inside = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    files.load("slow", file, document -> {
      String text = document.settings().text("value");
      if (text.equals("second")) {
        inside.countDown();
        awaitUninterruptibly(never);
      }
      return text;
    });
    write("second");
    inside.await();

    long before = System.nanoTime();
    files.close();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    never.countDown();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean waiting = true;
    while (waiting) {
      try {
        latch.await();
        waiting = false;
      } catch (InterruptedException e) {
        // that is the point
      }
    }
  }
}
