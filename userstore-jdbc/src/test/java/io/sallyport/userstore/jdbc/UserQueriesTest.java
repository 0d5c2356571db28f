package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.SecurityStamp;
import io.sallyport.api.User;
import io.sallyport.spi.UnavailableException;
import io.sallyport.spi.Userstore;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of somebody else, asked by queries of their operator. */
class UserQueriesTest {

  private static final String[] TABLES = {
    "CREATE TABLE people (nr BIGINT PRIMARY KEY, login VARCHAR(50), hash VARCHAR(200), epoch VARCHAR(100),"
        + " flag VARCHAR(10), blocked VARCHAR(10), since BIGINT, mail VARCHAR(100))",
    "CREATE TABLE rights (nr BIGINT, what VARCHAR(50), site VARCHAR(50))",
    "CREATE TABLE teams (nr BIGINT, team VARCHAR(50))",
    "INSERT INTO people VALUES (7, 'alice', '$5$salt$old', NULL, 'Y', 'N', 1700000000, 'a@example.org')",
    "INSERT INTO rights VALUES (7, 'viewer', NULL), (7, 'deployer', NULL), (7, 'owner', 'lab')",
    "INSERT INTO teams VALUES (7, 'red'), (7, 'blue')"
  };

  private static final String FIND =
      "SELECT nr AS id, login AS username, hash AS password, epoch AS"
          + " password_epoch, flag AS active, blocked AS locked, since AS tokens_not_before, mail AS"
          + " attribute_email FROM people WHERE ";

  private static final String OWN = """
      queries:
        find_user: '%1$s login = :username'
        find_user_by_id: '%1$s nr = :id'
        roles: SELECT what AS role FROM rights WHERE nr = :id AND site IS NULL
        tenant_roles: SELECT site AS tenant, what AS tenant_role FROM rights WHERE nr = :id AND site IS NOT NULL
        groups: SELECT t.team AS group_name FROM teams t JOIN people p ON p.nr = t.nr WHERE p.login = :username
        update_password: UPDATE people SET hash = :replacement, epoch = :password_epoch WHERE nr = :id AND hash = :expected
      """.formatted(FIND);

