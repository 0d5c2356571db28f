package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.spi.Database;
import io.sallyport.spi.DatabaseFactory;
import io.sallyport.spi.InvalidSettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ServiceLoader;
import javax.naming.InitialContext;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcDatabaseFactoryTest {

  private static final String FACTORY = "java.naming.factory.initial";

  @TempDir
  private Path folder;

  private static Database open(String... properties) {
    UserHost host = UserHost.on(TestDatabase.h2());
    return host.store(settings -> new JdbcDatabaseFactory().create(settings, host), properties);
  }

  private static String refusal(String... properties) {
    var refusal = catchThrowableOfType(InvalidSettingsException.class, () -> open(properties));
    assertThat(refusal).isNotNull();
    return refusal.getMessage();
  }

  private static boolean isGood(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return connection.isValid(5);
    }
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(DatabaseFactory.class).stream()
            .map(each -> each.get().name()))
        .containsExactly("jdbc");
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void connectsWithAPasswordOutOfAFile(Server server) throws Exception {
    TestDatabase owner = server.open();
    owner.execute("CREATE TABLE something (a INT)");
    TestDatabase role = owner.withRole("GRANT SELECT ON something TO sallyport");
    Path secret = Files.writeString(folder.resolve("db.password"), role.password() + "\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));

    try (Database database = open(
        "jdbc_url: " + role.url(),
        "username: " + role.user(),
        "password: ${file:" + secret + "}",
        "max_connections: 2",
        "connection_timeout: 5s")) {
      assertThat(isGood(database.dataSource())).isTrue();
    }
  }

  @Test
  void closesItsConnections() throws SQLException {
    TestDatabase h2 = TestDatabase.h2();
    Database database = open("jdbc_url: " + h2.url(), "username: sa");
    DataSource source = database.dataSource();
    assertThat(isGood(source)).isTrue();

    database.close();

    assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
  }

  @Test
  void leavesTheTimeOutOfTheProcessAsItIs() throws SQLException {
    int before = DriverManager.getLoginTimeout();

    try (Database database = open("jdbc_url: " + TestDatabase.h2().url(), "username: sa")) {
      assertThat(isGood(database.dataSource())).isTrue();
    }

    assertThat(DriverManager.getLoginTimeout()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/app?user=a&password=hunter2",
        "jdbc:postgresql://db/app?sslpassword=hunter2",
        "jdbc:mysql://root:hunter2@db/app",
        "jdbc:mysql://hunter2@db/app",
        "jdbc:mariadb://db/app?PassWord = hunter2",
        "jdbc:mariadb:replication://a:hunter2@one,a:hunter2@two/app",
        "jdbc:mysql://address=(host=db)(user=a)(password=hunter2)/app",
        "jdbc:mysql://db/app?password1=hunter2",
        "jdbc:h2:mem:x;USER=sa;PASSWORD=hunter2",
        "jdbc:sqlserver://db;pwd=hunter2",
        "jdbc:oracle:thin:scott/hunter2@//db:1521/app",
        "jdbc:oracle:thin:@db?javax.net.ssl.keyStorePassword=hunter2",
        "jdbc:postgresql://db/app?accessToken=hunter2"
      })
  void refusesASecretInTheAddressWithoutShowingIt(String url) {
    assertThat(refusal("jdbc_url: '" + url + "'"))
        .contains("expected neither a password nor any other secret in it", "${file:db.password}")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db.example.org:5432,other:5432/app?sslmode=verify-full",
        "jdbc:mysql://db/app?passwordCharacterEncoding=UTF-8",
        "jdbc:oracle:thin:@//db:1521/app"
      })
  void takesAnAddressWithoutAny(String url) {
    UserHost host = UserHost.on(TestDatabase.h2());

    var settings = host.store(
        each -> io.sallyport.userstore.jdbc.internal.connection.PoolSettings.read("main", each),
        "jdbc_url: '" + url + "'");

    assertThat(settings.url()).isEqualTo(url);
  }

  @Test
  void refusesWhatIsNoAddress() {
    assertThat(refusal("jdbc_url: db.example.org"))
        .contains("expected an address such as jdbc:postgresql://db.example.org/app");
  }

  @Test
  void saysWhichDriverIsMissing() {
    assertThat(refusal("jdbc_url: jdbc:firebird://db/app"))
        .contains("no driver for \"jdbc:firebird\"; add the driver");
  }

  @Test
  void wantsOneOfTwo() {
    assertThat(refusal()).contains("either jdbc_url", "or jndi_name");
    assertThat(refusal("jdbc_url: jdbc:h2:mem:x", "jndi_name: x"))
        .contains("either jdbc_url", "or jndi_name");
  }

  @Test
  @SuppressWarnings("BanJNDI") // the names are the test's own
  void takesTheDataSourceOfAContainer() throws Exception {
    TestDatabase h2 = TestDatabase.h2();

    inContainer(() -> {
      new InitialContext().rebind("app", h2.source());
      new InitialContext().rebind("number", 4711);

      assertThat(isGood(open("jndi_name: app").dataSource())).isTrue();
      assertThat(refusal("jndi_name: number"))
          .contains("jndi_name: number is a java.lang.Integer, expected a javax.sql.DataSource");
      assertThat(refusal("jndi_name: nothing"))
          .contains("jndi_name: nothing cannot be looked up (NameNotFoundException)");
    });
  }

  @Test
  void saysThatThereIsNoContainer() {
    assertThat(refusal("jndi_name: java:comp/env/jdbc/app"))
        .contains("cannot be looked up (NoInitialContextException)");
  }

  private interface Work {
    void run() throws Exception;
  }

  /** With Tomcat's own directory of names. */
  private static void inContainer(Work work) throws Exception {
    System.setProperty(FACTORY, "org.apache.naming.java.javaURLContextFactory");
    try {
      work.run();
    } finally {
      System.clearProperty(FACTORY);
    }
  }
}
