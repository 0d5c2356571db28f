package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Credential;
import io.sallyport.api.Secret;
import io.sallyport.api.User;
import io.sallyport.spi.Userstore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PasswordUpgradeTest {

  private static final String OLD = "$5$salt$old";
  private static final String NEW = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$bmV3";

  static boolean replace(Userstore store, String id, String expected, String replacement) {
    return store
        .passwordUpdates()
        .orElseThrow()
        .replaceHash(id, Secret.ofText(expected), Secret.ofText(replacement));
  }

  private static Userstore storeOn(TestDatabase database, String... properties) {
    Userstore store = UserHost.on(database)
        .store(properties.length == 0 ? new String[] {"create_schema: true"} : properties);
    database.execute(
        "INSERT INTO sallyport_users (name, password) VALUES ('alice', '" + OLD + "')",
        "INSERT INTO sallyport_users (name, password) VALUES ('bob', '" + OLD + "')");
    return store;
  }

  private static User user(Userstore store, String name) {
    return store.findUser(name).orElseThrow();
  }

  private static String hash(Userstore store, String name) {
    return ((Credential.Stored) user(store, name).credential()).hash().revealText();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void endsTokensWhenSomebodyWritesAHashAfterAnUpgrade(Server server) {
    TestDatabase database = server.open();
    Userstore store = storeOn(database);
    User before = user(store, "alice");
    replace(store, before.id(), OLD, NEW);

    database.execute("UPDATE sallyport_users SET password = '$5$salt$hand' WHERE name = 'alice'");

    assertThat(user(store, "alice").securityStamp()).isNotEqualTo(before.securityStamp());
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void doesNotUndoAnEpochThatIsSetMeanwhile(Server server) {
    TestDatabase database = server.open();
    storeOn(database);
    WatchedSource watched = new WatchedSource(database.source());
    Userstore store = UserHost.on(database, watched).store();
    String id = user(store, "alice").id();
    watched.afterExecution(() -> {
      watched.afterExecution(() -> {});
      database.execute("UPDATE sallyport_users SET password_epoch = 'ended' WHERE name = 'alice'");
    });

    assertThat(replace(store, id, OLD, NEW)).isFalse();

    assertThat(hash(store, "alice")).isEqualTo(OLD);
  }

  @Test
  void refusesWhatTheColumnCannotKeep() {
    Userstore store = storeOn(TestDatabase.h2());
    String id = user(store, "alice").id();

    for (String bad : List.of("", "a\nb", "x".repeat(1025))) {
      assertThatThrownBy(() -> replace(store, id, OLD, bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(hash(store, "alice")).isEqualTo(OLD);
  }

  @Test
  void isSwitchedOffByTheConfiguration() {
    Userstore store = storeOn(TestDatabase.h2(), "create_schema: true", "upgrade_hashes: false");

    assertThat(store.passwordUpdates()).isEmpty();
  }
}
