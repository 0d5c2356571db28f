package io.sallyport.userstore.jdbc;

import io.sallyport.spi.Database;
import io.sallyport.spi.NamedDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** An empty database of a real server, of which each test process starts one. */
public final class TestDatabase {

  private final DataSource source;

  private TestDatabase(DataSource source) {
    this.source = source;
  }

  /** A PostgreSQL for as long as this process lives. */
  private static final class Postgres {

    static final EmbeddedPostgres SERVER = start();

    private Postgres() {}

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "200")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static TestDatabase postgresql() {
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    execute(Postgres.SERVER.getPostgresDatabase(), "CREATE DATABASE " + name);
    return new TestDatabase(Postgres.SERVER.getDatabase("postgres", name));
  }

  static TestDatabase h2() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=5000");
    return new TestDatabase(h2);
  }

  DataSource source() {
    return source;
  }

  NamedDatabase named() {
    return new NamedDatabase("main", (Database) () -> source);
  }

  void execute(String... statements) {
    for (String each : statements) {
      execute(source, each);
    }
  }

  private static void execute(DataSource source, String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
