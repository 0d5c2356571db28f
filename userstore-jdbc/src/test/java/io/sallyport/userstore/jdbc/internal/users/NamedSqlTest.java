package io.sallyport.userstore.jdbc.internal.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.userstore.jdbc.internal.database.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedSqlTest {

  @Test
  void putsAMarkForEachParameterWhereverItStands() {
    NamedSql sql = NamedSql.parse(
        "SELECT a FROM b WHERE c=:id AND (d = :username OR e=:id);", Dialect.POSTGRESQL);

    assertThat(sql.text()).isEqualTo("SELECT a FROM b WHERE c=? AND (d = ? OR e=?)");
    assertThat(sql.parameters()).isEqualTo(List.of("id", "username", "id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "':id'",
        "'it''s :id'",
        "\":id\"",
        "\"a\"\":id\"",
        "`:id`",
        "-- :id ? ;\n",
        "/* :id ? ; */",
        "/* a\n' :id */",
        "$$ :id ' $$",
        "$tag$ :id $$ :id $tag$",
        "x::id",
        "x::id::text",
        "12:30",
        "a ??| b",
        "'a;b'",
        "'?'",
        "$1"
      })
  void leavesAloneWhatIsNoParameter(String text) {
    NamedSql sql = NamedSql.parse("SELECT " + text + " , :username", Dialect.POSTGRESQL);

    assertThat(sql.text()).isEqualTo("SELECT " + text + " , ?");
    assertThat(sql.parameters()).isEqualTo(List.of("username"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'it\\'s :id'", "'a\\\\'", "# :id '\n", "'it''s :id'"})
  void readsQuotesAndCommentsOfMariaDb(String text) {
    NamedSql sql = NamedSql.parse("SELECT " + text + " , :username", Dialect.MARIADB);

    assertThat(sql.text()).isEqualTo("SELECT " + text + " , ?");
    assertThat(sql.parameters()).isEqualTo(List.of("username"));
  }

  @Test
  void takesABackslashForNothingSpecialElsewhere() {
    NamedSql sql = NamedSql.parse("SELECT '\\', :id, '\\'", Dialect.H2);

    assertThat(sql.parameters()).isEqualTo(List.of("id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT ?", "SELECT 1; SELECT 2", "SELECT 'a' ;;", "SELECT 1 -- a\n; SELECT 2"})
  void refusesMarksWithoutANameAndSeveralStatements(String text) {
    assertThatThrownBy(() -> NamedSql.parse(text, Dialect.H2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected ");
  }

  @Test
  void readsALongLiteral() {
    String literal = "'" + "a\\'".repeat(100_000) + "'";

    NamedSql sql = NamedSql.parse("SELECT " + literal + ", :id", Dialect.MARIADB);

    assertThat(sql.parameters()).isEqualTo(List.of("id"));
  }
}
