package io.sallyport.userstore.jdbc.internal.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Secret;
import io.sallyport.api.User;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.TestDatabase;
import io.sallyport.userstore.jdbc.UserHost;
import io.sallyport.userstore.jdbc.WatchedSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UserCacheTest {

  private static final String UPDATE =
      "UPDATE sallyport_users SET active = FALSE WHERE name = 'alice'";
  private static final String COUNT =
      "UPDATE sallyport_changes SET counter = counter + 1 WHERE part = 'users'";

  private final TestDatabase database = TestDatabase.h2();
  private final WatchedSource watched = new WatchedSource(database.source());

  /** It starts where the real one may: just before it overflows. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

  private JdbcUserstore store(String... properties) {
    UserHost host = UserHost.on(database, watched);
    JdbcUserstore store =
        host.store(settings -> JdbcUserstore.open(settings, host, nanos::get), properties);
    watched.executed();
    return store;
  }

  private JdbcUserstore withUsers(String... properties) {
    UserHost.on(database).store("create_schema: true").close();
    for (String name : new String[] {"alice", "bob", "carol"}) {
      database.execute(
          "INSERT INTO sallyport_users (name, password) VALUES ('" + name + "', '$5$salt$old')");
    }
    return store(properties);
  }

  private long lookUps() {
    return watched.executed().stream().filter(sql -> sql.contains("UNION ALL")).count();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void isOffUnlessItIsConfigured() {
    JdbcUserstore store = withUsers();

    store.findUser("alice");
    store.findUser("alice");

    assertThat(lookUps()).isEqualTo(2);
  }

  @Test
  void answersUntilTheStatedTimeAfterTheQueryBegan() {
    try (JdbcUserstore store = withUsers("max_staleness: 5s")) {
      // the answer itself takes a second
      watched.afterExecution(() -> pass(Duration.ofSeconds(1)));
      User alice = store.findUser("alice").orElseThrow();
      watched.afterExecution(() -> {});
      pass(Duration.ofSeconds(4).minusNanos(1));

      assertThat(store.findUser("alice")).contains(alice);
      assertThat(store.findUserById(alice.id())).contains(alice);
      assertThat(lookUps()).isEqualTo(1);
      pass(Duration.ofNanos(1));
      assertThat(store.findUser("alice").orElseThrow()).isNotSameAs(alice);
      assertThat(lookUps()).isEqualTo(1);
    }
  }

  @Test
  void knowsByNameWhomItFoundById() {
    try (JdbcUserstore store = withUsers("max_staleness: 5s")) {
      User alice = store.findUserById("1").orElseThrow();

      assertThat(store.findUser("alice")).contains(alice);
      assertThat(store.findUser("Alice")).isEmpty();
      assertThat(lookUps()).isEqualTo(2);
    }
  }

  @Test
  void remembersNobodyWhoIsUnknown() {
    try (JdbcUserstore store = withUsers("max_staleness: 5s")) {
      assertThat(store.findUser("dave")).isEmpty();
      database.execute("INSERT INTO sallyport_users (name) VALUES ('dave')");

      assertThat(store.findUser("dave")).isPresent();
    }
  }

  @Test
  void keepsNoMoreUsersThanConfiguredAndThoseThatWereUsedLast() {
    try (JdbcUserstore store = withUsers("max_staleness: 1h", "max_users: 2")) {
      store.findUser("alice");
      store.findUser("bob");
      store.findUser("alice");
      store.findUser("carol");
      watched.executed();

      store.findUser("alice");
      store.findUser("carol");
      assertThat(lookUps()).isZero();
      store.findUser("bob");
      assertThat(lookUps()).isEqualTo(1);
    }
  }

  @Test
  void showsItsOwnChangesAtOnce() {
    try (JdbcUserstore store = withUsers("max_staleness: 1h")) {
      User alice = store.findUser("alice").orElseThrow();

      store
          .passwordUpdates()
          .orElseThrow()
          .replaceHash(alice.id(), Secret.ofText("$5$salt$old"), Secret.ofText("$6$salt$new"));

      User after = store.findUser("alice").orElseThrow();
      assertThat(after).isNotSameAs(alice);
      assertThat(after.securityStamp()).isEqualTo(alice.securityStamp());
    }
  }

  @Test
  void forgetsWhatAnotherNodeHasChanged() {
    try (JdbcUserstore store = withUsers("max_staleness: 1h")) {
      JdbcUserstore other = store();
      User alice = store.findUser("alice").orElseThrow();

      other
          .passwordUpdates()
          .orElseThrow()
          .replaceHash(alice.id(), Secret.ofText("$5$salt$old"), Secret.ofText("$6$salt$new"));

      UserHost.await(() -> store.findUser("alice").orElseThrow().credential()
              instanceof io.sallyport.api.Credential.Stored stored
          && stored.hash().revealText().equals("$6$salt$new"));
    }
  }

  @Test
  void forgetsWhatAnOperatorHasChangedAndCounted() {
    try (JdbcUserstore store = withUsers("max_staleness: 1h")) {
      assertThat(store.findUser("alice").map(User::active)).contains(true);

      database.execute(UPDATE, COUNT);

      UserHost.await(() -> !store.findUser("alice").orElseThrow().active());
    }
  }

  @Test
  void learnsOfChangesOnceTheDatabaseIsBackAndUntilThenLetsItsUsersAge() {
    try (JdbcUserstore store = withUsers("max_staleness: 1h")) {
      User alice = store.findUser("alice").orElseThrow();
      // the first look forgets everything, since it knows of no other to compare with
      UserHost.await(() -> store.findUser("alice").orElseThrow() != alice);
      watched.setAway(true);
      database.execute(UPDATE, COUNT);

      assertThat(store.findUser("alice").map(User::active)).contains(true);
      pass(Duration.ofHours(1));
      assertThatThrownBy(() -> store.findUser("alice")).isInstanceOf(UnavailableException.class);
      watched.setAway(false);
      UserHost.await(() -> isInactive(store));
    }
  }

  private static boolean isInactive(JdbcUserstore store) {
    try {
      return !store.findUser("alice").orElseThrow().active();
    } catch (UnavailableException e) {
      return false;
    }
  }

  @Test
  void keepsNothingThatWasReadBeforeAChangeItKnowsOf() {
    var memory = new UserMemory(new Staleness(Duration.ofHours(1), Duration.ZERO, 10), nanos::get);
    User alice = User.builder("1", "alice")
        .build(io.sallyport.api.SecurityStamp.of("1", new byte[0], true, null));
    UserMemory.Before before = memory.before();

    memory.changed();
    memory.keep(before, "alice", alice);

    assertThat(memory.byId("1")).isEmpty();
    memory.keep(memory.before(), "alice", alice);
    assertThat(memory.byKey("alice")).contains(alice);
    memory.changed("1");
    assertThat(memory.byKey("alice")).isEmpty();
    assertThat(memory.isEmpty()).isTrue();
  }

  @Test
  void doesNotReplaceWhatWasReadLaterByWhatWasReadEarlier() {
    var memory = new UserMemory(new Staleness(Duration.ofHours(1), Duration.ZERO, 10), nanos::get);
    var stamp = io.sallyport.api.SecurityStamp.of("1", new byte[0], true, null);
    User earlier = User.builder("1", "alice").build(stamp);
    User later = User.builder("1", "alice").build(stamp);
    UserMemory.Before first = memory.before();
    pass(Duration.ofMillis(1));

    memory.keep(memory.before(), "alice", later);
    memory.keep(first, "alice", earlier);

    assertThat(memory.byId("1").orElseThrow()).isSameAs(later);
  }

  @Test
  void forgetsAUserWhoIsGone() {
    try (JdbcUserstore store = withUsers("stale_if_error: 1h")) {
      User alice = store.findUser("alice").orElseThrow();
      database.execute("DELETE FROM sallyport_users WHERE name = 'alice'");
      store.findUser("alice");

      watched.setAway(true);

      assertThatThrownBy(() -> store.findUserById(alice.id()))
          .isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void answersByIdForAStatedTimeWhileTheDatabaseIsAwayAndNeverByName() {
    try (JdbcUserstore store = withUsers("stale_if_error: 1m")) {
      User alice = store.findUser("alice").orElseThrow();
      watched.setAway(true);
      pass(Duration.ofMinutes(1).minusNanos(1));

      assertThat(store.findUserById(alice.id())).contains(alice);
      assertThatThrownBy(() -> store.findUser("alice")).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> store.findUserById("2")).isInstanceOf(UnavailableException.class);
      pass(Duration.ofNanos(1));
      assertThatThrownBy(() -> store.findUserById(alice.id()))
          .isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void asksTheDatabaseFirstAlsoWhereItMayAnswerWithoutIt() {
    try (JdbcUserstore store = withUsers("stale_if_error: 1m")) {
      User alice = store.findUser("alice").orElseThrow();
      database.execute(UPDATE);

      assertThat(store.findUserById(alice.id()).map(User::active)).contains(false);
    }
  }

  @Test
  void answersNothingStaleUnlessItIsConfigured() {
    try (JdbcUserstore store = withUsers("max_staleness: 1s")) {
      User alice = store.findUser("alice").orElseThrow();
      watched.setAway(true);
      pass(Duration.ofSeconds(1));

      assertThatThrownBy(() -> store.findUserById(alice.id()))
          .isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void hasNoThreadUnlessItCaches() {
    withUsers("stale_if_error: 1h").close();

    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("sallyport-users-"));
    JdbcUserstore caching = store("max_staleness: 1s");
    assertThat(Thread.getAllStackTraces().keySet())
        .anyMatch(thread -> thread.getName().equals("sallyport-users-main") && thread.isDaemon());
    caching.close();
    UserHost.await(() -> Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().startsWith("sallyport-users-")));
  }
}
