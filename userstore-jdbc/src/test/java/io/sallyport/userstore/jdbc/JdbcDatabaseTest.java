package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcDatabaseTest {

  @ParameterizedTest
  @EnumSource(Server.class)
  void knowsADatabaseByItsName(Server server) {
    TestDatabase database = server.open();

    JdbcDatabase opened = JdbcDatabase.open(database.named(), Duration.ofSeconds(2));

    assertThat(opened.dialect().name()).isEqualTo(server.name());
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void aRoleMayDoWhatWasGrantedOnly(Server server) {
    TestDatabase database = server.open();
    database.execute("CREATE TABLE seen (a INT)", "CREATE TABLE hidden (a INT)");

    TestDatabase role = database.withRole("GRANT SELECT ON seen TO sallyport");

    role.execute("SELECT a FROM seen");
    assertThatThrownBy(() -> role.execute("SELECT a FROM hidden"))
        .hasMessage("SELECT a FROM hidden")
        .cause()
        .hasMessageContaining("denied");
  }
}
