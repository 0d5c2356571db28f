package io.sallyport.userstore.jdbc.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.userstore.jdbc.internal.database.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptTest {

  private static final String TEXT = """
      -- a table; with a comment
      CREATE TABLE one (
        id INT NOT NULL PRIMARY KEY, -- a, b
        amount DECIMAL(10, 2) DEFAULT (1 + (2)),
        KEY by_amount (amount),
        PRIMARY KEY (id)
      ) ENGINE x;

      CREATE INDEX i ON one (amount);
      CREATE TABLE IF NOT EXISTS two (a INT);
      """;

  @Test
  void endsStatementsAtTheEndOfALine() {
    Script script = new Script("x", Script.statements(TEXT));

    assertThat(script.statements()).hasSize(3);
    assertThat(script.statements().get(1)).isEqualTo("CREATE INDEX i ON one (amount)");
  }

  @Test
  void readsTablesAndColumns() {
    Script script = new Script("x", Script.statements(TEXT));

    assertThat(script.tables())
        .containsOnlyKeys("one", "two")
        .containsEntry("one", List.of("id", "amount"))
        .containsEntry("two", List.of("a"));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void eachSaysItsVersionLast(Dialect dialect) {
    for (SchemaPart part : SchemaPart.values()) {
      List<String> statements = Script.of(part, dialect).statements();

      assertThat(statements.get(statements.size() - 1))
          .startsWith("INSERT INTO sallyport_schema (part, version)")
          .contains("'" + part.key() + "'");
      assertThat(statements.subList(0, statements.size() - 1))
          .as("statements that can be done again")
          .allMatch(
              each -> each.contains(" IF NOT EXISTS ") || each.contains(" WHERE NOT EXISTS "));
    }
  }

  @ParameterizedTest
  @EnumSource(SchemaPart.class)
  void allMakeTheSameTablesAndColumns(SchemaPart part) {
    var expected = Script.of(part, Dialect.POSTGRESQL).tables();

    for (Dialect dialect : Dialect.values()) {
      assertThat(Script.of(part, dialect).tables()).isEqualTo(expected);
    }
  }
}
