package io.sallyport.userstore.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenUsersTest {

  @RegisterExtension
  final TestHost host = new TestHost();

  @Test
  void reportsAllProblemsAtOnceEachWithItsLine() {
    String message = host.refusalOf("""
        users:
          - {username: alice, groups: [nobodys]}
          - {username: alice}
          - {username: bob, id: alice}
          - {username: carol, passowrd: "$5$salt$hash"}
          - {username: "d\\u0007ave"}
          - {username: erin, active: maybe}
          - {username: frank, tokens_not_before: yesterday}
          - {roles: [viewer]}
        groups:
          - {name: g}
          - {name: g}
        """);

    assertThat(message)
        .containsPattern("line 2\\b[^\n]*")
        .contains("\"nobodys\"")
        .containsPattern("line 3 [^\n]*username")
        .containsPattern("line 4 [^\n]*id")
        .containsPattern("line 5 [^\n]*passowrd[^\n]*password")
        .containsPattern("line 6 [^\n]*username[^\n]*control characters")
        .containsPattern("line 7 [^\n]*active")
        .containsPattern("line 8 [^\n]*tokens_not_before[^\n]*2026-11-23T08:30:00Z")
        .containsPattern("line 9 [^\n]*username")
        .containsPattern("line 12 [^\n]*name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery",
        "hunter2",
        "fourteen-chars",
        "$ecret",
        "$$",
        "{noop}hunter2",
        "{plain}hunter2",
        "{PLAIN.b64}aHVudGVyMg==",
        "$plaintext$hunter2",
        "{}hunter2",
        "{bcrypt}",
        "p\u00e4ssw\u00f6rter12"
      })
  void refusesAPasswordInTheClearWithoutShowingIt(String password) {
    String message =
        host.refusalOf("users:\n  - username: alice\n    password: '" + password + "'\n");

    assertThat(message)
        .contains("line 3")
        .contains("hash command described in the README")
        .doesNotContain(password)
        .doesNotContain("hunter2");
  }

  @Test
  void saysThatAHashWithCommasNeedsQuotesInsideOfBraces() {
    String hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo";

    String message = host.refusalOf("users: [{username: alice, password: " + hash + "}]");

    assertThat(message).contains("in quotes").contains("1 problem").doesNotContain("c2FsdHNhbHQ");
  }

  @Test
  void refusesTwoUsersWithOneEmailWhereThatIsWhatTheySignInBy() {
    String users = """
        users:
          - {username: alice, email: bob}
          - {username: bob, email: bob}
        """;

    String message = host.refusalOf(users, "identifying_attribute: email");

    assertThat(message).containsPattern("line 3 [^\n]*email[^\n]*user number 1 ");
    assertThat(host.storeOf(users).findUser("bob")).isPresent();
  }

  @Test
  void refusesTwoUsersWithOneAttributeWhereThatIsWhatTheySignInBy() {
    String message = host.refusalOf("""
        users:
          - {username: alice, attributes: {badge: A1}}
          - {username: bob, attributes: {badge: A1}}
        """, "identifying_attribute: badge");

    assertThat(message).contains("line 3").contains("badge").contains("user number 1 ");
  }

  @Test
  void refusesAnIdThatIsAnotherUsersNameByDefault() {
    String message = host.refusalOf("""
        users:
          - {username: bob, id: alice}
          - {username: alice}
        """);

    assertThat(message).contains("line 3").contains("the user's id").contains("user number 1 ");
  }

  @Test
  void refusesAnIdentifyingAttributeThatNobodyHas() {
    String message = host.refusalOf(
        "users: [{username: alice, email: a@example.org}]", "identifying_attribute: emial");

    assertThat(message).contains("\"emial\"").contains("nobody could sign in");
  }

  @Test
  void refusesWhatCannotBeSignedInBy() {
    String message =
        host.refusalOf("users: [{username: alice, email: ''}]", "identifying_attribute: email");

    assertThat(message).contains("email").contains("1 to 256 characters");
  }

  @Test
  void refusesTwoEmailsOfOneUser() {
    String message =
        host.refusalOf("users: [{username: alice, email: a@example.org, attributes: {email: b}}]");

    assertThat(message).contains("email stands here and under attributes");
  }

  @Test
  void boundsTheLengthOfNames() {
    String longest = "x".repeat(256);

    assertThat(host.storeOf("users: [{username: " + longest + "}]").findUser(longest))
        .isPresent();
    assertThat(host.refusalOf("users: [{username: " + longest + "x}]"))
        .contains("1 to 256 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id: \"a\\tb\"",
        "roles: [\"a\\nb\"]",
        "groups: [\"a\\0b\"]",
        "tenants: {\"a\\rb\": [x]}",
        "tenants: {lab: [\"a\\eb\"]}"
      })
  void refusesControlCharactersInEveryKindOfName(String bad) {
    String message = host.refusalOf("users: [{username: alice, " + bad + "}]");

    assertThat(message).contains("1 to 256 characters without control characters");
  }

  @Test
  void namesTheGroupsThatAreDefinedWhenOneIsNot() {
    String message = host.refusalOf("""
        users:
          - {username: alice, groups: [operatros]}
          - {username: bob, groups: [operatros]}
        groups: [{name: operators}, {name: auditors}]
        """);

    assertThat(message)
        .containsOnlyOnce("operatros")
        .contains("line 2")
        .contains("defined: auditors, operators");
  }

  @Test
  void namesTheLineOfTheUserWhoseGroupIsNotDefined() {
    String problems = host.refusalOf("""
        users:
          - {username: alice, groups: [g, h]}
          - {username: bob, groups: [x, h, y]}
        groups: [{name: g}, {name: h}]
        """);

    assertThat(problems)
        .contains("2 problems")
        .containsPattern("line 3 +users.2 +group \"x\"")
        .containsPattern("line 3 +users.2 +group \"y\"");
  }

  @Test
  void saysWhenNoGroupIsDefinedAndCutsALongList() {
    String none = host.refusalOf("users: [{username: alice, groups: [g]}]");
    String many = host.refusalOf("""
        users: [{username: alice, groups: [g]}]
        groups:
          - {name: g01}
          - {name: g02}
          - {name: g03}
          - {name: g04}
          - {name: g05}
          - {name: g06}
          - {name: g07}
          - {name: g08}
          - {name: g09}
          - {name: g10}
          - {name: g11}
        """);

    assertThat(none).contains("no group is defined");
    assertThat(many).contains("g09, g10, …").doesNotContain("g11");
  }

  @ParameterizedTest
  @ValueSource(strings = {"groups: []", "user: []", "groups:\n  - name: g"})
  void saysThatThereAreNoUsers(String content) {
    String message = host.refusalOf(content);

    assertThat(message)
        .contains("Users not found in " + host.folder().resolve("users.yaml")
            + " yaml. Failed loading users.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "just text",
        "- a\n- b",
        "users: [",
        "users: 7",
        "users: [[a]]",
        "users: [a]",
        "users: [{username: a}]\nusers: []"
      })
  void doesNotStartWithAFileThatCannotBeRead(String content) {
    String message = host.refusalOf(content);

    assertThat(message).contains("users.yaml");
  }

  @Test
  void doesNotStartWithoutTheFile() {
    Path missing = host.folder().resolve("missing.yaml");

    String message = host.refusalOfSettings("path: " + missing);

    assertThat(message).contains(missing.toString());
  }

  @Test
  void wantsAPathOrUsersAndNotBoth() {
    String none = host.refusalOfSettings("identifying_attribute: username");
    String both = host.refusalOfSettings(
        "path: " + host.write("users.yaml", "users: []") + "\nusers: [{username: alice}]");
    String groupsAlone = host.refusalOfSettings("groups: [{name: g}]");

    assertThat(none).contains("expected path");
    assertThat(both).contains("both a path and in-line users");
    assertThat(groupsAlone).contains("no users");
  }

  @Test
  void refusesAPasswordInTheClearInLineWithoutShowingIt() {
    String message = host.refusalOfSettings("users: [{username: alice, password: hunter2}]");

    assertThat(message).contains("password").contains("hash command").doesNotContain("hunter2");
  }
}
