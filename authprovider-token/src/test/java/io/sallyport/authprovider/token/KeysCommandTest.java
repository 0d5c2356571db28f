package io.sallyport.authprovider.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeysCommandTest {

  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00.5Z");

  @TempDir
  private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path ring = Path.of("unset");

  @BeforeEach
  void nameTheFile() {
    ring = folder.resolve("keys.yaml");
  }

  @Test
  void makesTheFirstKeyWhichSignsFromNowOn() throws IOException {
    int status = run("--kid", "first");

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(status).isZero();
    assertThat(Files.readString(ring)).endsWith("""
        keys:
          - kid: first
            algorithm: ES256
            key: '${file:keys/first.pem}'
            not_before: 2027-01-15T08:00:00Z
            sign_until: 2027-04-15T08:00:00Z
            verify_until: 2027-04-16T08:00:00Z
        """);
    assertThat(mode(ring)).isEqualTo("rw-------");
    assertThat(mode(folder.resolve("keys"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("keys/first.pem"))).isEqualTo("rw-------");
    assertThat(out.toString(UTF_8)).contains("first.pem", "2027-04-15").doesNotContain("BEGIN");
  }

  @Test
  void addsASuccessorThatBeginsBeforeTheLastKeyEndsAndChangesNothingElse() throws IOException {
    String before = """
        # ours
        keys:
        - kid: "one"   # the first
          algorithm: ES256
          key: '${file:keys/one.pem}'
          sign_until: "2027-02-15"
        - {kid: two, algorithm: HS256, key: '${env:TWO}', not_before: 2027-02-10, sign_until: 2027-03-15T00:00:00Z}
        # the end""";
    Files.writeString(ring, before);
    Files.setPosixFilePermissions(ring, PosixFilePermissions.fromString("rw-r-----"));

    int status =
        run("--kid", "three", "--algorithm", "EdDSA", "--sign-for", "30d", "--overlap", "36h");

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(status).isZero();
    assertThat(Files.readString(ring)).isEqualTo(before + """

        - kid: three
          algorithm: EdDSA
          key: '${file:keys/three.pem}'
          not_before: 2027-03-13T12:00:00Z
          sign_until: 2027-04-12T12:00:00Z
          verify_until: 2027-04-13T12:00:00Z
        """);
    assertThat(mode(ring)).isEqualTo("rw-r-----");
    assertThat(names(folder)).containsExactlyInAnyOrder("keys", "keys.yaml");
  }

  @Test
  void letsASuccessorBeginNowIfTheLastKeyHasEndedAndTomorrowIfItNeverEnds() throws IOException {
    Files.writeString(ring, "keys:\n  - {kid: a, sign_until: 2026-12-01}\n");
    run("--kid", "b");
    assertThat(Files.readString(ring)).contains("not_before: 2027-01-15T08:00:00Z");

    Files.writeString(ring, "keys:\n  - {kid: a}\n  - {kid: b, sign_until: 2026-12-01}\n");
    run("--kid", "c");
    assertThat(Files.readString(ring)).contains("not_before: 2027-01-16T08:00:00Z");
  }

  @Test
  void beginsWhenItIsTold() throws IOException {
    run("--begin", "2027-06-01");

    assertThat(Files.readString(ring))
        .containsPattern("kid: 2027-06-01-[0-9a-f]{6}\n")
        .contains("not_before: 2027-06-01T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "HS384", "HS512", "RS256", "PS256", "ES384"})
  void makesKeysOfEveryAlgorithm(String algorithm) throws IOException {
    int status = run("--algorithm", algorithm, "--kid", "k");

    assertThat(status).isZero();
    assertThat(names(folder.resolve("keys")))
        .containsExactly(algorithm.startsWith("HS") ? "k.key" : "k.pem");
  }

  @Test
  void neverOverwritesAKey() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "precious");
    Files.createDirectory(folder.resolve("keys"));
    Files.createSymbolicLink(folder.resolve("keys/k.pem"), elsewhere);

    int status = run("--kid", "k");

    assertThat(status).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("k.pem already; give another --kid");
    assertThat(Files.readString(elsewhere)).isEqualTo("precious");
    assertThat(ring).doesNotExist();
  }

  @Test
  void addsNoSecondKeyOfTheSameName() throws IOException {
    run("--kid", "k");
    String before = Files.readString(ring);

    int status = run("--kid", "k");

    assertThat(status).isEqualTo(1);
    assertThat(Files.readString(ring)).isEqualTo(before);
  }

  @Test
  void replacesWhatALinkLeadsToAndNotTheLink() throws IOException {
    Files.createDirectory(folder.resolve("real"));
    Path real = Files.writeString(folder.resolve("real/keys.yaml"), "keys: # none yet\n");
    Files.createSymbolicLink(ring, real);

    int status = run("--kid", "k");

    assertThat(status).isZero();
    assertThat(ring).isSymbolicLink();
    assertThat(Files.readString(real)).contains("kid: k");
    assertThat(folder.resolve("real/keys/k.pem")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys: [{kid: a}]\n",
        "keys:\n  - kid: a\nallow_readable_by_others: [a.pem]\n",
        "users:\n  - name: a\n",
        "",
        "keys:\n  - {kid: a, sign_until: soon}\n"
      })
  void leavesAFileAloneToWhichNothingCanBeAdded(String content) throws IOException {
    Files.writeString(ring, content);

    int status = run("--kid", "k");

    assertThat(status).isEqualTo(1);
    assertThat(Files.readString(ring)).isEqualTo(content);
    assertThat(folder.resolve("keys")).doesNotExist();
  }

  @Test
  void saysWhatIsMissing() {
    int status = run("--file", folder.resolve("absent/keys.yaml").toString());

    assertThat(status).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("there is no folder for");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--algorithm none",
        "--algorithm es256",
        "--sign-for 90",
        "--sign-for 0d",
        "--sign-for 99999d",
        "--overlap 90d",
        "--begin soon",
        "--kid ../x",
        "--kid",
        "--force yes",
        "keys.yaml x"
      })
  void saysWhatIsExpectedIfItIsCalledWrongly(String args) {
    int status = run(args.split(" ", -1));

    assertThat(status).isEqualTo(2);
    assertThat(err.toString(UTF_8)).containsAnyOf("expected", "not known");
    assertThat(ring).doesNotExist();
  }

  @Test
  void printsItsOptions() {
    int status = KeysCommand.run(List.of("--help"), () -> NOW, stream(out), stream(err));

    assertThat(status).isZero();
    assertThat(out.toString(UTF_8)).contains("--algorithm", "--sign-for", "--overlap", "--begin");
  }

  private int run(String... args) {
    List<String> all =
        Stream.concat(Stream.of("--file", ring.toString()), Stream.of(args)).toList();
    return KeysCommand.run(all, InstantSource.fixed(NOW), stream(out), stream(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
