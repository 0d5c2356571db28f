package io.sallyport.userstore.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Secret;
import io.sallyport.core.internal.config.FollowedFiles;
import io.sallyport.spi.ConfigurationFiles.Reloadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 10: the users file survives a process that is killed while it writes, and a full disk. */
@Timeout(120)
class CrashTest {

  private static final int USERS = 3000;

  @TempDir
  Path folder;

  @TempDir
  Path elsewhere;

  /** Replaces hashes as fast as it can, and says each time that it has. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      try (var files = new FollowedFiles()) {
        Reloadable<Users> users = load(files, Path.of(args[0]));
        var updates =
            new HashUpdates(users, new UpgradePace(Duration.ZERO, 0, Duration.ofMinutes(1), 10));
        for (int i = 0; i < USERS; i++) {
          boolean replaced = updates.replaceHash("u" + i, hash("old", i), hash("new", i));
          System.out.println(i + " " + replaced);
        }
      }
    }
  }

  private static Reloadable<Users> load(FollowedFiles files, Path file) {
    return files.load(
        "userstore",
        file,
        document -> UsersReader.read(file, document, new UserForm(UsersReader.USERNAME, false)));
  }

  private static Secret hash(String kind, int i) {
    return Secret.ofText("$5$salt$" + kind + i);
  }

  private Path users() throws IOException {
    StringBuilder text = new StringBuilder("users:\n");
    for (int i = 0; i < USERS; i++) {
      text.append("- username: u")
          .append(i)
          .append("\n  password: $5$salt$old")
          .append(i)
          .append('\n');
    }
    return Files.writeString(folder.resolve("users.yaml"), text);
  }

  private Path said() {
    return elsewhere.resolve("said");
  }

  private Process start(Path file, String... before) throws IOException {
    List<String> java = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-cp",
        System.getProperty("java.class.path"),
        Writer.class.getName(),
        file.toString());
    return new ProcessBuilder(Stream.concat(Stream.of(before), java.stream()).toList())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .redirectOutput(said().toFile())
        .start();
  }

  /** Every user has the old hash or the new one, and who was said to be done is done. */
  private static int upgraded(Path file, String said) {
    try (var files = new FollowedFiles()) {
      Users users = load(files, file).current();
      int upgraded = 0;
      for (int i = 0; i < USERS; i++) {
        Account account = users.accountOf("u" + i).orElseThrow();
        boolean isNew = account.has(hash("new", i));
        assertThat(isNew || account.has(hash("old", i))).isTrue();
        assertThat(isNew || !said.contains("\n" + i + " true\n"))
            .as("what was reported")
            .isTrue();
        upgraded += isNew ? 1 : 0;
      }
      return upgraded;
    }
  }

  @Test
  void aKilledProcessLeavesAWholeFileAndLosesNothingItHasReported() throws Exception {
    Path file = users();
    Random random = new Random(4);
    for (int round = 0; round < 5; round++) {
      Process writer = start(file);
      while (Files.size(said()) == 0) {
        assertThat(writer.isAlive()).isTrue();
      }
      assertThat(writer.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS)).isFalse();

      writer.destroyForcibly().waitFor();

      assertThat(upgraded(file, "\n" + Files.readString(said()))).isPositive();
    }
    try (Stream<Path> left = Files.list(folder)) {
      // of the last one that was killed; whoever writes next removes the others
      assertThat(left.filter(path -> path.toString().contains(".new-")).count())
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aFullDiskLeavesTheFileAsItWas() throws Exception {
    Path file = users();
    String before = Files.readString(file);

    // no file may become larger than 8 KiB, as on a disk that is full
    Process writer = start(file, "bash", "-c", "ulimit -f 8; exec \"$@\"", "bash");

    assertThat(writer.waitFor()).isNotZero();
    assertThat(Files.readString(file)).isEqualTo(before);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsOnly("users.yaml", ".users.yaml.lock");
    }
  }
}
