package io.sallyport.userstore.jdbc;

import io.sallyport.spi.Database;
import io.sallyport.spi.NamedDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** An empty database of a real server, of which each test process starts one. */
public final class TestDatabase {

  private final Server server;
  private final String url;
  private final String user;
  private final String password;

  private TestDatabase(Server server, String url, String user, String password) {
    this.server = server;
    this.url = url;
    this.user = user;
    this.password = password;
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

  /** PostgreSQL. */
  public static TestDatabase postgresql() {
    String name = unique("t");
    postgresql("postgres").execute("CREATE DATABASE " + name);
    return postgresql(name);
  }

  private static TestDatabase postgresql(String name) {
    return new TestDatabase(
        Server.POSTGRESQL, postgresqlUrl(Postgres.SERVER.getPort(), name), "postgres", "postgres");
  }

  private static String postgresqlUrl(int port, String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  /** MariaDB; skips the test where its server is not installed. */
  public static TestDatabase mariadb() {
    String name = unique("t");
    mariadb("mysql").execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    return mariadb(name);
  }

  private static TestDatabase mariadb(String name) {
    return new TestDatabase(Server.MARIADB, MariaDbServer.shared().url(name), "root", "");
  }

  /** H2 in memory. */
  public static TestDatabase h2() {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=5000";
    return new TestDatabase(Server.H2, url, "sa", "");
  }

  private static String unique(String prefix) {
    return prefix + UUID.randomUUID().toString().replace("-", "");
  }

  /** What it is. */
  public Server server() {
    return server;
  }

  /** Its address, without user and password. */
  public String url() {
    return url;
  }

  /** As whom it is used. */
  public String user() {
    return user;
  }

  /** The user's password. */
  public String password() {
    return password;
  }

  /** New connections of the driver, each time. */
  public DataSource source() {
    return new DriverSource(url, user, password);
  }

  /** It, as a part of the configuration gets it. */
  public NamedDatabase named() {
    DataSource source = source();
    return new NamedDatabase("main", (Database) () -> source);
  }

  /** The port of its server on this machine. */
  public int port() {
    return server == Server.POSTGRESQL
        ? Postgres.SERVER.getPort()
        : MariaDbServer.shared().port();
  }

  /** The same database by way of another port, with whatever is listening there. */
  public TestDatabase through(int port) {
    return new TestDatabase(
        server, url.replace("127.0.0.1:" + port(), "127.0.0.1:" + port), user, password);
  }

  /**
   * The same database as a new user, who may do nothing but what is granted.
   *
   * @param grants statements that grant something to {@code sallyport}, which stands for that user
   */
  public TestDatabase withRole(String... grants) {
    String role = unique("r").substring(0, 30);
    String secret = unique("p");
    if (server == Server.POSTGRESQL) {
      execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + secret + "'");
    } else if (server == Server.MARIADB) {
      // without any right he may not even enter his database
      execute("CREATE USER " + role + " IDENTIFIED BY '" + secret + "'");
    } else {
      execute("CREATE USER " + role + " PASSWORD '" + secret + "'");
    }
    for (String grant : grants) {
      execute(grant.replaceAll("\\bTO sallyport\\b", "TO " + role));
    }
    return new TestDatabase(server, url, role, secret);
  }

  /** Does statements one by one, as its owner. */
  public void execute(String... statements) {
    for (String each : statements) {
      execute(each);
    }
  }

  private void execute(String sql) {
    try (Connection connection = source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The plainest data source that there is. */
  private record DriverSource(String url, String user, String password) implements DataSource {

    @Override
    public Connection getConnection() throws SQLException {
      return DriverManager.getConnection(url, user, password);
    }

    @Override
    public Connection getConnection(String username, String secret) throws SQLException {
      return DriverManager.getConnection(url, username, secret);
    }

    @Override
    public PrintWriter getLogWriter() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setLogWriter(PrintWriter out) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setLoginTimeout(int seconds) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }

    @Override
    public String toString() {
      return url;
    }
  }
}
