package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Credential;
import io.sallyport.api.User;
import io.sallyport.spi.Userstore;
import io.sallyport.spi.UserstoreFactory;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcUserstoreTest {

  private static final String[] USERS = {
    "INSERT INTO sallyport_users (name, password) VALUES ('alice', '$5$salt$one')",
    "INSERT INTO sallyport_users (name, active, locked) VALUES ('bob', FALSE, TRUE)",
    "INSERT INTO sallyport_groups (name) VALUES ('operators')",
    "INSERT INTO sallyport_groups (name) VALUES ('auditors')",
    "INSERT INTO sallyport_groups (name) VALUES ('strangers')",
    "INSERT INTO sallyport_tenants (name) VALUES ('lab')",
    "INSERT INTO sallyport_tenants (name) VALUES ('plant')",
    "INSERT INTO sallyport_tenants (name) VALUES ('home')",
    "INSERT INTO sallyport_group_members (user_id, group_id)"
        + " SELECT u.id, g.id FROM sallyport_users u, sallyport_groups g"
        + " WHERE u.name = 'alice' AND g.name IN ('operators', 'auditors')",
    "INSERT INTO sallyport_user_roles (user_id, role)"
        + " SELECT id, 'own' FROM sallyport_users WHERE name = 'alice'",
    "INSERT INTO sallyport_user_roles (user_id, role)"
        + " SELECT id, 'viewer' FROM sallyport_users WHERE name = 'alice'",
    "INSERT INTO sallyport_group_roles (group_id, role)"
        + " SELECT id, 'viewer' FROM sallyport_groups WHERE name = 'operators'",
    "INSERT INTO sallyport_group_roles (group_id, role)"
        + " SELECT id, 'deployer' FROM sallyport_groups WHERE name = 'operators'",
    "INSERT INTO sallyport_group_roles (group_id, role)"
        + " SELECT id, 'administrator' FROM sallyport_groups WHERE name = 'strangers'",
    "INSERT INTO sallyport_user_tenants (user_id, tenant_id, role)"
        + " SELECT u.id, t.id, 'user' FROM sallyport_users u, sallyport_tenants t"
        + " WHERE u.name = 'alice' AND t.name = 'lab'",
    "INSERT INTO sallyport_user_tenants (user_id, tenant_id)"
        + " SELECT u.id, t.id FROM sallyport_users u, sallyport_tenants t"
        + " WHERE u.name = 'alice' AND t.name = 'home'",
    "INSERT INTO sallyport_group_tenants (group_id, tenant_id, role)"
        + " SELECT g.id, t.id, 'manager' FROM sallyport_groups g, sallyport_tenants t"
        + " WHERE g.name = 'auditors' AND t.name IN ('lab', 'plant')",
    "INSERT INTO sallyport_user_attributes (user_id, name, content)"
        + " SELECT id, 'email', 'alice@example.org' FROM sallyport_users WHERE name = 'alice'"
  };

  @ParameterizedTest
  @EnumSource(Server.class)
  void findsAllThatAUserHasDirectlyAndThroughGroups(Server server) {
    Userstore store = storeOn(server.open());

    User alice = store.findUser("alice").orElseThrow();

    assertThat(alice.roles()).isEqualTo(Set.of("own", "viewer", "deployer"));
    assertThat(alice.groups()).isEqualTo(Set.of("operators", "auditors"));
    assertThat(alice.tenantRoles())
        .isEqualTo(
            Map.of("lab", Set.of("user", "manager"), "plant", Set.of("manager"), "home", Set.of()));
    assertThat(alice.attributes()).isEqualTo(Map.of("email", "alice@example.org"));
    assertThat(alice.active()).isTrue();
    assertThat(alice.locked()).isFalse();
    assertThat(((Credential.Stored) alice.credential()).hash().revealText())
        .isEqualTo("$5$salt$one");
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void findsTheSameUserByItsId(Server server) {
    Userstore store = storeOn(server.open());
    User alice = store.findUser("alice").orElseThrow();

    User again = store.findUserById(alice.id()).orElseThrow();

    assertThat(again.securityStamp()).isEqualTo(alice.securityStamp());
    assertThat(again)
        .usingRecursiveComparison()
        .ignoringFields("credential", "securityStamp")
        .isEqualTo(alice);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void findsAUserWithNothingWhoIsGrantedNothing(Server server) {
    Userstore store = storeOn(server.open());

    User bob = store.findUser("bob").orElseThrow();

    assertThat(bob.active()).isFalse();
    assertThat(bob.locked()).isTrue();
    assertThat(bob.credential()).isEqualTo(new Credential.None());
    assertThat(bob.roles()).isEmpty();
    assertThat(bob.tenantRoles()).isEmpty();
    assertThat(bob.groups()).isEmpty();
    assertThat(store.findUser("carol")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void asksWithOneStatementWhateverTheNumberOfRolesAndGroups(Server server) {
    TestDatabase database = server.open();
    WatchedSource watched = new WatchedSource(database.source());
    Userstore store = UserHost.on(database, watched).store("create_schema: true");
    database.execute(USERS);
    watched.executed();

    User alice = store.findUser("alice").orElseThrow();
    int byName = watched.executed().size();
    assertThat(store.findUserById(alice.id())).isPresent();
    int byId = watched.executed().size();
    assertThat(store.findUser("nobody")).isEmpty();
    int ofNobody = watched.executed().size();

    assertThat(byName).isEqualTo(1);
    assertThat(byId).isEqualTo(1);
    assertThat(ofNobody).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void givesAnIdToNobodyElse(Server server) {
    TestDatabase database = server.open();
    Userstore store = storeOn(database);
    User before = store.findUser("alice").orElseThrow();

    database.execute(
        "DELETE FROM sallyport_users WHERE name = 'alice'",
        "INSERT INTO sallyport_users (name, password) VALUES ('alice', '$5$salt$one')");

    User after = store.findUser("alice").orElseThrow();
    assertThat(after.id()).isNotEqualTo(before.id());
    assertThat(after.securityStamp()).isNotEqualTo(before.securityStamp());
    assertThat(after.roles()).isEmpty();
    assertThat(store.findUserById(before.id())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void knowsNobodyByAnIdInAnotherSpelling(Server server) {
    Userstore store = storeOn(server.open());
    String id = store.findUser("alice").orElseThrow().id();

    assertThat(store.findUserById("0" + id)).isEmpty();
    assertThat(store.findUserById("+" + id)).isEmpty();
    assertThat(store.findUserById(id + " ")).isEmpty();
    assertThat(store.findUserById("alice")).isEmpty();
    assertThat(store.findUserById("99999999999999999999")).isEmpty();
    assertThat(store.findUserById("")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void changesTheStampWithWhatEndsTokensOnly(Server server) {
    TestDatabase database = server.open();
    Userstore store = storeOn(database);

    assertThat(stampsDiffer(store, database, "locked = TRUE, created_at = created_at"))
        .isFalse();
    assertThat(stampsDiffer(store, database, "password = '$5$salt$two'")).isTrue();
    assertThat(stampsDiffer(store, database, "active = FALSE")).isTrue();
    assertThat(stampsDiffer(store, database, "tokens_not_before = CURRENT_TIMESTAMP"))
        .isTrue();
    assertThat(stampsDiffer(store, database, "password_epoch = 'e1'")).isTrue();
    assertThat(stampsDiffer(store, database, "password = '$5$salt$three'")).isFalse();
  }

  private static boolean stampsDiffer(Userstore store, TestDatabase database, String change) {
    User before = store.findUser("alice").orElseThrow();
    database.execute("UPDATE sallyport_users SET " + change + " WHERE name = 'alice'");
    User after = store.findUser("alice").orElseThrow();
    return !after.securityStamp().equals(before.securityStamp());
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void needsNoMoreThanTheDocumentedPrivileges(Server server) throws IOException {
    TestDatabase database = server.open();
    storeOn(database);
    TestDatabase role = database.withRole(Grants.documented("users"));

    Userstore store = UserHost.on(role).store("max_staleness: 5s");

    User alice = store.findUser("alice").orElseThrow();
    assertThat(alice.roles()).contains("deployer");
    assertThat(PasswordUpgradeTest.replace(store, alice.id(), "$5$salt$one", "$6$salt$two"))
        .isTrue();
    store.close();
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void saysAtTheStartWhatIsNotGranted(Server server) throws IOException {
    TestDatabase database = server.open();
    storeOn(database);
    String[] reading = Arrays.stream(Grants.documented("users"))
        .filter(grant -> grant.contains("SELECT"))
        .toArray(String[]::new);
    TestDatabase ofUsersAlone = database.withRole(
        "GRANT SELECT ON sallyport_schema TO sallyport",
        "GRANT SELECT ON sallyport_users TO sallyport");
    TestDatabase reader = database.withRole(reading);

    assertThat(UserHost.on(ofUsersAlone).refusal())
        .contains("may not read sallyport_changes, sallyport_groups, ", "Privileges");
    assertThat(UserHost.on(reader).refusal())
        .contains("queries.update_password: ", "denied", "upgrade_hashes: false");
    assertThat(UserHost.on(reader).store("upgrade_hashes: false").findUser("alice"))
        .isPresent();
  }

  private static final String[] MANY = {
    "INSERT INTO sallyport_groups (name) SELECT 'group' || n FROM numbers WHERE n <= 100",
    "INSERT INTO sallyport_group_roles (group_id, role) SELECT id, 'role' || id FROM sallyport_groups",
    "INSERT INTO sallyport_users (name, password) SELECT 'user' || n, '$5$salt$one' FROM numbers",
    "INSERT INTO sallyport_group_members (user_id, group_id) SELECT u.id, g.id FROM sallyport_users u"
        + " JOIN numbers n ON n.n <= 10 JOIN sallyport_groups g ON g.name = 'group' || n.n",
    "INSERT INTO sallyport_user_roles (user_id, role) SELECT id, 'viewer' FROM sallyport_users",
    "INSERT INTO sallyport_tenants (name) VALUES ('lab')",
    "INSERT INTO sallyport_user_tenants (user_id, tenant_id, role) SELECT u.id, t.id, 'user'"
        + " FROM sallyport_users u, sallyport_tenants t",
    "INSERT INTO sallyport_user_attributes (user_id, name, content) SELECT id, 'a', 'b'"
        + " FROM sallyport_users"
  };

  /** Nothing is analyzed: it must not depend on statistics of tables that have just been filled. */
  @ParameterizedTest
  @EnumSource(Server.class)
  void findsOneAmongManyByIndexes(Server server) throws SQLException {
    TestDatabase database = server.open();
    WatchedSource watched = new WatchedSource(database.source());
    Userstore store = UserHost.on(database, watched).store("create_schema: true");
    database.execute(
        "CREATE TABLE numbers (n INT PRIMARY KEY)",
        switch (server) {
          case POSTGRESQL -> "INSERT INTO numbers SELECT generate_series(1, 5000)";
          case MARIADB -> "INSERT INTO numbers SELECT seq FROM seq_1_to_5000";
          case H2 -> "INSERT INTO numbers SELECT x FROM SYSTEM_RANGE(1, 5000)";
        });
    for (String each : MANY) {
      database.execute(
          server == Server.MARIADB
              ? each.replaceAll("('\\w+') \\|\\| ([\\w.]+)", "CONCAT($1, $2)")
              : each);
    }
    watched.executed();

    User user = store.findUser("user4711").orElseThrow();

    assertThat(user.roles()).hasSize(11);
    assertThat(store.findUserById(user.id())).isPresent();
    List<String> queries = watched.executed();
    assertThat(Plans.scansOfLargeTables(database, queries.get(0), "user4711")).isEmpty();
    assertThat(Plans.scansOfLargeTables(database, queries.get(1), Long.valueOf(user.id())))
        .isEmpty();
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(UserstoreFactory.class).stream()
            .map(each -> each.get().name()))
        .containsExactly("jdbc");
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void saysWhichTablesAreMissing(Server server) {
    assertThat(UserHost.on(server.open()).refusal())
        .contains("has no tables for users", "users-1.sql", "create_schema: true");
  }

  private static Userstore storeOn(TestDatabase database) {
    Userstore store = UserHost.on(database).store("create_schema: true");
    database.execute(USERS);
    return store;
  }
}
