package io.sallyport.userstore.jdbc.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.userstore.jdbc.Server;
import io.sallyport.userstore.jdbc.TestDatabase;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaTest {

  private static final int NODES = 8;

  private static JdbcDatabase connect(TestDatabase database) {
    return JdbcDatabase.open(database.named(), Duration.ofSeconds(5));
  }

  private static String refusal(TestDatabase database, SchemaPart part, boolean create) {
    var refusal = catchThrowableOfType(
        InvalidSettingsException.class, () -> Schema.require(connect(database), part, create));
    assertThat(refusal).isNotNull();
    return refusal.getMessage();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void makesThePartsInOneDatabaseInAnyOrder(Server server) {
    TestDatabase database = server.open();

    for (SchemaPart part : List.of(SchemaPart.ATTEMPTS, SchemaPart.TOKENS, SchemaPart.USERS)) {
      Schema.require(connect(database), part, true);
    }

    for (SchemaPart part : SchemaPart.values()) {
      assertThatCode(() -> Schema.require(connect(database), part, false))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void completesWhatWasMadeHalfway(Server server) {
    for (SchemaPart part : SchemaPart.values()) {
      JdbcDatabase some = connect(server.open());
      List<String> statements = Script.of(part, some.dialect()).statements();
      for (int done : List.of(1, statements.size() / 2, statements.size() - 1)) {
        TestDatabase database = server.open();
        database.execute(statements.subList(0, done).toArray(String[]::new));

        Schema.require(connect(database), part, true);

        assertThatCode(() -> Schema.require(connect(database), part, false))
            .doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void isMadeByManyNodesAtOnce(Server server) throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(NODES);
    try {
      for (SchemaPart part : SchemaPart.values()) {
        TestDatabase database = server.open();
        CyclicBarrier start = new CyclicBarrier(NODES);
        List<Future<?>> made = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
          made.add(nodes.submit(() -> {
            JdbcDatabase node = connect(database);
            start.await(30, TimeUnit.SECONDS);
            Schema.require(node, part, true);
            return part;
          }));
        }

        for (Future<?> each : made) {
          assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(part);
        }
      }
    } finally {
      nodes.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void tellsTheTablesAndColumnsThatAreMissing(Server server) {
    TestDatabase database = server.open();
    Schema.require(connect(database), SchemaPart.TOKENS, true);
    database.execute(
        "DROP TABLE sallyport_token_cutoffs",
        "ALTER TABLE sallyport_tokens DROP COLUMN restrictions",
        "ALTER TABLE sallyport_tokens DROP COLUMN description");

    String refusal = refusal(database, SchemaPart.TOKENS, true);

    assertThat(refusal)
        .contains(
            "column sallyport_tokens.description, column sallyport_tokens.restrictions,"
                + " table sallyport_token_cutoffs; compare it with the script /io/sallyport/",
            "/tokens-1.sql");
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void tellsWhatWasMadeHalfwayAndIsNotToBeMade(Server server) {
    TestDatabase database = server.open();
    List<String> statements =
        Script.of(SchemaPart.ATTEMPTS, connect(database).dialect()).statements();
    database.execute(statements.get(0), statements.get(1));

    String refusal = refusal(database, SchemaPart.ATTEMPTS, false);

    assertThat(refusal)
        .contains("lacks what attempts needs: table sallyport_attempt_key; apply the script ");
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void saysThatOnlyItsVersionIsMissing(Server server) {
    TestDatabase database = server.open();
    Schema.require(connect(database), SchemaPart.ATTEMPTS, true);
    database.execute("DELETE FROM sallyport_schema");

    String refusal = refusal(database, SchemaPart.ATTEMPTS, false);

    assertThat(refusal).contains("the row of part attempts in sallyport_schema; apply");
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void refusesTheTablesOfAnotherVersion(Server server) {
    TestDatabase database = server.open();
    Schema.require(connect(database), SchemaPart.ATTEMPTS, true);
    database.execute("UPDATE sallyport_schema SET version = 2");

    String refusal = refusal(database, SchemaPart.ATTEMPTS, true);

    assertThat(refusal)
        .isEqualTo("database main has version 2 of the tables for attempts, and this release works"
            + " with version 1; use the release of Sallyport that made them");
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void saysThatItsUserMayNotMakeTables(Server server) {
    TestDatabase database = server.open();
    database.execute("CREATE TABLE something (a INT)");
    // or MariaDB does not even let it in
    TestDatabase role = database.withRole("GRANT SELECT ON something TO sallyport");

    String refusal = refusal(role, SchemaPart.USERS, true);

    assertThat(refusal)
        .startsWith("the user of database main may not create tables; apply the script /io/")
        .endsWith("as a user who may, and leave create_schema out");
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void saysAllThatItsUserMayNotRead(Server server) {
    TestDatabase database = server.open();
    Schema.require(connect(database), SchemaPart.TOKENS, true);
    TestDatabase half = database.withRole(
        "GRANT SELECT ON sallyport_schema TO sallyport",
        "GRANT SELECT ON sallyport_changes TO sallyport",
        "GRANT SELECT ON sallyport_revocations TO sallyport");

    String refusal = refusal(half, SchemaPart.TOKENS, false);

    assertThat(refusal)
        .startsWith("the user of database main may not read sallyport_tokens,"
            + " sallyport_token_cutoffs; grant it");
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void saysThatItsUserMayNotReadTheVersion(Server server) {
    TestDatabase database = server.open();
    Schema.require(connect(database), SchemaPart.TOKENS, true);
    TestDatabase half = database.withRole("GRANT SELECT ON sallyport_tokens TO sallyport");

    String refusal = refusal(half, SchemaPart.TOKENS, false);

    assertThat(refusal)
        .startsWith(
            "the user of database main may not read sallyport_schema, if it is there; apply");
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void tellsWhyATableOfItsNameIsInTheWay(Server server) {
    TestDatabase database = server.open();
    database.execute("CREATE TABLE sallyport_schema (something INT)");

    String refusal = refusal(database, SchemaPart.ATTEMPTS, true);

    assertThat(refusal).contains("does not accept the script", "attempts-1.sql", "SQLSTATE");
  }
}
