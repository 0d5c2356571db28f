package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {

  @TempDir
  Path folder;

  private final Problems problems = new Problems();

  @BeforeEach
  void needsPosixPermissions() {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
  }

  private DocumentSettings read(String text) throws IOException {
    var environment = Map.of("NAME", "alice", "REFERENCE", "${env:NAME}", "EMPTY", "");
    var options = new ReadOptions(true, environment::get, 1 << 20, 1 << 20);
    Path file = Files.writeString(folder.resolve("security.yaml"), text);
    return ConfigurationDocument.read(file, options, problems);
  }

  private Path file(String name, String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private String onlyProblem() {
    assertThat(problems.list()).hasSize(1);
    assertThat(problems.list().get(0).value()).isNull();
    return problems.list().get(0).text();
  }

  @ParameterizedTest
  @CsvSource({
    "${env:NAME}, alice",
    "x-${env:NAME}-${env:NAME}, x-alice-alice",
    "${env:REFERENCE}, ${env:NAME}",
    "$${env:NAME}, ${env:NAME}",
    "$$${env:NAME}, $${env:NAME}",
    "$argon2id$v=19$x, $argon2id$v=19$x",
    "a$, a$",
    "{env:NAME}, {env:NAME}"
  })
  void expandsVariablesOnce(String written, String expanded) throws IOException {
    assertThat(read("a: '" + written + "'\nb: ['" + written + "']\n").text("a"))
        .isEqualTo(expanded);
    assertThat(read("b: ['" + written + "']\n").texts("b")).containsExactly(expanded);
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "${env:ABSENT}, the environment variable ABSENT is not set",
    "${env:}, expected the name of an environment variable",
    "${env:A B}, expected the name of an environment variable",
    "${NAME}, expected ${env:NAME} or ${file:path}",
    "${env:NAME, expected ${env:NAME} or ${file:path}",
    "${}, expected ${env:NAME} or ${file:path}",
    "${file:absent}, is not there",
    "${file:}, is not a regular file",
    "${env:EMPTY}, is empty"
  })
  void tellsWhatCannotBeExpanded(String written, String problem) throws IOException {
    read("a: '" + written + "'\n").text("a");

    assertThat(onlyProblem()).contains(problem);
  }

  @Test
  void readsFilesAndStripsOneLineBreak() throws IOException {
    file("a.key", "secret\n\n", "rw-------");
    file("b.key", "secret\r\n", "r--------");
    file("c.key", "secret", "rw-------");

    var settings =
        read("a: ${file:a.key}\nb: ${file:b.key}\nc: ${file:" + folder.resolve("c.key") + "}\n");

    assertThat(settings.secret("a").revealText()).isEqualTo("secret\n");
    assertThat(settings.secret("b").revealText()).isEqualTo("secret");
    assertThat(settings.text("c")).isEqualTo("secret");
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
  void refusesAFileThatOthersCanReadAndSaysHowToMendIt(String permissions) throws IOException {
    Path file = file("token.key", "secret\n", permissions);

    read("a: ${file:token.key}\n").secret("a");

    assertThat(onlyProblem())
        .contains("chmod 600 ")
        .contains(file.toString())
        .doesNotContain("secret");
  }

  @Test
  void readsAFileThatOthersCanReadIfItIsAllowedByItsNameAsWritten() throws IOException {
    file("token.key", "secret\n", "rw-r--r--");

    var settings = read(
        "allow_readable_by_others: [token.key]\na: ${file:token.key}\nb: ${file:./token.key}\n");

    assertThat(settings.secret("a").revealText()).isEqualTo("secret");
    settings.secret("b");
    assertThat(onlyProblem()).contains("chmod 600");
  }

  @Test
  void knowsTheKeyOfAllowedFilesAndNoOtherShape() throws IOException {
    var settings = read("allow_readable_by_others: [[a]]\n");

    settings.reportUnknownKeys();

    assertThat(onlyProblem()).isEqualTo("expected a list of file names");
  }

  @Test
  void boundsTheSizeOfAFile() throws IOException {
    file("a.key", "x".repeat(65_536), "rw-------");
    file("b.key", "x".repeat(65_537), "rw-------");
    var settings = read("a: ${file:a.key}\nb: ${file:b.key}\n");

    assertThat(settings.text("a")).hasSize(65_536);
    settings.text("b");

    assertThat(onlyProblem()).contains("larger than 65536 bytes");
  }

  @Test
  void refusesAFileThatIsNotText() throws IOException {
    Path file = file("a.key", "", "rw-------");
    Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE});

    read("a: ${file:a.key}\n").secret("a");

    assertThat(onlyProblem()).contains("not UTF-8 text");
  }

  @Test
  void neverShowsAValueThatCameOutOfAReference() throws IOException {
    var settings = read("a: ${env:NAME}\n");

    settings.integer("a", 1, 1, 9);

    assertThat(onlyProblem()).isEqualTo("expected a whole number from 1 to 9");
    assertThat(problems.render("stopped")).doesNotContain("alice");
  }
}
