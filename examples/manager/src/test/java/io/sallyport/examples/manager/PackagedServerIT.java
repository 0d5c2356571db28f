package io.sallyport.examples.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.authprovider.token.KeysCommand;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged jar as its users start it, in a folder whose name has a space. */
class PackagedServerIT {

  private static final Pattern PASSWORD = Pattern.compile("'admin:([^']+)'");

  @TempDir
  private Path parent;

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void theFirstStartShowsFourLinesToCopyAndTheyWork(Container.Kind kind) throws Exception {
    try (ServerProcess server = start("--container", word(kind))) {
      String url = server.url();

      List<String> lines =
          server.out().lines().filter(line -> line.startsWith("  curl ")).toList();
      assertThat(lines).hasSize(4).allMatch(line -> line.contains(url + "/"));
      String password = password(server.out());
      Client client = Client.of(url);
      String basic = Client.basic("admin", password);
      assertThat(client.get("/status", "Authorization", basic).statusCode()).isEqualTo(200);
      assertThat(client.send("POST", "/tokens", "Authorization", basic).statusCode())
          .isEqualTo(200);
      assertThat(client.get("/version").body()).matches("\\{\"version\":\"\\d+\\.\\d+.*\"}");
      assertThat(client.get("/status").statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void aSignalStopsItAtOnceAndCleanly(Container.Kind kind) throws Exception {
    try (ServerProcess server = start("--container", word(kind))) {
      String url = server.url();
      Client.of(url).get("/version");

      int code = server.terminate();

      assertThat(code).isEqualTo(128 + 15);
      assertThat(server.err())
          .contains("stopped")
          .doesNotContain("Exception")
          .doesNotContain(" WARN ")
          .doesNotContain("WARNING");
      try (var again = new ServerSocket()) {
        again.setReuseAddress(true);
        again.bind(new InetSocketAddress(
            InetAddress.getLoopbackAddress(), URI.create(url).getPort()));
        assertThat(again.isBound()).isTrue();
      }
    }
  }

  @Test
  void neitherLogNorFilesHoldThePassword() throws Exception {
    try (ServerProcess server = start()) {
      String url = server.url();
      String password = password(server.out());
      Client.of(url).get("/status", "Authorization", Client.basic("admin", password));
      server.terminate();

      assertThat(server.err()).doesNotContain(password);
      try (var files = Files.walk(parent.resolve("some data"))) {
        assertThat(files.filter(Files::isRegularFile))
            .isNotEmpty()
            .allSatisfy(file -> assertThat(file).content().doesNotContain(password));
      }
    }
  }

  @Test
  void theSecondStartShowsNoPasswordAndTheFirstOneHolds() throws Exception {
    String password;
    try (ServerProcess first = start()) {
      first.url();
      password = password(first.out());
      first.terminate();
    }

    try (ServerProcess second = start()) {
      Client client = Client.of(second.url());

      assertThat(second.out()).startsWith("ready on ").doesNotContain("curl");
      assertThat(client
              .get("/status", "Authorization", Client.basic("admin", password))
              .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aServerThatIsKilledKeepsItsUsers() throws Exception {
    try (ServerProcess first = start()) {
      first.url();
      first.kill();
    }

    try (ServerProcess second = start()) {
      assertThat(second.url()).isNotEmpty();
    }
  }

  @Test
  void deletedUsersAreNotReplacedByANewAdministrator() throws Exception {
    try (ServerProcess first = start()) {
      first.url();
      first.terminate();
    }
    Files.delete(parent.resolve("some data/users.yaml"));

    try (ServerProcess second = start()) {
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.err()).contains("users.yaml is gone").doesNotContain("\tat ");
      assertThat(second.out()).isEmpty();
    }
  }

  @Test
  void aFirstStartOnATakenPortLeavesNobodyBehind() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerProcess first = start("--port", Integer.toString(taken.getLocalPort()))) {
      assertThat(first.exitCode()).isEqualTo(1);
      assertThat(first.err()).contains("cannot be used").doesNotContain("\tat ");
    }

    try (ServerProcess second = start()) {
      second.url();
      assertThat(password(second.out())).isNotEmpty();
    }
  }

  @Test
  void aMissingLibraryIsNamedByItsArtifact() throws Exception {
    ConfigurationFolder folder = ConfigurationFolder.in(parent);

    try (ServerProcess server = ServerProcess.withoutLibrary(
        "sallyport-authprovider-token",
        parent,
        "--config",
        folder.file("security.yaml").toString(),
        "--port",
        "0")) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.err())
          .contains("io.sallyport:sallyport-authprovider-token")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aConfigurationOfOnesOwnIsNeverGivenUsers() throws Exception {
    ConfigurationFolder folder = ConfigurationFolder.in(parent);
    Files.delete(folder.file("users.yaml"));

    try (ServerProcess server =
        ServerProcess.ofJar(parent, "--config", "security.yaml", "--port", "0")) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.err()).contains("users.yaml").doesNotContain("\tat ");
      assertThat(folder.file("users.yaml")).doesNotExist();
      assertThat(parent.resolve("sallyport-data")).doesNotExist();
    }
  }

  @Test
  void theConfigurationsOfTheReadmeAreGoodAsFarAsTheyGo() throws Exception {
    for (String name : List.of("simple.yaml", "advanced.yaml")) {
      ConfigurationFolder folder =
          ConfigurationFolder.withTokensIn(Files.createDirectory(parent.resolve(name)));
      try (ServerProcess keys =
          ServerProcess.ofCommand(KeysCommand.class, folder.path(), "--file", "keys.yaml")) {
        assertThat(keys.exitCode()).as(keys.err()).isZero();
      }
      for (String file : List.of(name, "roles.yaml")) {
        folder.write(file, Files.readString(Path.of("config", file)));
      }

      try (ServerProcess server =
          ServerProcess.ofJar(parent, "--config", folder.file(name).toString(), "--port", "0")) {
        if (name.equals("simple.yaml")) {
          assertThat(server.url()).startsWith("http://");
        } else {
          // the README's commands make the two files that are missing here
          assertThat(server.exitCode()).isEqualTo(1);
          assertThat(server.err())
              .contains("1 problem,")
              .contains(
                  "The certificate path [" + folder.file("certificate.pem") + "] does not exist");
        }
      }
    }
  }

  @Test
  void anUnknownOptionIsAnErrorOfItsOwn() throws Exception {
    try (ServerProcess server = start("--prot", "1")) {
      assertThat(server.exitCode()).isEqualTo(2);
      assertThat(server.err()).startsWith("unknown option --prot\n").contains("usage:");
      assertThat(parent.resolve("some data")).doesNotExist();
    }
  }

  @Test
  void helpTellsTheOptions() throws Exception {
    try (ServerProcess server = start("--help")) {
      assertThat(server.exitCode()).isZero();
      assertThat(server.out()).contains("--port N", "--config FILE", "--container C", "--data DIR");
    }
  }

  private ServerProcess start(String... more) throws Exception {
    String[] args = new String[4 + more.length];
    System.arraycopy(new String[] {"--port", "0", "--data", "some data"}, 0, args, 0, 4);
    System.arraycopy(more, 0, args, 4, more.length);
    return ServerProcess.ofJar(parent, args);
  }

  private static String password(String out) {
    Matcher found = PASSWORD.matcher(out);
    assertThat(found.find()).as("a password is shown").isTrue();
    return found.group(1);
  }

  private static String word(Container.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
