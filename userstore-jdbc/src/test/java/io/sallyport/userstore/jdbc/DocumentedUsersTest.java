package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.User;
import io.sallyport.spi.Userstore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/databases.md shows works as it is shown. */
class DocumentedUsersTest {

  private static String block(String heading, String language) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "databases.md"));
    String section = page.substring(page.indexOf("\n" + heading + "\n"));
    int begin = section.indexOf("```" + language + "\n") + language.length() + 4;
    return section.substring(begin, section.indexOf("```", begin));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void makesAUserByTheStatementsThatAreShown(Server server) throws IOException {
    TestDatabase database = server.open();
    Userstore store = UserHost.on(database).store("create_schema: true");

    database.execute(block("## Users", "sql").split(";\\s*\n"));

    User alice = store.findUser("alice").orElseThrow();
    assertThat(alice.roles()).isEqualTo(Set.of("deployer", "viewer"));
    assertThat(alice.groups()).isEqualTo(Set.of("operators"));
    assertThat(alice.tenantRoles()).isEqualTo(Map.of("lab", Set.of("manager")));
    assertThat(alice.attributes()).isEqualTo(Map.of("email", "alice@example.org"));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void readsOtherTablesByTheQueriesThatAreShown(Server server) throws IOException {
    TestDatabase database = server.open();
    database.execute(
        "CREATE TABLE people (nr INT PRIMARY KEY, login VARCHAR(50), hash VARCHAR(200), epoch VARCHAR(64),"
            + " enabled BOOLEAN, mail VARCHAR(99))",
        "CREATE TABLE rights (nr INT, name VARCHAR(50))",
        "INSERT INTO people VALUES (1, 'alice', '$5$salt$old', NULL, TRUE, 'a@example.org')",
        "INSERT INTO rights VALUES (1, 'viewer'), (1, 'deployer')");
    String entry = block("## Tables that you already have", "yaml");
    String properties = entry.substring(entry.indexOf("properties:\n") + "properties:\n".length());

    Userstore store = UserHost.on(database).store(properties.stripIndent());

    User alice = store.findUser("alice").orElseThrow();
    assertThat(alice.roles()).isEqualTo(Set.of("viewer", "deployer"));
    assertThat(alice.active()).isTrue();
    assertThat(PasswordUpgradeTest.replace(store, "1", "$5$salt$old", "$6$salt$new"))
        .isTrue();
    assertThat(store.findUserById("1").orElseThrow().securityStamp())
        .isEqualTo(alice.securityStamp());
  }
}
