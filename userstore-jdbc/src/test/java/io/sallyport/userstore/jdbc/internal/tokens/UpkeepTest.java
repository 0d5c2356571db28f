package io.sallyport.userstore.jdbc.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.TokenStore;
import io.sallyport.userstore.jdbc.Server;
import io.sallyport.userstore.jdbc.TestDatabase;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is deleted because it is of no use any more. */
class UpkeepTest extends TokenTestBase {

  /** Long past by the clock of the database. */
  private static final Instant PAST = Instant.parse("2020-01-15T08:00:00Z");

  private static final Instant END = PAST.plusSeconds(600);

  private final AtomicReference<Instant> clock = new AtomicReference<>(PAST);

  private Upkeep upkeep(JdbcDatabase database) {
    TokenSql sql = new TokenSql(database.dialect());
    return new Upkeep(database, sql, new TokenTable(database, sql), clock::get);
  }

  private static StoredToken ending(TokenKind kind, String id, Instant end) {
    return StoredToken.builder(kind, id, LENA, "lena", PAST).expiresAt(end).build();
  }

  /** What a new node would know. */
  private boolean isKnown(JdbcDatabase database, String id, TokenOwner owner) {
    RevocationFeed feed = new RevocationFeed(database, A_SECOND, clock::get, System::nanoTime);
    feed.look();
    return feed.current().isEnded(new TokenDetails(TokenKind.SIGNED, id, null, PAST, END), owner);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void forgetsWhatHadEndedAnHourBefore(Server server) {
    JdbcDatabase database = database(server.open());
    TokenStore store = store(database, A_SECOND, MANY);
    Upkeep upkeep = upkeep(database);
    TokenOwner omar = new TokenOwner("main", "8");
    store.revoke("s", END);
    store.revokeAll(LENA, PAST.plusSeconds(1), END);
    store.revoke("longer", END.plusNanos(2));

    clock.set(END.plus(Duration.ofHours(1)));
    upkeep.sweep();
    boolean within = isKnown(database, "s", omar) && isKnown(database, "x", LENA);
    clock.set(END.plus(Duration.ofHours(1)).plusNanos(1));
    upkeep.sweep();

    assertThat(within).isTrue();
    assertThat(isKnown(database, "s", omar)).isFalse();
    assertThat(isKnown(database, "x", LENA)).isFalse();
    assertThat(isKnown(database, "longer", omar)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void deletesRefreshTokensAnHourAfterTheirEndAndNoTokensOfPrograms(Server server) {
    JdbcDatabase database = database(server.open());
    TokenStore store = store(database, A_SECOND, MANY);
    int many = TokenTable.AT_ONCE + 3;
    for (int i = 0; i < many; i++) {
      store.save(ending(TokenKind.REFRESH, "r" + i, END));
    }
    store.save(ending(TokenKind.REFRESH, "later", END.plusNanos(1)));
    store.save(ending(TokenKind.STORED, "a", END));

    clock.set(END.plus(Duration.ofHours(1)).plusNanos(1));
    upkeep(database).sweep();

    for (int i = 0; i < many; i++) {
      assertThat(store.find("r" + i)).isEmpty();
    }
    assertThat(store.find("later")).isPresent();
    assertThat(store.find("a")).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void forgetsNoRevocationThatLeavesAnEndedTokenBehind(Server server) {
    TestDatabase opened = server.open();
    JdbcDatabase database = database(opened);
    TokenStore store = store(database, A_SECOND, MANY);
    List<StoredToken> left = List.of(
        StoredToken.builder(TokenKind.STORED, "a", LENA, "lena", PAST).build(),
        StoredToken.builder(TokenKind.REFRESH, "r", new TokenOwner("main", "8"), "omar", PAST)
            .familyId("f")
            .build(),
        StoredToken.builder(TokenKind.STORED, "o", new TokenOwner("main", "9"), "nina", PAST)
            .build());
    store.revoke("a", END);
    store.revoke("f", END);
    store.revokeAll(new TokenOwner("main", "9"), PAST.plusSeconds(1), END);
    TokenTable tokens = new TokenTable(database, new TokenSql(database.dialect()));
    // as by a node that died before it looked
    left.forEach(tokens::insert);
    store.save(
        StoredToken.builder(TokenKind.STORED, "other", LENA, "lena", PAST).build());

    clock.set(END.plus(Duration.ofHours(2)));
    upkeep(database).sweep();

    assertThat(left).allMatch(token -> store.find(token.id()).isEmpty());
    assertThat(store.find("other")).isPresent();
    assertThat(isKnown(database, "a", LENA)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aNodeWhoseClockIsAheadForgetsNothingTooEarly(Server server) {
    JdbcDatabase database = database(server.open());
    TokenStore store = store(database, A_SECOND, MANY);
    // by the clock of the database, of this machine here, that is to come
    Instant end = Instant.now().plus(Duration.ofMinutes(10));
    store.revoke("s", end);
    store.save(ending(TokenKind.REFRESH, "r", end));

    clock.set(end.plus(Duration.ofDays(1000)));
    upkeep(database).sweep();

    assertThat(isKnown(database, "s", LENA)).isTrue();
    assertThat(store.find("r")).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void ofAllNodesOneDoesItInAMinute(Server server) throws Exception {
    TestDatabase opened = server.open();
    List<Callable<Boolean>> nodes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Upkeep upkeep = upkeep(database(opened));
      nodes.add(upkeep::sweepIfDue);
    }

    assertThat(atOnce(nodes)).containsOnlyOnce(true);
    assertThat(atOnce(nodes)).containsOnly(false);
    // a clock that was put back must not end it
    opened.execute(
        "UPDATE sallyport_changes SET counter = counter + 4000 WHERE part = 'token_sweeps'");
    assertThat(atOnce(nodes)).containsOnlyOnce(true);
    opened.execute(
        "UPDATE sallyport_changes SET counter = counter - 61 WHERE part = 'token_sweeps'");
    assertThat(atOnce(nodes)).containsOnlyOnce(true);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void theDatabaseTellsTheTimeWhateverTheZone(Server server) {
    JdbcDatabase database = database(server.open());
    clock.set(Instant.MAX);
    long before = Instant.now().getEpochSecond();

    long told = upkeep(database).now().getEpochSecond();

    assertThat(told).isBetween(before - 2, Instant.now().getEpochSecond() + 2);
  }
}
