package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spi.Userstore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which database a part uses. */
class SharedDatabaseTest {

  @ParameterizedTest
  @CsvSource({"main, create_schema: true", "main, database: main", "main;other, database: other"})
  void usesTheOneThatIsNamedOrElseTheOnlyOne(String names, String property) {
    TestDatabase h2 = TestDatabase.h2();
    UserHost host = UserHost.withNames(h2, names.split(";"));

    try (Userstore store = property.startsWith("create")
        ? host.store(property)
        : host.store(property, "create_schema: true")) {
      h2.execute("INSERT INTO sallyport_users (name) VALUES ('alice')");
      assertThat(store.findUser("alice")).isPresent();
    }
  }

  @Test
  void tellsThatThereIsNone() {
    assertThat(UserHost.withNames(TestDatabase.h2()).refusal())
        .contains(
            "there is no database", "database: {implementation: jdbc, properties: {jdbc_url:");
  }

  @Test
  void tellsTheNamesWhereAnotherOneIsMeant() {
    assertThat(UserHost.withNames(TestDatabase.h2(), "main", "other").refusal("database: Main"))
        .contains("database: no database is called \"Main\"; defined: main, other");
  }

  @Test
  void doesNotGuessAmongSeveral() {
    assertThat(
            UserHost.withNames(TestDatabase.h2(), "main", "other").refusal("create_schema: true"))
        .contains(
            "there are several databases; write which one is meant, database: main, for one; defined: main, other");
  }
}
