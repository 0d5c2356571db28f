package io.sallyport.examples.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sallyport.core.InvalidConfigurationException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stops the start, and what is said about it. */
class BadConfigurationIT {

  @TempDir
  private Path parent;

  private ConfigurationFolder folder;

  @BeforeEach
  void makeFolder() throws Exception {
    folder = ConfigurationFolder.in(parent);
  }

  @Test
  void allProblemsAreToldAtOnceEachWithItsLine() throws Exception {
    folder.configure("version: 1\n", "version: 1\nprofil: standard\n");
    folder.configure("expires_in_seconds: 600", "expires_in_seconds: soon");
    folder.configure("{tokens: /tokens}", "{tokens: tokens}");

    assertThat(problem())
        .contains("security.yaml: 3 problems, the application was not started")
        .contains("line 2", "profil", "did you mean \"profile\"?")
        .contains("expires_in_seconds")
        .contains("expected a path such as /tokens");
  }

  @Test
  void aMissingUsersFileIsNeverMadeUp() throws Exception {
    Files.delete(folder.file("users.yaml"));

    assertThat(problem()).contains("1 problem,").contains("users.yaml");
    assertThat(folder.file("users.yaml")).doesNotExist();
  }

  @Test
  void aMissingConfigurationIsNamed() throws Exception {
    Files.delete(folder.file("security.yaml"));

    assertThat(problem()).contains("security.yaml");
  }

  @Test
  void aUserWhoIsThereTwiceIsNamed() {
    folder.write("users.yaml", ConfigurationFolder.users() + "  - {username: alice}\n");

    assertThat(problem()).contains("users.yaml").contains("alice").contains("line 5");
  }

  @Test
  void groupsThatAreNullAreNoGroups() throws Exception {
    String users = ConfigurationFolder.users()
        .replace("{username: victor,", "{username: victor, groups: null,");
    folder.write("users.yaml", users);

    try (ManagerServer server = folder.start(Container.Kind.TOMCAT)) {
      assertThat(Client.of(server.url())
              .get("/status", "Authorization", Client.basic("victor"))
              .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aRoleThatNobodyDefinedAllowsNothing() throws Exception {
    folder.write("users.yaml", ConfigurationFolder.users().replace("[viewer]", "[viewre]"));

    try (ManagerServer server = folder.start(Container.Kind.TOMCAT)) {
      assertThat(Client.of(server.url())
              .get("/status", "Authorization", Client.basic("victor"))
              .statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void aKeyFileThatOthersCanReadIsRefused() throws Exception {
    Files.setPosixFilePermissions(
        folder.file("token.key"), PosixFilePermissions.fromString("rw-r-----"));

    assertThat(problem()).contains("chmod 600 " + folder.file("token.key"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_secret", "c2hvcnQ=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
  void aWeakKeyIsRefusedAndNotShown(String key) throws Exception {
    folder.writePrivate("token.key", key);

    assertThat(problem()).contains("secret_key").contains("openssl rand -base64 32");
    assertThat(problem()).doesNotContain(key);
  }

  @Test
  void aSampleKeyIsRefusedHoweverLong() throws Exception {
    folder.writePrivate(
        "token.key",
        Base64.getEncoder()
            .encodeToString("this is my very secret sample key".getBytes(StandardCharsets.UTF_8)));

    assertThat(problem()).contains("secret_key").contains("openssl rand -base64 32");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''",
        "'\0\1\2\3'",
        "'a: &a [*a]'",
        "'users: [{username: al'",
        "'[]'",
        "'users: 7'",
      })
  void aUsersFileThatIsNoneStopsTheStart(String content) {
    folder.write("users.yaml", content);

    assertThat(problem()).contains("users.yaml");
  }

  @Test
  void aUsersFileThatCannotBeReadAsTextStopsTheStart() throws Exception {
    byte[] binary = new byte[4096];
    new Random(1).nextBytes(binary);
    Files.write(folder.file("users.yaml"), binary);

    assertThat(problem()).contains("users.yaml");
  }

  @Test
  void withoutAuthorizationTheStartIsRefusedUnlessItIsSaid() throws Exception {
    folder.configure(
        "authorization: {implementation: roles, properties: {path: roles.yaml}}\n", "");

    assertThat(problem()).contains("authorization: none");
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void aPortThatIsTakenIsNamed(Container.Kind kind) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> ManagerServer.start(folder.file("security.yaml"), kind, taken.getLocalPort()))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " of 127.0.0.1 cannot be used")
          .hasMessageContaining("--port 0");
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void anApplicationThatDoesNotStartStopsTheContainer(Container.Kind kind) throws Exception {
    // the example has a servlet on /status, where the tokens endpoint is to be
    folder.configure("{tokens: /tokens}", "{tokens: /status}");

    assertThatThrownBy(() -> folder.start(kind))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("the tokens endpoint is configured at [/status]");
  }

  private String problem() {
    Throwable thrown = catchThrowable(() -> folder.start(Container.Kind.TOMCAT).close());
    assertThat(thrown).isInstanceOf(InvalidConfigurationException.class);
    return String.valueOf(thrown.getMessage());
  }
}
