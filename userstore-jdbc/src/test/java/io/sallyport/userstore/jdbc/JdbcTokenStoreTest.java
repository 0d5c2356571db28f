package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.Database;
import io.sallyport.spi.NamedDatabase;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.schema.Schema;
import io.sallyport.userstore.jdbc.internal.schema.SchemaPart;
import io.sallyport.userstore.jdbc.internal.tokens.Freshness;
import io.sallyport.userstore.jdbc.internal.tokens.JdbcTokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the contract does not ask of a token store: several nodes, and a database that goes away. */
@Timeout(120)
class JdbcTokenStoreTest {

  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(600);
  private static final TokenOwner LENA = new TokenOwner("main", "7");
  private static final Freshness A_SECOND = new Freshness(Duration.ofSeconds(1), Duration.ZERO);
  private static final int THREADS = 16;
  private static final long MANY = 1_000_000;

  private final List<TokenStore> opened = new ArrayList<>();
  private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void close() {
    callers.shutdownNow();
    opened.forEach(TokenStore::close);
  }

  private TokenStore node(NamedDatabase database, Freshness freshness) {
    JdbcDatabase opening = JdbcDatabase.open(database, Duration.ofSeconds(5));
    Schema.require(opening, SchemaPart.TOKENS, true);
    TokenStore store = JdbcTokenStore.open(opening, freshness, MANY, InstantSource.system());
    opened.add(store);
    return store;
  }

  private TokenStore node(TestDatabase database) {
    return node(database.named(), A_SECOND);
  }

  private static NamedDatabase named(WatchedSource source) {
    return new NamedDatabase("main", (Database) source::source);
  }

  private static StoredToken.Builder refresh(String id, @Nullable String family) {
    return StoredToken.builder(TokenKind.REFRESH, id, LENA, "lena", NOW)
        .familyId(family)
        .expiresAt(LATER);
  }

  private static StoredToken token(String id) {
    return StoredToken.builder(TokenKind.STORED, id, LENA, "lena", NOW).build();
  }

  private static TokenDetails signed(String id) {
    return new TokenDetails(TokenKind.SIGNED, id, null, NOW, LATER);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited 20 s").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<T>> results = new ArrayList<>();
    for (Callable<T> call : calls) {
      results.add(callers.submit(() -> {
        start.await();
        return call.call();
      }));
    }
    start.countDown();
    List<T> all = new ArrayList<>();
    for (Future<T> result : results) {
      all.add(result.get());
    }
    return all;
  }

  private static boolean isUnavailable(Runnable call) {
    try {
      call.run();
      return false;
    } catch (UnavailableException e) {
      return true;
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void whatOneNodeEndsTheOthersRefuse(Server server) {
    TestDatabase database = server.open();
    TokenStore one = node(database);
    TokenStore other = node(database);
    other.save(token("a"));

    one.revoke("s", LATER);
    one.revokeAll(LENA, NOW.plusSeconds(1), LATER);
    TokenStore late = node(database);

    await(() -> other.isRevoked(signed("s"), new TokenOwner("main", "8")));
    await(() -> other.isRevoked(signed("x"), LENA));
    assertThat(other.find("a")).isEmpty();
    assertThat(late.isRevoked(signed("s"), new TokenOwner("main", "8"))).isTrue();
    assertThat(late.isRevoked(signed("x"), LENA)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void ofManyOnTwoNodesOneUsesARefreshTokenUp(Server server) throws Exception {
    TestDatabase database = server.open();
    List<TokenStore> nodes = List.of(node(database), node(database));
    for (int round = 0; round < 10; round++) {
      String id = "r" + round;
      nodes.get(0).save(refresh(id, null).build());
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        TokenStore node = nodes.get(i % 2);
        calls.add(() -> node.consume(id, NOW));
      }

      assertThat(atOnce(calls)).containsOnlyOnce(true);
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void nothingIsKeptThatIsSavedWhileItsFamilyEnds(Server server) throws Exception {
    TestDatabase database = server.open();
    TokenStore one = node(database);
    TokenStore other = node(database);
    for (int round = 0; round < 15; round++) {
      String family = "f" + round;
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS - 1; i++) {
        StoredToken renewed = refresh(family + "-" + i, family).build();
        calls.add(() -> isUnavailable(() -> one.save(renewed)));
      }
      calls.add(THREADS / 2, () -> {
        other.revoke(family, LATER);
        return true;
      });

      atOnce(calls);

      for (int i = 0; i < THREADS - 1; i++) {
        assertThat(one.find(family + "-" + i)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void twoNodesThatNoteUsesOfTheSameTokensDoNotHoldEachOtherUp(Server server) throws Exception {
    TestDatabase database = server.open();
    List<TokenStore> nodes = List.of(node(database), node(database));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add("t" + i);
      nodes.get(0).save(token("t" + i));
    }
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      TokenStore node = nodes.get(i % 2);
      Instant used = NOW.plusSeconds(i);
      calls.add(() -> {
        Map<String, Instant> uses = new HashMap<>();
        ids.forEach(id -> uses.put(id, used));
        node.touch(uses);
        return true;
      });
    }

    atOnce(calls);

    assertThat(nodes.get(1).list(TokenQuery.of(LENA)).tokens())
        .hasSize(40)
        .allMatch(each -> each.lastUsedAt().orElseThrow().equals(NOW.plusSeconds(THREADS - 1)));
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aLookUpIsOneStatementAndARevocationCheckNone(Server server) {
    WatchedSource source = new WatchedSource(server.open().source());
    // so long that the look of the node itself does not come in between
    TokenStore store = node(named(source), new Freshness(Duration.ofMinutes(5), Duration.ZERO));
    store.save(token("a"));
    source.executed();

    store.find("a");
    List<String> lookingUp = source.executed();
    store.isRevoked(signed("s"), LENA);

    assertThat(lookingUp).hasSize(1);
    assertThat(source.executed()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aNodeThatCannotLookSaysSoAndGoesOnWhenItCan(Server server) {
    WatchedSource source = new WatchedSource(server.open().source());
    TokenStore store = node(named(source), new Freshness(Duration.ofMillis(300), Duration.ZERO));
    store.save(token("a"));

    source.setAway(true);
    await(() -> isUnavailable(() -> store.isRevoked(signed("s"), LENA)));

    assertThatThrownBy(() -> store.find("a")).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> store.save(token("b"))).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> store.revoke("s", LATER)).isInstanceOf(UnavailableException.class);
    source.setAway(false);
    await(() -> !isUnavailable(() -> store.isRevoked(signed("s"), LENA)));
    assertThat(store.find("a")).isPresent();
    assertThat(store.isRevoked(signed("s"), LENA)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void signedTokensGoOnWithoutTheDatabaseOnlyIfAndForAsLongAsIsSaid(Server server) {
    WatchedSource source = new WatchedSource(server.open().source());
    TokenStore store =
        node(named(source), new Freshness(Duration.ofMillis(200), Duration.ofSeconds(3)));
    store.revoke("s", LATER);
    long away = System.nanoTime();

    source.setAway(true);
    await(() -> isUnavailable(() -> store.find("a")));
    await(() -> System.nanoTime() - away > Duration.ofSeconds(1).toNanos());

    assertThat(store.isRevoked(signed("s"), LENA)).isTrue();
    assertThat(store.isRevoked(signed("x"), LENA)).isFalse();
    await(() -> isUnavailable(() -> store.isRevoked(signed("x"), LENA)));
    assertThat(System.nanoTime() - away).isGreaterThan(Duration.ofMillis(2500).toNanos());
  }
}
