package io.sallyport.core.internal.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {

  private static final Duration A_MOMENT = Duration.ofMillis(999);
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  private final AdjustableClock clock = new AdjustableClock();

  @TempDir
  private Path folder;

  @Test
  void rowL2SetsFilesAsideBeforeTheSizeIsExceededAndDeletesTheOldest() throws IOException {
    Path path = folder.resolve("audit.log");

    try (RotatingFile file = open(path, 10, 2)) {
      for (String line : List.of("11111", "22222", "33333", "44444", "55555", "66666", "77777")) {
        append(file, line.substring(1)); // with its line feed half of the size
      }
    }

    assertThat(path).hasContent("7777\n");
    assertThat(backup(path, 1)).hasContent("5555\n6666\n");
    assertThat(backup(path, 2)).hasContent("3333\n4444\n");
    assertThat(backup(path, 3)).doesNotExist();
  }

  @Test
  void rotatesForOneByteTooMany() throws IOException {
    Path path = folder.resolve("audit.log");

    try (RotatingFile file = open(path, 10, 2)) {
      append(file, "1111");
      append(file, "22222");
    }

    assertThat(path).hasContent("22222\n");
    assertThat(backup(path, 1)).hasContent("1111\n");
  }

  @Test
  void takesALineThatIsLongerThanTheSizeWhole() throws IOException {
    Path path = folder.resolve("audit.log");

    try (RotatingFile file = open(path, 3, 2)) {
      append(file, "longer than that");
      append(file, "x");
    }

    assertThat(backup(path, 1)).hasContent("longer than that\n");
    assertThat(path).hasContent("x\n");
    assertThat(backup(path, 2)).doesNotExist();
  }

  @Test
  void keepsNothingButTheCurrentFileWithoutBackups() throws IOException {
    Path path = folder.resolve("audit.log");

    try (RotatingFile file = open(path, 10, 0)) {
      append(file, "1111");
      append(file, "2222");
      append(file, "3333");
    }

    assertThat(path).hasContent("3333\n");
    assertThat(backup(path, 1)).doesNotExist();
  }

  @Test
  void invariant10LosesNoBackupToARotationThatACrashCutShort() throws IOException {
    Path path = folder.resolve("audit.log");
    Files.writeString(path, "newest\n");
    Files.writeString(backup(path, 2), "older\n"); // .1 was moved here, then the crash came
    Files.writeString(backup(path, 3), "oldest\n");

    try (RotatingFile file = open(path, 8, 3)) {
      append(file, "after");
    }

    assertThat(path).hasContent("after\n");
    assertThat(backup(path, 1)).hasContent("newest\n");
    assertThat(backup(path, 2)).hasContent("older\n");
    assertThat(backup(path, 3)).hasContent("oldest\n");
  }

  @Test
  void goesOnWhereAnEarlierRunStopped() throws IOException {
    Path path = folder.resolve("audit.log");
    Files.writeString(path, "1111\n");

    try (RotatingFile file = open(path, 10, 2)) {
      append(file, "2222");
      append(file, "3333");
    }

    assertThat(path).hasContent("3333\n");
    assertThat(backup(path, 1)).hasContent("1111\n2222\n");
  }

  @Test
  void invariant10BeginsANewLineAfterOneThatACrashLeftUnfinished() throws IOException {
    Path path = folder.resolve("audit.log");
    Files.writeString(path, "complete\nhalf a li");

    try (RotatingFile file = open(path, 1000, 2)) {
      append(file, "next");
      append(file, "last");
    }

    assertThat(path).hasContent("complete\nhalf a li\nnext\nlast\n");
  }

  @Test
  void makesFileAndFoldersAndLetsNobodyElseReadTheFile() throws IOException {
    Path path = folder.resolve("a/b/audit.log");

    try (RotatingFile file = open(path, 1000, 2)) {
      append(file, "1111");
    }

    assertThat(path).hasContent("1111\n");
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void noticesWithinASecondThatTheFileWasMovedAway() throws IOException {
    Path path = folder.resolve("audit.log");
    Path moved = folder.resolve("audit.log-20261123");

    try (RotatingFile file = open(path, 1000, 2)) {
      append(file, "before");
      Files.move(path, moved);
      clock.advance(A_MOMENT);
      append(file, "within the second");
      clock.advance(A_SECOND.minus(A_MOMENT));
      append(file, "after it");
    }

    assertThat(moved).hasContent("before\nwithin the second\n");
    assertThat(path).hasContent("after it\n");
  }

  @Test
  void noticesThatAnotherFileStandsInThePlace() throws IOException {
    Path path = folder.resolve("audit.log");

    try (RotatingFile file = open(path, 1000, 2)) {
      append(file, "before");
      Files.move(path, folder.resolve("moved"));
      Files.writeString(path, "made by logrotate\n");
      clock.advance(A_SECOND);
      append(file, "after");
    }

    assertThat(path).hasContent("made by logrotate\nafter\n");
  }

  @Test
  void noticesAMovedFileWhereTheClockWasSetBack() throws IOException {
    Path path = folder.resolve("audit.log");

    try (RotatingFile file = open(path, 1000, 2)) {
      append(file, "before");
      Files.move(path, folder.resolve("moved"));
      clock.advance(Duration.ofHours(-1));
      append(file, "after");
    }

    assertThat(path).hasContent("after\n");
  }

  @Test
  void makesTheFolderAgainWhereSomebodyDeletedIt() throws IOException {
    Path path = folder.resolve("logs/audit.log");

    try (RotatingFile file = open(path, 1000, 2)) {
      append(file, "before");
      Files.delete(path);
      Files.delete(path.getParent());
      clock.advance(A_SECOND);
      append(file, "after");
    }

    assertThat(path).hasContent("after\n");
  }

  @Test
  void doesNotRotateAFileThatWasEmptiedInItsPlace() throws IOException {
    Path path = folder.resolve("audit.log");

    try (RotatingFile file = open(path, 12, 2)) {
      append(file, "1111");
      append(file, "2222");
      Files.writeString(path, "");
      append(file, "3333");
    }

    assertThat(path).hasContent("3333\n");
    assertThat(backup(path, 1)).doesNotExist();
  }

  @Test
  void doesNotRotateAFileThatSomebodyElseHasJustRotated() throws IOException {
    Path path = folder.resolve("audit.log");

    try (RotatingFile file = open(path, 10, 2)) {
      append(file, "1111");
      append(file, "2222");
      Files.move(path, folder.resolve("moved"));
      append(file, "3333");
    }

    assertThat(path).hasContent("3333\n");
    assertThat(folder.resolve("moved")).hasContent("1111\n2222\n");
    assertThat(backup(path, 1)).doesNotExist();
  }

  @Test
  void growsRatherThanLosesALineWhereItCannotRotateAndTriesAgainAfterASecond() throws IOException {
    Path path = folder.resolve("audit.log");
    Path obstacle = backup(path, 1).resolve("in the way");
    Files.createDirectories(obstacle);

    try (RotatingFile file = open(path, 10, 1)) {
      append(file, "1111");
      append(file, "2222");
      append(file, "3333");
      append(file, "4444");
      clock.advance(A_SECOND);
      append(file, "5555");
      Files.delete(obstacle);
      Files.delete(obstacle.getParent());
      clock.advance(A_SECOND);
      append(file, "6666");
    }

    assertThat(backup(path, 1)).hasContent("1111\n2222\n3333\n4444\n5555\n");
    assertThat(path).hasContent("6666\n");
  }

  @Test
  void keepsASymbolicLinkAndSetsFilesAsideBesideItsTarget() throws IOException {
    Path target = folder.resolve("disk/real.log");
    Files.createDirectories(target.getParent());
    Path link = Files.createSymbolicLink(folder.resolve("audit.log"), target);

    try (RotatingFile file = open(link, 10, 2)) {
      append(file, "1111");
      append(file, "2222");
      append(file, "3333");
    }

    assertThat(link).isSymbolicLink();
    assertThat(target).hasContent("3333\n");
    assertThat(backup(target, 1)).hasContent("1111\n2222\n");
  }

  @Test
  void opensTheFileAnewAfterAFailure() throws IOException {
    Path path = folder.resolve("logs/audit.log");

    try (RotatingFile file = open(path, 1000, 2)) {
      Files.delete(path);
      Files.delete(path.getParent());
      Files.writeString(path.getParent(), "a file where the folder was");
      clock.advance(A_SECOND);
      assertThatThrownBy(() -> append(file, "refused")).isInstanceOf(IOException.class);
      Files.delete(path.getParent());
      append(file, "taken");
    }

    assertThat(path).hasContent("taken\n");
  }

  @Test
  void failsOnAFullDisk() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));

    try (RotatingFile file = open(full, 1, 2)) {
      assertThatThrownBy(() -> append(file, "no room")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> append(file, "still none")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void writesToADeviceAndNeverRotatesIt() throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device));

    try (RotatingFile file = open(device, 1, 2)) {
      append(file, "1111");
      clock.advance(A_SECOND);
      append(file, "2222");
    }

    assertThat(backup(device, 1)).doesNotExist();
    assertThat(Files.isRegularFile(device)).isFalse();
  }

  @Test
  void takesNoLineOnceItIsClosed() throws IOException {
    Path path = folder.resolve("audit.log");
    RotatingFile file = open(path, 1000, 2);
    append(file, "1111");

    file.close();

    assertThatThrownBy(() -> append(file, "2222"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
    assertThat(path).hasContent("1111\n");
  }

  private RotatingFile open(Path path, long maxBytes, int backups) throws IOException {
    return RotatingFile.open(path, new RotationLimits(maxBytes, backups), clock);
  }

  private static Path backup(Path path, int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  private static void append(RotatingFile file, String line) throws IOException {
    file.append((line + "\n").getBytes(UTF_8));
  }
}
