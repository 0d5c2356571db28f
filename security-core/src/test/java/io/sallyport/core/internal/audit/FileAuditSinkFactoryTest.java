package io.sallyport.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Decision;
import io.sallyport.api.Outcome;
import io.sallyport.api.Profile;
import io.sallyport.core.internal.config.ConfigurationDocument;
import io.sallyport.core.internal.config.DocumentSettings;
import io.sallyport.core.internal.config.Problem;
import io.sallyport.core.internal.config.Problems;
import io.sallyport.core.internal.config.ReadOptions;
import io.sallyport.spi.AuditSink;
import io.sallyport.spi.AuditSinkFactory;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileAuditSinkFactoryTest {

  private static final long MEBIBYTE = 1024 * 1024;

  private final FileAuditSinkFactory factory = new FileAuditSinkFactory();
  private final Problems problems = new Problems();

  @TempDir
  private Path folder;

  @Test
  void isDeclaredUnderItsName() {
    ServiceLoader<AuditSinkFactory> declared =
        ServiceLoader.load(AuditSinkFactory.class, FileAuditSinkFactory.class.getClassLoader());

    assertThat(declared).hasOnlyElementsOfType(FileAuditSinkFactory.class).hasSize(1);
    assertThat(factory.name()).isEqualTo("file");
  }

  @Test
  void rowL1WritesJsonAtInfoByDefault() throws IOException {
    try (AuditSink sink = create("file: logs/audit.log")) {
      sink.record(refusal());
      sink.record(
          Decisions.request(2).identity(Decisions.identity("alice")).end(Outcome.ALLOWED, "may"));
      sink.record(Decisions.request(3).end(Outcome.OPEN, "open"));
    }

    assertThat(folder.resolve("logs/audit.log"))
        .content()
        .startsWith("{\"time\":")
        .contains("\"decision\":\"p7-1\"", "\"decision\":\"p7-2\"")
        .doesNotContain("\"decision\":\"p7-3\"");
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void takesEveryProperty() throws IOException {
    try (AuditSink sink = create("""
        file: audit.log
        level: debug
        layout: classic
        max_file_size_mb: 0.0002
        backup_count: 1
        """)) {
      for (int number = 1; number <= 3; number++) {
        sink.record(Decisions.request(number).end(Outcome.OPEN, "open"));
      }
    }

    assertThat(folder.resolve("audit.log"))
        .content()
        .contains("[DEBUG] [sallyport]", "[decision p7-3]");
    assertThat(folder.resolve("audit.log.1")).content().contains("[decision p7-2]");
    assertThat(folder.resolve("audit.log.2")).doesNotExist();
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"critical", "error", "warning"})
  void takesALevelThatLeavesPassesOut(String level) throws IOException {
    try (AuditSink sink = create("file: audit.log\nbackup_count: 0\nlevel: " + level)) {
      sink.record(
          Decisions.request(2).identity(Decisions.identity("alice")).end(Outcome.ALLOWED, "may"));
    }

    assertThat(folder.resolve("audit.log")).isEmptyFile();
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"100, 104857600", "0.5, 524288", "0.000001, 1", "999999999, 1048575998951424"})
  void takesWholeAndFractionalSizes(String size, long bytes) {
    long read =
        FileAuditSinkFactory.maxBytes(settings("max_file_size_mb: " + size), "max_file_size_mb");

    assertThat(read).isEqualTo(bytes);
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void rowL1HasASizeOf100MebibytesByDefault() {
    long read = FileAuditSinkFactory.maxBytes(settings("file: audit.log"), "max_file_size_mb");

    assertThat(read).isEqualTo(100 * MEBIBYTE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "0.0",
        "0.0000001",
        "-1",
        "1e9",
        "1e999999999",
        "NaN",
        "100MB",
        "1000000000",
        "''",
        "."
      })
  void refusesASizeThatIsNone(String size) {
    FileAuditSinkFactory.maxBytes(settings("max_file_size_mb: " + size), "max_file_size_mb");

    assertThat(problems.render("problems")).contains("max_file_size_mb", "such as 100 or 0.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"level: loud", "layout: xml", "backup_count: -1", "backup_count: 1001"})
  void refusesOtherValuesThatCannotBe(String line) throws IOException {
    create("file: audit.log\n" + line).close();

    assertThat(problems.list()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"level: info", "file: ''"})
  void invariant1RecordsNothingSilentlyAndMakesNothingWithoutAFile(String text) throws IOException {
    try (AuditSink sink = create(text)) {
      assertThat(problems.list()).extracting(Problem::key).contains("file");
      assertThatThrownBy(() -> sink.record(refusal())).isInstanceOf(UnavailableException.class);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("security.yaml"));
    }
  }

  @Test
  void refusesAFolderInPlaceOfTheFile() throws IOException {
    Path file = Files.createDirectory(folder.resolve("audit.log"));

    assertThatThrownBy(() -> create("file: audit.log"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("\"" + file + "\" is a folder; name a file in it");
  }

  @Test
  void refusesAFileThatCannotBeMade() throws IOException {
    Files.writeString(folder.resolve("logs"), "a file in place of a folder");

    assertThatThrownBy(() -> create("file: logs/audit.log"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "\"" + folder.resolve("logs/audit.log") + "\" cannot be opened for writing")
        .hasMessageContaining("name another file");
  }

  private AuditSink create(String text) {
    return factory.create(settings(text), new ContextOfAuditLog());
  }

  private DocumentSettings settings(String text) {
    Path file = folder.resolve("security.yaml");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError("the folder of the test can be written to", e);
    }
    return ConfigurationDocument.read(file, ReadOptions.configuration(), problems);
  }

  private static Decision refusal() {
    return Decisions.request(1).end(Outcome.UNAUTHENTICATED, "why");
  }

  /** The context of an audit log, which uses nothing of it but the clock. */
  private static final class ContextOfAuditLog implements ProviderContext {

    @Override
    public String name() {
      return "file";
    }

    @Override
    public Profile profile() {
      return Profile.STANDARD;
    }

    @Override
    public InstantSource clock() {
      return InstantSource.system();
    }

    @Override
    public List<NamedUserstore> userstores() {
      return List.of();
    }

    @Override
    public Optional<TokenStore> tokenStore() {
      throw new AssertionError("an audit log keeps no tokens");
    }

    @Override
    public LoginAttempts loginAttempts() {
      throw new AssertionError("an audit log counts no failures");
    }

    @Override
    public ConfigurationFiles files() {
      throw new AssertionError("an audit log reads no configuration");
    }
  }
}
