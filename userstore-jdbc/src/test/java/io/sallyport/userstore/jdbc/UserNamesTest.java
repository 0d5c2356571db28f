package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.User;
import io.sallyport.spi.UnavailableException;
import io.sallyport.spi.Userstore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UserNamesTest {

  private static final List<String> ODD = List.of(
      "alice",
      "Alice",
      "ALICE",
      "\u00e1lice",
      "a\u0301lice",
      "alice ",
      " alice",
      "o'brien",
      "100%",
      "al_ce",
      "back\\slash",
      "\"quoted\"",
      "; DROP TABLE sallyport_users",
      "' OR '1'='1",
      "'; DROP TABLE sallyport_users; --",
      "\\' OR 1=1 -- ",
      ":username",
      "?",
      "\ud83d\udc2a",
      "\u0131stanbul",
      "\u0130stanbul",
      "istanbul",
      "Istanbul",
      "\u65e5\u672c",
      "n".repeat(256));

  @ParameterizedTest
  @EnumSource(Server.class)
  void tellsNamesApartCharacterByCharacter(Server server) throws Exception {
    TestDatabase database = server.open();
    Userstore store = UserHost.on(database).store("create_schema: true");
    for (String each : ODD) {
      insert(database, each, null);
    }

    for (String each : ODD) {
      assertThat(store.findUser(each).map(User::name)).contains(each);
    }
    for (String nobody :
        List.of("aLICE", "alice  ", "%", "______", "al%", "alicE", "ISTANBUL", "\ud83d\udc2b")) {
      assertThat(store.findUser(nobody)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void doesNotAskForWhatIsNoName(Server server) {
    TestDatabase database = server.open();
    WatchedSource watched = new WatchedSource(database.source());
    Userstore store = UserHost.on(database, watched).store("create_schema: true");
    watched.executed();

    for (String bad : List.of("", "a\u0000b", "a\nb", "\ud83d", "n".repeat(257))) {
      assertThat(store.findUser(bad)).isEmpty();
      assertThat(store.findUserById(bad)).isEmpty();
    }

    assertThat(watched.executed()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void takesOneOutOfSeveralThatACollationHoldsForTheSame(Server server) throws Exception {
    TestDatabase database = server.open();
    laxTable(database);
    Userstore store = UserHost.on(database).store(LAX);

    assertThat(store.findUser("admin").map(User::id)).contains("1");
    assertThat(store.findUser("ADMIN").map(User::id)).contains("2");
    assertThat(store.findUser("aDMIN")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void doesNotChooseAmongUsersWhoseNamesMeanTheSame(Server server) throws Exception {
    TestDatabase database = server.open();
    laxTable(database);
    Userstore store = UserHost.on(database).store("case_insensitive: true", LAX);

    assertThatThrownBy(() -> store.findUser("admin"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("two users have the same name");
    assertThat(store.findUser("B\u00d6B").map(User::name)).contains("bob");
  }

  private static final String LAX = """
      queries:
        find_user: SELECT id, login AS username, hash AS password FROM people WHERE LOWER(login) = LOWER(:username) OR login = 'bob'
        find_user_by_id: SELECT id, login AS username, hash AS password FROM people WHERE id = :id
      """;

  private static void laxTable(TestDatabase database) {
    database.execute(
        "CREATE TABLE people (id INT PRIMARY KEY, login VARCHAR(50), hash VARCHAR(100))",
        "INSERT INTO people VALUES (1, 'admin', 'a'), (2, 'ADMIN', 'b'), (3, 'bob', 'c')");
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void findsOneUserBySpellingsThatDifferInCaseAndAccents(Server server) throws Exception {
    TestDatabase database = server.open();
    UserHost host = UserHost.on(database);
    host.store("create_schema: true");
    insert(database, "\u00c1dmin", null);
    Userstore store = host.store("case_insensitive: true", "complete_name_keys: true");

    for (String each : List.of(
        "Admin", "ADMIN", "\u00e1dmin", "a\u0301dmin", "adm\u0131n", "ADM\u0130N", "\uff21dmin")) {
      assertThat(store.findUser(each).map(User::name)).as(each).contains("\u00c1dmin");
    }
    assertThat(store.findUser("admin ")).isEmpty();
    assertThat(store.findUser("\u0301")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void refusesToStartWhileSomebodyCouldNotBeFound(Server server) throws Exception {
    TestDatabase database = server.open();
    UserHost host = UserHost.on(database);
    host.store("create_schema: true");
    insert(database, "alice", null);
    insert(database, "bob", "bob");

    String refusal = host.refusal("case_insensitive: true");

    assertThat(refusal)
        .contains("1 rows of sallyport_users have no name_key", "complete_name_keys: true");
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void refusesToStartWithNamesThatWouldMeanTheSame(Server server) throws Exception {
    TestDatabase database = server.open();
    UserHost host = UserHost.on(database);
    host.store("create_schema: true");
    insert(database, "Admin", "admin");
    insert(database, "other", null);
    insert(database, "\u00e1dmin", null);

    String refusal = host.refusal("case_insensitive: true", "complete_name_keys: true");

    assertThat(refusal).contains("the ids 1 and 3");
    database.execute("DELETE FROM sallyport_users WHERE id = 1");
    insert(database, "ADMIN", null);
    assertThat(host.refusal("case_insensitive: true", "complete_name_keys: true"))
        .contains("the ids 3 and 4");
  }

  @Test
  void completesTheKeysOfManyUsers() throws Exception {
    TestDatabase database = TestDatabase.h2();
    UserHost host = UserHost.on(database);
    host.store("create_schema: true");
    database.execute(
        "INSERT INTO sallyport_users (name) SELECT 'User' || x FROM SYSTEM_RANGE(1, 2500)");

    Userstore store = host.store("case_insensitive: true", "complete_name_keys: true");

    assertThat(store.findUser("USER2500").map(User::name)).contains("User2500");
    assertThat(host.store("case_insensitive: true").findUser("user1")).isPresent();
  }

  @Test
  void refusesANameThatHasNoKey() throws Exception {
    TestDatabase database = TestDatabase.h2();
    UserHost host = UserHost.on(database);
    host.store("create_schema: true");
    insert(database, "\u0301", null);

    assertThat(host.refusal("case_insensitive: true", "complete_name_keys: true"))
        .contains("the id 1 cannot have a name_key");
  }

  static void insert(TestDatabase database, String name, String key) throws SQLException {
    try (Connection connection = database.source().getConnection();
        PreparedStatement insert = connection.prepareStatement(
            "INSERT INTO sallyport_users (name, name_key) VALUES (?, ?)")) {
      insert.setString(1, name);
      insert.setString(2, key);
      insert.executeUpdate();
    }
  }
}
