package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Credential;
import io.sallyport.api.User;
import io.sallyport.spi.Userstore;
import java.sql.Connection;
import java.util.Set;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.realm.DataSourceRealm;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.MessageDigestCredentialHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of Tomcat's Realm Configuration How-To, beside its own realm. */
class TomcatTablesTest {

  /** As there, but for the width of the password, which is for passwords in the clear. */
  private static final String[] TABLES = {"""
    create table users (
      user_name         varchar(15) not null primary key,
      user_pass         varchar(255) not null
    )""", """
    create table user_roles (
      user_name         varchar(15) not null,
      role_name         varchar(15) not null,
      primary key (user_name, role_name)
    )"""};

  /** A realm on the same database. It may look its source up wherever it likes. */
  private static final class Realm extends DataSourceRealm {

    private final TestDatabase database;

    Realm(TestDatabase database) throws Exception {
      this.database = database;
      setDataSourceName("any");
      setUserTable("users");
      setUserNameCol("user_name");
      setUserCredCol("user_pass");
      setUserRoleTable("user_roles");
      setRoleNameCol("role_name");
      var handler = new MessageDigestCredentialHandler();
      handler.setAlgorithm("SHA-256");
      handler.setSaltLength(16);
      setCredentialHandler(handler);
      var context = new StandardContext();
      context.setName("tables");
      setContainer(context);
      setRealmPath("/realm0");
      start();
    }

    @Override
    protected Connection open() {
      try {
        return database.source().getConnection();
      } catch (java.sql.SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void readsWhomTheRealmAuthenticates(Server server) throws Exception {
    TestDatabase database = server.open();
    database.execute(TABLES);
    var realm = new Realm(database);
    String stored = realm.getCredentialHandler().mutate("correct horse");
    database.execute(
        "INSERT INTO users VALUES ('alice', '" + stored + "')",
        "INSERT INTO users VALUES ('bob', '" + stored + "')",
        "INSERT INTO user_roles VALUES ('alice', 'manager')",
        "INSERT INTO user_roles VALUES ('alice', 'tomcat')");
    WatchedSource watched = new WatchedSource(database.source());
    Userstore store = UserHost.on(database, watched).store("queries: tomcat");
    watched.executed();

    User alice = store.findUser("alice").orElseThrow();

    assertThat(watched.executed()).hasSize(1);
    var theirs = (GenericPrincipal) realm.authenticate("alice", "correct horse");
    assertThat(alice.roles()).isEqualTo(Set.of(theirs.getRoles()));
    assertThat(alice.active()).isTrue();
    assertThat(((Credential.Stored) alice.credential()).hash().revealText()).isEqualTo(stored);
    assertThat(store.findUser("bob").map(User::roles)).contains(Set.of());
    assertThat(store.findUser("Alice")).isEmpty();
    assertThat(store.findUserById("alice").map(User::roles)).contains(alice.roles());
  }
}
