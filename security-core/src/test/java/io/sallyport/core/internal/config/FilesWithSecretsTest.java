package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Secret;
import io.sallyport.spi.ConfigurationFiles.Edit;
import io.sallyport.spi.ConfigurationFiles.Reloadable;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.Settings;
import io.sallyport.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesWithSecretsTest {

  @TempDir
  private Path folder;

  private final FollowedFiles files = new FollowedFiles(
      new Pace(
          Duration.ofMillis(50),
          Duration.ofMillis(20),
          Duration.ofMillis(50),
          Duration.ofSeconds(5),
          Duration.ofMillis(200)),
      FolderWatch::open);
  private Path file = Path.of("unset");

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("keys.yaml");
  }

  @AfterEach
  void stopFollowing() {
    files.close();
  }

  @Test
  void expandsReferencesToFilesBesideIt() throws IOException {
    write("a.key", "hidden\n", "rw-------");
    write("keys.yaml", "key: ${file:a.key}\n", "rw-r--r--");

    assertThat(load().current()).isEqualTo("hidden");
  }

  @Test
  void refusesAFileThatHoldsASecretAndIsReadableByOthers() throws IOException {
    write("keys.yaml", "key: hidden\n", "rw-r-----");

    assertThatThrownBy(this::load)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("it holds a secret", "chmod 600")
        .hasMessageContaining("allow_readable_by_others: [keys.yaml]")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void readsAFileThatHoldsASecretAndIsItsOwners() throws IOException {
    write("keys.yaml", "key: hidden\n", "rw-------");

    assertThat(load().current()).isEqualTo("hidden");
  }

  @Test
  void merelyWarnsOfWhatWasPermittedByName() throws IOException {
    write("keys.yaml", "key: hidden\nallow_readable_by_others: [keys.yaml]\n", "rw-r--r--");

    assertThat(load().current()).isEqualTo("hidden");
  }

  @Test
  void refusesAReferenceToAFileThatOthersCanRead() throws IOException {
    write("a.key", "hidden\n", "rw-r--r--");
    write("keys.yaml", "key: ${file:a.key}\n", "rw-------");

    assertThatThrownBy(this::load)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("a.key")
        .hasMessageContaining("chmod 600");
  }

  @Test
  void readsAgainWhatOnlyAnotherFileHadBroken() throws Exception {
    write("a.key", "first\n", "rw-------");
    write("keys.yaml", "key: ${file:a.key}\n", "rw-------");
    Reloadable<String> loaded = load();

    write("keys.yaml", "key: ${file:b.key}\n", "rw-------");
    await(() -> !files.brokenFiles().isEmpty());
    assertThat(loaded.current()).isEqualTo("first");
    write("b.key", "second\n", "rw-------");

    await(() -> loaded.current().equals("second"));
    assertThat(files.brokenFiles()).isEmpty();
  }

  @Test
  void isNeverEdited() throws IOException {
    write("keys.yaml", "key: hidden\n", "rw-------");
    Reloadable<String> loaded = load();

    assertThatThrownBy(() -> loaded.edit(new NoEdit())).isInstanceOf(UnavailableException.class);
  }

  private Reloadable<String> load() {
    return files.loadWithSecrets(
        "keys", file, document -> document.settings().secret("key").revealText());
  }

  private void write(String name, String content, String mode) throws IOException {
    Path written = Files.writeString(folder.resolve(name), content);
    Files.setPosixFilePermissions(written, PosixFilePermissions.fromString(mode));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private record NoEdit() implements Edit<String> {
    @Override
    public String list() {
      return "keys";
    }

    @Override
    public Map<String, Secret> texts(Settings element) {
      return Map.of();
    }

    @Override
    public boolean isIntended(String before, String after) {
      return true;
    }
  }
}
