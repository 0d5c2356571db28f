package io.sallyport.userstore.jdbc.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.Server;
import io.sallyport.userstore.jdbc.TestDatabase;
import io.sallyport.userstore.jdbc.WatchedSource;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node knows of revocations, and how old it may be. */
class RevocationFeedTest extends TokenTestBase {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  // as any clock of this kind may begin
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND / 2);
  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);

  private RevocationFeed feed(JdbcDatabase database, Duration whileAway) {
    RevocationFeed feed = new RevocationFeed(
        database, new Freshness(Duration.ofSeconds(1), whileAway), clock::get, nanos::get);
    feed.look();
    return feed;
  }

  private static boolean knows(RevocationFeed feed, String id) {
    return feed.known().isEnded(signed(id), LENA);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void isAsOldAsTheBeginningOfTheLastLook(Server server) {
    WatchedSource source = new WatchedSource(server.open().source());
    JdbcDatabase database = database(source.source());
    // a look that takes a while, after it has asked
    source.afterExecution(() -> nanos.addAndGet(SECOND / 4));
    RevocationFeed feed = feed(database, Duration.ZERO);
    source.afterExecution(() -> {});
    long took = nanos.get() - (Long.MAX_VALUE - SECOND / 2);

    nanos.addAndGet(SECOND - took);
    assertThat(feed.current()).isNotNull();
    nanos.incrementAndGet();

    assertThat(took).isPositive();
    assertThatThrownBy(feed::current)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("database main")
        .hasMessageContaining("1000 ms");
    feed.look();
    assertThat(feed.current()).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void asksForTheCounterAloneWhileNothingHasChanged(Server server) {
    WatchedSource source = new WatchedSource(server.open().source());
    RevocationFeed feed = feed(database(source.source()), Duration.ZERO);
    source.executed();

    feed.look();

    assertThat(source.executed()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void readsAllAnewWhereAnOlderCopyHasTakenThePlaceOfTheDatabaseAndForgetsNothing(Server server) {
    TestDatabase database = server.open();
    JdbcDatabase opened = database(database);
    TokenStore store = store(opened, A_SECOND, MANY);
    RevocationFeed feed = feed(opened, Duration.ZERO);
    store.revoke("s1", LATER);
    store.revoke("s2", LATER);
    store.revoke("s3", LATER);
    feed.look();

    // the copy had s1 only, and knows another second change
    database.execute(
        "DELETE FROM sallyport_revocations WHERE change_number > 1",
        "UPDATE sallyport_changes SET counter = 1 WHERE part = 'tokens'");
    store.revoke("n2", LATER);
    feed.look();

    assertThat(List.of("s1", "s2", "s3", "n2")).allMatch(id -> knows(feed, id));
    assertThat(List.of("s2", "s3")).noneMatch(id -> knows(feed(opened, Duration.ZERO), id));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void findsWhatAnOlderCopyHasAddedOnceItsCounterHasCaughtUp(Server server) {
    TestDatabase database = server.open();
    JdbcDatabase opened = database(database);
    TokenStore store = store(opened, A_SECOND, MANY);
    RevocationFeed feed = feed(opened, Duration.ZERO);
    store.revoke("s1", LATER);
    store.revoke("s2", LATER);
    feed.look();
    database.execute(
        "DELETE FROM sallyport_revocations WHERE change_number > 1",
        "UPDATE sallyport_changes SET counter = 1 WHERE part = 'tokens'");
    store.revoke("n2", LATER);
    store.revoke("n3", LATER);
    feed.look();
    boolean before = knows(feed, "n2");

    nanos.addAndGet(Duration.ofMinutes(5).toNanos() + 1);
    feed.look();

    assertThat(before).as("has a number that was seen").isFalse();
    assertThat(knows(feed, "n3")).isTrue();
    assertThat(knows(feed, "n2")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void readsAllAnewAfterTheDatabaseWasAway(Server server) {
    TestDatabase database = server.open();
    WatchedSource source = new WatchedSource(database.source());
    TokenStore other = store(database);
    TokenStore store = store(
        database(source.source()), new Freshness(Duration.ofMillis(300), Duration.ZERO), MANY);
    other.revoke("s1", LATER);
    other.revoke("s2", LATER);
    await(() -> store.isRevoked(signed("s2"), LENA));

    source.setAway(true);
    await(() -> isUnavailable(() -> store.isRevoked(signed("s2"), LENA)));
    database.execute(
        "DELETE FROM sallyport_revocations WHERE change_number > 1",
        "UPDATE sallyport_changes SET counter = 1 WHERE part = 'tokens'");
    other.revoke("n2", LATER);
    other.revoke("n3", LATER);
    source.setAway(false);

    await(() -> !isUnavailable(() -> store.isRevoked(signed("s2"), LENA)));
    assertThat(store.isRevoked(signed("n2"), LENA)).isTrue();
    assertThat(store.isRevoked(signed("s2"), LENA)).as("what this node knew").isTrue();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void forgetsWhatTheDatabaseHasForgottenOnceItHasEndedByItsOwnClockToo(Server server) {
    TestDatabase database = server.open();
    JdbcDatabase opened = database(database);
    TokenStore store = store(opened, A_SECOND, MANY);
    store.revoke("s", LATER);
    store.revokeAll(LENA, NOW, LATER);
    store.revoke("kept", LATER);
    RevocationFeed feed = feed(opened, Duration.ZERO);
    database.execute(
        "DELETE FROM sallyport_revocations WHERE change_number = 1",
        "DELETE FROM sallyport_token_cutoffs");
    TokenOwner owner = LENA;

    clock.set(LATER.plus(RevocationFeed.GRACE));
    nanos.addAndGet(Duration.ofMinutes(6).toNanos());
    feed.look();
    boolean within = knows(feed, "s");
    clock.set(LATER.plus(RevocationFeed.GRACE).plusNanos(1));
    nanos.addAndGet(Duration.ofMinutes(6).toNanos());
    feed.look();

    assertThat(within).isTrue();
    assertThat(knows(feed, "s")).isFalse();
    assertThat(knows(feed, "kept")).isTrue();
    assertThat(feed.known()
            .isEnded(
                new TokenDetails(TokenKind.SIGNED, "x", null, NOW.minusSeconds(1), LATER), owner))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void nobodyWaitsForALookThatHangs(Server server) {
    WatchedSource source = new WatchedSource(server.open().source());
    TokenStore strict = store(
        database(source.source()), new Freshness(Duration.ofMillis(300), Duration.ZERO), MANY);
    TokenStore lenient = store(
        database(source.source()),
        new Freshness(Duration.ofMillis(300), Duration.ofMinutes(5)),
        MANY);
    CountDownLatch answers = new CountDownLatch(1);
    source.afterExecution(() -> {
      try {
        answers.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });

    // all of this happens while both looks hang
    await(() -> isUnavailable(() -> strict.isRevoked(signed("s"), LENA)));
    assertThat(lenient.isRevoked(signed("s"), LENA)).isFalse();
    answers.countDown();

    await(() -> !isUnavailable(() -> strict.isRevoked(signed("s"), LENA)));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void looksAgainSoonAfterAFailureHoweverSeldomItLooks(Server server) {
    WatchedSource source = new WatchedSource(server.open().source());
    TokenStore store =
        store(database(source.source()), new Freshness(Duration.ofSeconds(2), Duration.ZERO), MANY);
    source.setAway(true);
    await(() -> isUnavailable(() -> store.isRevoked(signed("s"), LENA)));

    source.setAway(false);
    long back = System.nanoTime();
    await(() -> !isUnavailable(() -> store.isRevoked(signed("s"), LENA)));

    assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(1));
  }
}
