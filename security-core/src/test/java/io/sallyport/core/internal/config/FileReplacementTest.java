package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.internal.config.FileReplacement.Probe;
import io.sallyport.core.internal.config.FileReplacement.Step;
import io.sallyport.core.internal.config.Source.Edited;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileReplacementTest {

  private static final String OLD = "a: old # comment\n";
  private static final String NEW = "a: new # comment\n";

  @TempDir
  Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("users.yaml"), OLD);
  }

  private Optional<Edited<String>> replace(Path path, Probe probe) throws IOException {
    return replace(path, probe, true);
  }

  private Optional<Edited<String>> replace(Path path, Probe probe, boolean accepted)
      throws IOException {
    var change = new FileChange(
        List.of(new TextChange(3, 6, old -> "new")),
        true,
        Reading.fingerprint(path, Long.MAX_VALUE));
    return new FileReplacement(path, probe)
        .replace(change, copy -> accepted ? Optional.of(read(copy)) : Optional.empty());
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> namesInFolder() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void replacesTheFileByWhatWasChecked() throws IOException {
    Edited<String> edited = replace(file, FileReplacement.NO_PROBE).orElseThrow();

    assertThat(file).hasContent(NEW.strip());
    assertThat(edited.value()).isEqualTo(NEW);
    assertThat(edited.content()).isEqualTo(Reading.fingerprint(file, Long.MAX_VALUE));
    assertThat(namesInFolder()).containsExactly(".users.yaml.lock", "users.yaml");
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void leavesTheOldFileOrTheNewOneWholeWhateverFails(Step failing) throws IOException {
    Probe probe = step -> {
      assertThat(read(file)).isEqualTo(step == Step.FORCE_FOLDER ? NEW : OLD);
      if (step == failing) {
        throw new IOException("No space left on device");
      }
    };

    if (failing == Step.FORCE_FOLDER) {
      assertThat(replace(file, probe)).isPresent();
      assertThat(read(file)).isEqualTo(NEW);
    } else {
      assertThatThrownBy(() -> replace(file, probe)).isInstanceOf(IOException.class);
      assertThat(read(file)).isEqualTo(OLD);
    }

    assertThat(namesInFolder()).isSubsetOf(".users.yaml.lock", "users.yaml");
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"MOVE", "FORCE_FOLDER"},
      mode = EnumSource.Mode.EXCLUDE)
  void neverLosesWhatSomebodyElseWrites(Step step) {
    Probe probe = now -> {
      if (now == step) {
        Files.writeString(file, "a: mine\n");
      }
    };

    assertThatThrownBy(() -> replace(file, probe))
        .isInstanceOf(UnwritableFileException.class)
        .hasMessage("somebody else has changed it");

    assertThat(read(file)).isEqualTo("a: mine\n");
  }

  @Test
  void neverLosesAnotherFileThatIsMovedThere() {
    Probe probe = now -> {
      if (now == Step.COMPARE) {
        // the same content, but no longer the same file
        Path other = Files.writeString(folder.resolve("other"), OLD);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
      }
    };

    assertThatThrownBy(() -> replace(file, probe)).isInstanceOf(UnwritableFileException.class);
  }

  @Test
  void leavesTheFileAloneWhereTheCheckRefuses() throws IOException {
    assertThat(replace(file, FileReplacement.NO_PROBE, false)).isEmpty();

    assertThat(read(file)).isEqualTo(OLD);
    assertThat(namesInFolder()).containsExactly(".users.yaml.lock", "users.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-r-----", "rw-rw-r--", "rwxrwxrwx"})
  void keepsTheModeAndIsNeverReadableByMore(String mode) throws IOException {
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
    Files.setPosixFilePermissions(file, permissions);
    Probe probe = step -> {
      for (String name : namesInFolder()) {
        if (name.startsWith(".users.yaml.new")) {
          assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
              .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
      }
    };

    replace(file, probe);

    assertThat(read(file)).isEqualTo(NEW);
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(permissions);
  }

  @Test
  void doesNotReplaceASymbolicLink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);

    assertThatThrownBy(() -> replace(link, FileReplacement.NO_PROBE))
        .isInstanceOf(UnwritableFileException.class)
        .hasMessageContaining("symbolic link");

    assertThat(link).isSymbolicLink();
    assertThat(read(file)).isEqualTo(OLD);
  }

  @Test
  void writesInTheFolderThatALinkLeadsTo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("current"), folder);

    replace(link.resolve("users.yaml"), FileReplacement.NO_PROBE);

    assertThat(link).isSymbolicLink();
    assertThat(read(file)).isEqualTo(NEW);
  }

  @Test
  void isNotMisledByALinkThatTakesTheFilesPlaceMeanwhile() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), OLD);
    Probe probe = step -> {
      if (step == Step.WRITE) {
        Files.delete(file);
        Files.createSymbolicLink(file, victim);
      }
    };

    assertThatThrownBy(() -> replace(file, probe)).isInstanceOf(IOException.class);

    assertThat(read(victim)).isEqualTo(OLD);
    assertThat(file).isSymbolicLink();
  }

  @Test
  void doesNotReplaceAFileWithSeveralNames() throws IOException {
    Path other = Files.createLink(folder.resolve("other"), file);

    assertThatThrownBy(() -> replace(file, FileReplacement.NO_PROBE))
        .isInstanceOf(UnwritableFileException.class)
        .hasMessageContaining("hard links");

    assertThat(read(other)).isEqualTo(OLD);
  }

  @Test
  void doesNotWriteAFileThatIsGone() throws IOException {
    Files.delete(file);

    assertThatThrownBy(() -> replace(file, FileReplacement.NO_PROBE))
        .isInstanceOf(UnwritableFileException.class)
        .hasMessage("this process may not write it");
  }

  @Test
  void doesNothingWhileSomebodyElseWrites() throws IOException {
    Path lock = folder.resolve(".users.yaml.lock");
    try (var channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(channel.lock().isValid()).isTrue();

      assertThatThrownBy(() -> replace(file, FileReplacement.NO_PROBE))
          .isInstanceOf(UnwritableFileException.class)
          .hasMessage("somebody else is writing it");
    }

    assertThat(replace(file, FileReplacement.NO_PROBE)).isPresent();
  }

  @Test
  void removesWhatACrashHasLeftBehindAndNothingElse() throws IOException {
    Path leftover = Files.createDirectory(folder.resolve(".users.yaml.new-123"));
    Files.writeString(leftover.resolve("users.yaml"), "half");
    Path foreign = Files.createDirectory(folder.resolve(".users.yaml.new-abc"));
    Path notOurs = Files.writeString(folder.resolve(".users.yaml.new-456"), "a file");

    replace(file, FileReplacement.NO_PROBE);

    assertThat(leftover).doesNotExist();
    assertThat(foreign).exists();
    assertThat(notOurs).exists();
  }

  @Test
  void leavesALeftoverThatHoldsMoreThanACopy() throws IOException {
    Path leftover = Files.createDirectory(folder.resolve(".users.yaml.new-123"));
    Path inside = Files.createDirectories(leftover.resolve("deeper/folder"));

    replace(file, FileReplacement.NO_PROBE);

    assertThat(inside).exists();
    assertThat(read(file)).isEqualTo(NEW);
  }

  @Test
  void refusesAChangeBehindTheEnd() {
    var change = new FileChange(
        List.of(new TextChange(300, 301, old -> "new")),
        true,
        Reading.fingerprint(file, Long.MAX_VALUE));

    assertThatThrownBy(() -> new FileReplacement(file, FileReplacement.NO_PROBE)
            .replace(change, copy -> Optional.of("whatever")))
        .isInstanceOf(IOException.class);

    assertThat(read(file)).isEqualTo(OLD);
  }
}
