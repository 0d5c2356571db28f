package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.userstore.jdbc.internal.database.Dialect;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JdbcDatabaseTest {

  @Test
  void knowsADatabaseByItsName() {
    JdbcDatabase postgresql =
        JdbcDatabase.open(TestDatabase.postgresql().named(), Duration.ofSeconds(2));
    JdbcDatabase h2 = JdbcDatabase.open(TestDatabase.h2().named(), Duration.ofSeconds(2));

    assertThat(postgresql.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(h2.dialect()).isEqualTo(Dialect.H2);
  }
}
