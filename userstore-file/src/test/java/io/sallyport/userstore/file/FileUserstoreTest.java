package io.sallyport.userstore.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Credential;
import io.sallyport.api.User;
import io.sallyport.spi.Userstore;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileUserstoreTest {

  @RegisterExtension
  final TestHost host = new TestHost();

  @Test
  void unitesAUsersOwnRolesWithThoseOfAllItsGroups() {
    Userstore store = host.storeOf("""
        users:
          - {username: alice, roles: [viewer, own], groups: [operators, auditors]}
        groups:
          - {name: operators, roles: [deployer, viewer]}
          - {name: auditors, roles: [auditor]}
          - {name: strangers, roles: [administrator]}
        """);

    User alice = store.findUser("alice").orElseThrow();

    assertThat(alice.roles()).isEqualTo(Set.of("viewer", "own", "deployer", "auditor"));
    assertThat(alice.groups()).isEqualTo(Set.of("operators", "auditors"));
  }

  @Test
  void unitesRolesInEachTenantSeparately() {
    Userstore store = host.storeOf("""
        groups:
          - {name: operators, roles: [everywhere], tenants: {lab: [manager], plant: [viewer], empty: []}}
        users:
          - {username: alice, groups: [operators], tenants: {lab: [user], home: [owner]}}
        """);

    User alice = store.findUser("alice").orElseThrow();

    assertThat(alice.tenantRoles())
        .isEqualTo(Map.of(
            "lab", Set.of("user", "manager"),
            "plant", Set.of("viewer"),
            "home", Set.of("owner"),
            "empty", Set.of()));
    assertThat(alice.roles()).isEqualTo(Set.of("everywhere"));
  }

  @Test
  void findsAUserWithoutRolesAndGroupsWhoIsGrantedNothing() {
    Userstore store = host.storeOf("users: [{username: alice}]");

    User alice = store.findUser("alice").orElseThrow();

    assertThat(alice.roles()).isEmpty();
    assertThat(alice.tenantRoles()).isEmpty();
    assertThat(alice.active()).isTrue();
    assertThat(alice.locked()).isFalse();
    assertThat(alice.credential()).isEqualTo(new Credential.None());
  }

  @ParameterizedTest
  @ValueSource(strings = {"groups: null", "groups: ~", "groups: []", "groups:"})
  void readsGroupsThatAreNullAsNone(String none) {
    Userstore store = host.storeOf("users:\n  - username: alice\n    " + none + "\n" + none + "\n");

    User alice = store.findUser("alice").orElseThrow();

    assertThat(alice.groups()).isEmpty();
  }

  @Test
  void readsEverythingThatAUserMayHave() {
    Userstore store = host.storeOf("""
        users:
          - username: bob
            id: u-17
            password: $6$salt$hash
            email: bob@example.org
            active: false
            locked: true
            attributes: {shoe size: 010, empty: ''}
        """);

    User bob = store.findUser("bob").orElseThrow();

    assertThat(bob.id()).isEqualTo("u-17");
    assertThat(bob.name()).isEqualTo("bob");
    assertThat(bob.active()).isFalse();
    assertThat(bob.locked()).isTrue();
    assertThat(bob.attributes())
        .isEqualTo(Map.of("email", "bob@example.org", "shoe size", "010", "empty", ""));
    assertThat(bob.credential())
        .isInstanceOfSatisfying(
            Credential.Stored.class,
            stored -> assertThat(stored.hash().revealText()).isEqualTo("$6$salt$hash"));
  }

  @Test
  void findsUsersByIdWhetherOrNotItIsTheirName() {
    Userstore store = host.storeOf("users: [{username: alice}, {username: bob, id: u-17}]");

    assertThat(store.findUserById("alice").map(User::name)).contains("alice");
    assertThat(store.findUserById("u-17").map(User::name)).contains("bob");
    assertThat(store.findUserById("bob")).isEmpty();
    assertThat(store.findUser("u-17")).isEmpty();
  }

  @Test
  void letsAnIdBeAnotherUsersName() {
    Userstore store =
        host.storeOf("users: [{username: alice, id: bob}, {username: bob, id: alice}]");

    assertThat(store.findUser("alice").map(User::id)).contains("bob");
    assertThat(store.findUserById("alice").map(User::name)).contains("bob");
  }

  @Test
  void readsTheShapeOfGeneration32() {
    Userstore store = host.storeOf("""
        users:
          user1: {username: alice, password: "$5$salt$hash", email: alice@example.org, roles: [viewer]}
          user2: {username: bob}
        """);

    assertThat(store.findUser("alice").map(User::roles)).contains(Set.of("viewer"));
    assertThat(store.findUser("bob")).isPresent();
    assertThat(store.findUser("user1")).isEmpty();
  }

  @Test
  void readsJsonByTheNameOfTheFile() {
    Userstore store = host.store("path: " + host.write("users.json", """
        {"users": [{"username": "alice", "active": true, "groups": ["g"], "tenants": {"lab": ["user"]}},
                   {"username": "bob", "groups": null}],
         "groups": [{"name": "g", "roles": ["viewer"]}]}
        """));

    User alice = store.findUser("alice").orElseThrow();

    assertThat(alice.roles()).isEqualTo(Set.of("viewer"));
    assertThat(alice.tenantRoles()).isEqualTo(Map.of("lab", Set.of("user")));
    assertThat(store.findUser("bob")).isPresent();
  }

  @Test
  void readsUsersInLine() {
    Userstore store = host.store("""
        users: [{username: alice, groups: [g]}]
        groups: [{name: g, roles: [viewer]}]
        """);

    assertThat(store.findUser("alice").map(User::roles)).contains(Set.of("viewer"));
  }

  @Test
  void readsTheShapeOfGeneration32InLine() {
    Userstore store = host.store("""
        users: {user1: {username: alice, email: a@example.org, roles: [viewer]}}
        identifying_attribute: email
        """);

    assertThat(store.findUser("a@example.org").map(User::name)).contains("alice");
  }

  @Test
  void letsUsersSignInByEmailAlone() {
    Userstore store = host.storeOf("""
        users:
          - {username: alice, email: alice@example.org}
          - {username: bob}
          - {username: carol, email: alice}
        """, "identifying_attribute: email");

    assertThat(store.findUser("alice@example.org").map(User::name)).contains("alice");
    assertThat(store.findUser("alice").map(User::name)).contains("carol");
    assertThat(store.findUser("bob")).isEmpty();
    assertThat(store.findUserById("bob").map(User::name)).contains("bob");
    assertThat(store.findUserById("alice").map(User::name)).contains("alice");
    assertThat(store.findUserById("alice@example.org")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "badge"})
  void letsUsersSignInByIdOrAnyAttribute(String attribute) {
    Userstore store = host.storeOf(
        "users: [{username: alice, id: A1, attributes: {badge: A1}}]",
        "identifying_attribute: " + attribute);

    assertThat(store.findUser("A1").map(User::name)).contains("alice");
    assertThat(store.findUserById("A1").map(User::name)).contains("alice");
    assertThat(store.findUser("alice")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "no", "010", "~", "true", "1e3", "0x1F", "2026-11-23", ".inf"})
  void takesNamesThatYamlWouldConvertAsTheyAreWritten(String name) {
    Userstore store = host.storeOf("users: [{username: " + name + ", roles: [" + name + "x]}]");

    User user = store.findUser(name).orElseThrow();

    assertThat(user.name()).isEqualTo(name);
    assertThat(user.roles()).isEqualTo(Set.of(name + "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALICE",
        "Alice",
        " alice",
        "alice ",
        "аlice",
        "alice\u0000",
        "al\u00adice",
        "\uff41lice",
        "",
        "~",
        "alıce",
        "users",
        "alice\u200b"
      })
  void findsNobodyByANameThatMerelyLooksLikeOne(String name) {
    Userstore store = host.storeOf("users: [{username: alice}]");

    assertThat(store.findUser(name)).isEmpty();
    assertThat(store.findUserById(name)).isEmpty();
  }

  @Test
  void keepsNamesApartThatDifferOnlyInCaseOrUnicodeForm() {
    Userstore store = host.storeOf("""
        users:
          - {username: jose\u0301, roles: [decomposed]}
          - {username: jos\u00e9, roles: [composed]}
          - {username: JOS\u00c9, roles: [upper]}
        """);

    assertThat(store.findUser("jose\u0301").map(User::roles)).contains(Set.of("decomposed"));
    assertThat(store.findUser("jos\u00e9").map(User::roles)).contains(Set.of("composed"));
    assertThat(store.findUser("JOS\u00c9").map(User::roles)).contains(Set.of("upper"));
  }

  @Test
  void givesNothingToAUserForBeingNamedLikeAGroupOrARole() {
    Userstore store = host.storeOf("""
        users: [{username: admins}, {username: administrator}, {username: alice, groups: [admins]}]
        groups: [{name: admins, roles: [administrator]}]
        """);

    assertThat(store.findUser("admins").map(User::roles)).contains(Set.of());
    assertThat(store.findUser("administrator").map(User::roles)).contains(Set.of());
  }

  @Test
  void takesRolesThatNobodyDefinedAsTheyAre() {
    Userstore store =
        host.storeOf("users: [{username: alice, roles: [no-such-role, no-such-role]}]");

    assertThat(store.findUser("alice").map(User::roles)).contains(Set.of("no-such-role"));
  }

  @Test
  void answersTheSameUserObjectUntilTheFileChanges() {
    Userstore store = host.storeOf("users: [{username: alice}]");

    User first = store.findUser("alice").orElseThrow();

    assertThat(store.findUser("alice").orElseThrow()).isSameAs(first);
    assertThat(store.findUserById("alice").orElseThrow()).isSameAs(first);
  }

  @Test
  void takesAnEmptyListOfUsersAtItsWord() {
    Userstore store = host.storeOf("users: []");

    assertThat(store.findUser("alice")).isEmpty();
  }

  @Test
  void findsEachOfManyUsers() {
    int count = 20_000;
    StringBuilder yaml = new StringBuilder("users:\n");
    for (int i = 0; i < count; i++) {
      yaml.append("- {username: user")
          .append(i)
          .append(", id: id")
          .append(i)
          .append(", groups: [g")
          .append(i % 7)
          .append("], roles: [r")
          .append(i % 3)
          .append("]}\n");
    }
    yaml.append("groups:\n");
    for (int g = 0; g < 7; g++) {
      yaml.append("- {name: g").append(g).append(", roles: [of-g").append(g).append("]}\n");
    }

    Userstore store = host.storeOf(yaml.toString());

    for (int i = 0; i < count; i++) {
      User user = store.findUser("user" + i).orElseThrow();
      assertThat(store.findUserById("id" + i).orElseThrow()).isSameAs(user);
      assertThat(user.roles()).isEqualTo(Set.of("r" + i % 3, "of-g" + i % 7));
    }
    assertThat(store.findUser("user" + count)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "{noop}hunter2", "p\u00e4ssw\u00f6rt", "$ecret"})
  void takesAPasswordInTheClearOnlyWhereThatIsAllowed(String password) {
    String users = "users: [{username: alice, password: '" + password + "'}]";

    User alice = host.storeOf(users, "allow_plaintext: true").findUser("alice").orElseThrow();

    assertThat(alice.credential())
        .isInstanceOfSatisfying(
            Credential.Stored.class,
            stored -> assertThat(stored.hash().revealText()).isEqualTo(password));
    assertThat(host.refusalOf(users, "allow_plaintext: false")).doesNotContain(password);
  }

  @Test
  void takesNoControlCharactersForAPasswordEvenWhereTheClearIsAllowed() {
    String refusal = host.refusalOf(
        "users: [{username: alice, password: \"hun\\tter2\"}]", "allow_plaintext: true");

    assertThat(refusal).contains("password").doesNotContain("ter2");
  }
}