  private static UserHost host(Server server) {
    TestDatabase database = server.open();
    database.execute(TABLES);
    return UserHost.on(database);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void readsAllThatItsQueriesTell(Server server) {
    Userstore store = host(server).store(OWN);

    User alice = store.findUser("alice").orElseThrow();

    assertThat(alice.id()).isEqualTo("7");
    assertThat(alice.active()).isTrue();
    assertThat(alice.locked()).isFalse();
    assertThat(alice.roles()).isEqualTo(Set.of("viewer", "deployer"));
    assertThat(alice.tenantRoles()).isEqualTo(Map.of("lab", Set.of("owner")));
    assertThat(alice.groups()).isEqualTo(Set.of("red", "blue"));
    assertThat(alice.attributes()).isEqualTo(Map.of("email", "a@example.org"));
    assertThat(store.findUserById("7").map(User::roles)).contains(alice.roles());
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void replacesHashesInTablesOfOthers(Server server) {
    Userstore store = host(server).store(OWN);
    SecurityStamp before = store.findUser("alice").orElseThrow().securityStamp();

    assertThat(PasswordUpgradeTest.replace(store, "7", "$5$salt$old", "$6$salt$new"))
        .isTrue();

    assertThat(PasswordUpgradeTest.replace(store, "7", "$5$salt$old", "$6$salt$newer"))
        .isFalse();
    assertThat(store.findUser("alice").orElseThrow().securityStamp()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void refusesAHashThatTheirColumnCannotKeep(Server server) {
    Userstore store = host(server).store(OWN);

    assertThatThrownBy(() ->
            PasswordUpgradeTest.replace(store, "7", "$5$salt$old", "$6$salt$" + "x".repeat(200)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not keep");
    assertThat(PasswordUpgradeTest.replace(store, "7", "$5$salt$old", "$6$salt$new"))
        .isTrue();
  }

  @Test
  void noticesThatADatabaseHasCutAHashOff() {
    UserHost host = host(Server.H2);
    Userstore store =
        host.store(OWN.replace("hash = :replacement", "hash = SUBSTRING(:replacement, 1, 10)"));

    assertThatThrownBy(
            () -> PasswordUpgradeTest.replace(store, "7", "$5$salt$old", "$6$salt$newer"))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(PasswordUpgradeTest.replace(store, "7", "$5$salt$old", "$6$salt$n"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "NULL",
      value = {
        "Y, N, true, false",
        "true, false, true, false",
        "1, 0, true, false",
        "T, F, true, false",
        "yes, no, true, false",
        "N, Y, false, true",
        "NULL, NULL, false, true",
        "'', '', false, true",
        "enabled, ok, false, true",
        "2, 2, false, true"
      })
  void refusesWhomItsFlagsDoNotClearlyLetIn(
      String flag, String blocked, boolean active, boolean locked) {
    UserHost host = host(Server.H2);
    host.database()
        .execute("UPDATE people SET flag = " + quoted(flag) + ", blocked = " + quoted(blocked));

    User alice = host.store(OWN).findUser("alice").orElseThrow();

    assertThat(alice.active()).isEqualTo(active);
    assertThat(alice.locked()).isEqualTo(locked);
  }

  private static String quoted(String text) {
    return text == null ? "NULL" : "'" + text + "'";
  }

  @Test
  void tellsInstantsOfAllTypesApart() {
    UserHost host = host(Server.H2);
    host.database()
        .execute(
            "CREATE TABLE times (nr BIGINT, a TIMESTAMP(9), b TIMESTAMP(9) WITH TIME ZONE, c DECIMAL(20, 9))",
            "INSERT INTO times VALUES (7, TIMESTAMP '2026-11-23 08:30:00.5',"
                + " TIMESTAMP WITH TIME ZONE '2026-11-23 09:30:00.5+01:00', 1795422600.5)");

    SecurityStamp without = stamp(host, "a");
    SecurityStamp with = stamp(host, "b");
    SecurityStamp seconds = stamp(host, "c");

    assertThat(without)
        .isEqualTo(SecurityStamp.of(
            "7", new byte[] {}, true, java.time.Instant.parse("2026-11-23T08:30:00.5Z")));
    assertThat(with).isEqualTo(without);
    assertThat(seconds).isEqualTo(without);
    host.database().execute("UPDATE times SET a = NULL, b = NULL, c = NULL");
    SecurityStamp never = SecurityStamp.of("7", new byte[] {}, true, null);
    assertThat(stamp(host, "a")).isEqualTo(never);
    assertThat(stamp(host, "b")).isEqualTo(never);
    assertThat(stamp(host, "c")).isEqualTo(never);
  }

  private static SecurityStamp stamp(UserHost host, String column) {
    String find = "SELECT p.nr AS id, p.login AS username, '' AS password, t." + column
        + " AS tokens_not_before FROM people p JOIN times t ON t.nr = p.nr WHERE p.";
    return host.store("queries: {find_user: '" + find.replace("''", "''''") + "login = :username',"
            + " find_user_by_id: '" + find.replace("''", "''''") + "nr = :id'}")
        .findUser("alice")
        .orElseThrow()
        .securityStamp();
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "MARIADB", mode = EnumSource.Mode.EXCLUDE)
  void findsUsersWhoseIdIsAUuid(Server server) {
    UserHost host = UserHost.on(server.open());
    host.database()
        .execute(
            "CREATE TABLE people (id UUID PRIMARY KEY, username VARCHAR(50), password VARCHAR(100))",
            "INSERT INTO people VALUES ('0b9ad9ee-33a3-4f0c-8f0c-3b1e0ad1b1c1', 'alice', 'x')");
    Userstore store = host.store("""
        queries:
          find_user: SELECT * FROM people WHERE username = :username
          find_user_by_id: SELECT * FROM people WHERE id = :id
        """);

    assertThat(store.findUser("alice").map(User::id))
        .contains("0b9ad9ee-33a3-4f0c-8f0c-3b1e0ad1b1c1");
    assertThat(store.findUserById("0b9ad9ee-33a3-4f0c-8f0c-3b1e0ad1b1c1")).isPresent();
    assertThat(store.findUserById("0B9AD9EE-33A3-4F0C-8F0C-3B1E0AD1B1C1")).isEmpty();
    assertThat(store.findUserById("alice")).isEmpty();
  }

  @Test
  void doesNotChooseBetweenRowsThatContradictEachOther() {
    UserHost host = host(Server.H2);
    Userstore store = host.store("""
        queries:
          find_user: SELECT 1 AS id, login AS username, hash AS password FROM people WHERE login = :username
          find_user_by_id: SELECT 1 AS id, login AS username, hash AS password FROM people WHERE nr > :id
        """);
    host.database().execute("INSERT INTO people (nr, login, hash) VALUES (8, 'alice', 'other')");

    assertThatThrownBy(() -> store.findUser("alice"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("differ in username, password or flags")
        .hasMessageNotContaining("other");
    assertThatThrownBy(() -> store.findUserById("1")).isInstanceOf(UnavailableException.class);
  }

  @Test
  void doesNotTellAUserWhoseNameIsNone() {
    UserHost host = host(Server.H2);
    Userstore store = host.store(OWN);
    host.database().execute("INSERT INTO people (nr, login) VALUES (9, 'a' || CHAR(10) || 'b')");

    assertThatThrownBy(() -> store.findUserById("9"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("control characters");
  }

  @Test
  void endsAQueryThatIsAboutNobodyInParticular() {
    UserHost host = host(Server.H2);
    Userstore store = host.store("""
        queries:
          find_user: SELECT nr AS id, login AS username, hash AS password, x AS role FROM people, SYSTEM_RANGE(1, 100001) WHERE login = :username
          find_user_by_id: SELECT nr AS id, login AS username, hash AS password FROM people WHERE nr = :id
          roles: SELECT x AS role FROM SYSTEM_RANGE(1, 100001) WHERE :id = 7
        """);

    assertThatThrownBy(() -> store.findUser("alice")).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> store.findUserById("7")).isInstanceOf(UnavailableException.class);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void saysAllThatIsWrongAtOnce(Server server) {
    UserHost host = host(server);

    String refusal = host.refusal("""
        queries:
          find_user: SELECT nr AS id, login AS shoe_size, hash AS password, hash AS password FROM people WHERE login = :username
          find_user_by_id: SELECT nope FROM people WHERE nr = :id
          roles: SELECT what FROM rights WHERE nr = :id
          tenant_roles: SELECT what AS tenant_role FROM rights WHERE nr = :id
          groups: SELECT team AS attribute_name FROM teams WHERE nr = :id
          changes: SELECT 1 AS a, 2 AS b
          update_password: UPDATE people SET hash = :replacement, nope = :password_epoch WHERE nr = :id AND hash = :expected
        """);

    assertThat(refusal.lines().map(String::strip))
        .anyMatch(line -> line.startsWith("queries.find_user: answers a column shoe_size"))
        .anyMatch(line -> line.equals("queries.find_user: answers two columns called password"))
        .anyMatch(line ->
            line.equals("queries.find_user: answers no column username; write … AS username"))
        .anyMatch(line -> line.startsWith("queries.find_user: does not answer password_epoch"))
        .anyMatch(line -> line.startsWith("queries.find_user_by_id: database main says: "))
        .anyMatch(line -> line.startsWith("queries.roles: answers a column what"))
        .anyMatch(line -> line.startsWith("queries.roles: answers no column role"))
        .anyMatch(line -> line.startsWith("queries.tenant_roles: answers no column tenant"))
        .anyMatch(line -> line.startsWith("queries.groups: answers no column attribute_value"))
        .anyMatch(line -> line.equals("queries.changes: expected a single column"))
        .anyMatch(line -> line.startsWith("queries.update_password: database main says: "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "queries: {find_user: 'SELECT 1'}|queries.find_user: is about nobody; it must use :username",
        "queries: {find_user: 'SELECT :name'}|queries.find_user: does not know the parameter :name; it may use :username",
        "queries: {find_user: 'SELECT ?'}|expected parameters with names, such as :username, instead of ?",
        "queries: {find_user: 'SELECT :username'}|queries.find_user_by_id is missing",
        "queries: {set: tomcat, find_user: 'SELECT :username; SELECT 1'}|expected a single statement",
        "queries: {set: tomcat, find_user: 'SELECT :name_key'}|does not know the parameter :name_key",
        "queries: {set: tomcat, update_password: 'UPDATE users SET user_pass = :replacement WHERE user_name = :id'}"
            + "|lacks the parameter :expected, :password_epoch",
        "queries: {set: tomcat, password: x}|password",
        "queries: shiro|shiro",
        "{queries: tomcat, case_insensitive: true}|the tables of queries: tomcat have no such names",
        "{queries: tomcat, create_schema: true}|create_schema"
      })
  void saysWhatIsWrongWithAQuery(String properties, String problem) {
    UserHost host = host(Server.H2);
    host.database()
        .execute(
            "CREATE TABLE users (user_name VARCHAR(15), user_pass VARCHAR(99))",
            "CREATE TABLE user_roles (user_name VARCHAR(15), role_name VARCHAR(15))");

    assertThat(host.refusal(properties)).contains(problem);
  }

  @Test
  void triesTheOthersOnceItKnowsHowIdsAreStored() {
    String refusal = host(Server.POSTGRESQL).refusal("""
        queries:
          find_user: SELECT login AS username, hash AS password FROM people WHERE login = :username
          find_user_by_id: SELECT nr AS id, login AS username, hash AS password FROM people WHERE nr = :id
        """);

    assertThat(refusal).isEqualTo("queries.find_user: answers no column id; write … AS id");
  }

  @Test
  void saysWhenTwoQueriesHaveIdsOfDifferentTypes() {
    String refusal = host(Server.H2).refusal("""
        queries:
          find_user: SELECT nr AS id, login AS username, hash AS password, FALSE AS tokens_not_before FROM people WHERE login = :username
          find_user_by_id: SELECT login AS id, login AS username, hash AS password FROM people WHERE nr = :id
        """);

    assertThat(refusal)
        .contains("queries.find_user_by_id: answers ids of another type than find_user")
        .contains("queries.find_user: tokens_not_before is no timestamp and no number of seconds");
  }
}
