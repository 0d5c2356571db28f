package io.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Restrictions;
import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.TokenPage;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenQuery.Sort;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link TokenStore} does. Extend it, and say how an empty store is made; each test gets one of its own.
 *
 * <pre>{@code
 * class MyTokenStoreTest extends TokenStoreContract {
 *   @Override
 *   protected TokenStore open(InstantSource clock) {
 *     return new MyTokenStore(…);
 *   }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Timeout(60)
public abstract class TokenStoreContract {

  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00.123456789Z");
  private static final TokenOwner LENA = new TokenOwner("main", "u-lena");
  private static final TokenOwner OMAR = new TokenOwner("main", "u-omar");

  private Instant now = NOW;

  private TokenStore store;

  /** For subclasses. */
  protected TokenStoreContract() {}

  /**
   * Makes an empty store with room for 1,000 tokens and more.
   *
   * @param clock its clock, if it has one
   * @return the store, which is closed after the test
   * @throws Exception if it cannot be made, which fails the test
   */
  protected abstract TokenStore open(InstantSource clock) throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    store = open(() -> now);
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  private static StoredToken.Builder token(String id) {
    return StoredToken.builder(TokenKind.STORED, id, LENA, "lena", NOW);
  }

  private static StoredToken.Builder refresh(String id, @Nullable String family) {
    return StoredToken.builder(TokenKind.REFRESH, id, LENA, "lena", NOW)
        .familyId(family)
        .expiresAt(NOW.plus(Duration.ofDays(14)));
  }

  private static TokenDetails signed(String id, @Nullable String parent, Instant issuedAt) {
    return new TokenDetails(TokenKind.SIGNED, id, parent, issuedAt, issuedAt.plusSeconds(600));
  }

  private static Instant later(long seconds) {
    return NOW.plusSeconds(seconds);
  }

  private List<String> idsOf(TokenQuery query) {
    return store.list(query).tokens().stream().map(StoredToken::id).toList();
  }

  private static TokenQuery sorted(Sort sort, boolean descending) {
    return new TokenQuery(null, null, null, null, sort, descending, 0, 10);
  }

  @Test
  void findsWhatItHasSavedAsItWas() {
    StoredToken full = token("a1")
        .secretHash("k1:0f0f")
        .stampMac(new byte[] {0, -1, 127, -128})
        .description("for \"nightly\" \\ builds\r\n\u2028 \0\u001b[31m \ud83d\ude80 \ud800 ünï")
        .signedInAt(later(-3600))
        .expiresAt(Instant.MAX)
        .lastUsedAt(later(5))
        .restrictions(Restrictions.none()
            .withRoles(Set.of("viewer", "a\"b"))
            .withTenants(Set.of())
            .withEndpoints(List.of("GET /blueprints/**", "/x/{y}")))
        .build();
    StoredToken spare = refresh("r1", "f1").consumedAt(later(9)).build();

    assertThat(store.save(full)).isTrue();
    assertThat(store.save(spare)).isTrue();

    assertThat(store.find("a1")).contains(full);
    assertThat(store.find("r1")).contains(spare);
  }

  @Test
  void comparesIdsExactly() {
    store.save(token("aB").build());

    assertThat(store.find("ab")).isEmpty();
    assertThat(store.find("aB ")).isEmpty();
    assertThat(store.find("")).isEmpty();
    assertThat(store.delete("AB")).isFalse();
    assertThat(store.find("aB")).isPresent();
  }

  @Test
  void keepsTheFirstOfTwoTokensWithOneId() {
    StoredToken first = token("a").description("first").build();
    store.save(first);

    boolean saved = store.save(token("a").description("second").build());

    assertThat(saved).isFalse();
    assertThat(store.find("a")).contains(first);
  }

  @Test
  void findsATokenThatHasExpired() {
    store.save(token("a").expiresAt(later(1)).build());
    now = later(100_000);

    assertThat(store.find("a")).isPresent();
    assertThat(idsOf(TokenQuery.of(LENA))).containsExactly("a");
  }

  @Test
  void deletesATokenOnce() {
    store.save(token("a").build());
    store.save(token("b").build());

    assertThat(store.delete("a")).isTrue();
    assertThat(store.delete("a")).isFalse();
    assertThat(store.find("a")).isEmpty();
    assertThat(store.find("b")).isPresent();
    assertThat(idsOf(TokenQuery.of(LENA))).containsExactly("b");
  }

  @Test
  void listsThePageThatIsAskedForWithTheNumberOfAll() {
    for (int i = 0; i < 5; i++) {
      store.save(token("t" + i).build());
    }

    TokenPage page = store.list(new TokenQuery(LENA, null, null, null, Sort.ID, false, 3, 3));
    TokenPage beyond = store.list(new TokenQuery(LENA, null, null, null, Sort.ID, false, 9, 3));
    TokenPage none = store.list(new TokenQuery(LENA, null, null, null, Sort.ID, false, 0, 0));

    assertThat(page.tokens()).extracting(StoredToken::id).containsExactly("t3", "t4");
    assertThat(page.total()).isEqualTo(5);
    assertThat(beyond).isEqualTo(new TokenPage(List.of(), 5));
    assertThat(none).isEqualTo(new TokenPage(List.of(), 5));
  }

  @Test
  void listsOnlyWhatIsAskedForAndNeverRefreshTokens() {
    store.save(token("a").description("Build of Nightly").build());
    store.save(token("b").build());
    store.save(refresh("r", "f").build());
    store.save(StoredToken.builder(TokenKind.STORED, "c", OMAR, "lena", NOW).build());

    assertThat(idsOf(TokenQuery.of(LENA))).containsExactly("a", "b");
    assertThat(idsOf(new TokenQuery(null, "b", null, null, Sort.ID, false, 0, 9)))
        .containsExactly("b");
    assertThat(idsOf(new TokenQuery(null, "r", null, null, Sort.ID, false, 0, 9)))
        .isEmpty();
    assertThat(idsOf(new TokenQuery(null, null, "lena", null, Sort.ID, false, 0, 9)))
        .containsExactly("a", "b", "c");
    assertThat(idsOf(new TokenQuery(null, null, "Lena", null, Sort.ID, false, 0, 9)))
        .isEmpty();
    assertThat(idsOf(new TokenQuery(null, null, null, "Night", Sort.ID, false, 0, 9)))
        .containsExactly("a");
    assertThat(idsOf(new TokenQuery(null, null, null, "night", Sort.ID, false, 0, 9)))
        .isEmpty();
    assertThat(idsOf(new TokenQuery(OMAR, null, null, null, Sort.ID, false, 0, 9)))
        .containsExactly("c");
  }

  @Test
  void sortsByEachValueWithWhatLacksItLast() {
    store.save(
        token("b").description("x").expiresAt(later(20)).lastUsedAt(later(1)).build());
    store.save(
        token("a").description("y").expiresAt(later(10)).lastUsedAt(later(2)).build());
    store.save(token("c").build());
    store.save(
        StoredToken.builder(TokenKind.STORED, "d", OMAR, "adam", later(1)).build());

    assertThat(idsOf(sorted(Sort.ID, true))).containsExactly("d", "c", "b", "a");
    assertThat(idsOf(sorted(Sort.USERNAME, false))).containsExactly("d", "a", "b", "c");
    assertThat(idsOf(sorted(Sort.USERNAME, true))).containsExactly("a", "b", "c", "d");
    assertThat(idsOf(sorted(Sort.DESCRIPTION, false))).containsExactly("b", "a", "c", "d");
    assertThat(idsOf(sorted(Sort.DESCRIPTION, true))).containsExactly("a", "b", "c", "d");
    assertThat(idsOf(sorted(Sort.CREATED, true))).containsExactly("d", "a", "b", "c");
    assertThat(idsOf(sorted(Sort.EXPIRES, false))).containsExactly("a", "b", "c", "d");
    assertThat(idsOf(sorted(Sort.EXPIRES, true))).containsExactly("b", "a", "c", "d");
    assertThat(idsOf(sorted(Sort.LAST_USED, false))).containsExactly("b", "a", "c", "d");
  }

  @Test
  void deletesWhatHasExpiredOfOneOwner() {
    store.save(token("past").expiresAt(later(10)).build());
    store.save(token("future").expiresAt(later(11)).build());
    store.save(token("endless").build());
    store.save(refresh("r", "f").expiresAt(later(10)).build());
    store.save(StoredToken.builder(TokenKind.STORED, "other", OMAR, "omar", NOW)
        .expiresAt(later(10))
        .build());

    store.deleteExpired(LENA, later(10));

    assertThat(idsOf(sorted(Sort.ID, false))).containsExactly("endless", "future", "other");
    assertThat(store.find("r")).isEmpty();
  }

  @Test
  void notesTheLatestUse() {
    store.save(token("a").build());
    store.save(token("b").lastUsedAt(later(50)).build());

    store.touch(Map.of("a", later(40), "b", later(40), "unknown", later(40)));

    assertThat(store.find("a").orElseThrow().lastUsedAt()).contains(later(40));
    assertThat(store.find("b").orElseThrow().lastUsedAt()).contains(later(50));
    assertThat(store.find("unknown")).isEmpty();
  }

  @Test
  void usesARefreshTokenUpOnce() {
    store.save(refresh("r", "f").build());
    store.save(token("a").build());

    assertThat(store.consume("r", later(1))).isTrue();
    assertThat(store.consume("r", later(2))).isFalse();
    assertThat(store.consume("a", later(1))).as("no refresh token").isFalse();
    assertThat(store.consume("none", later(1))).isFalse();
    assertThat(store.find("r").orElseThrow().consumedAt()).contains(later(1));
    assertThat(store.find("a").orElseThrow().consumedAt()).isEmpty();
  }

  @Test
  void oneOfManyWhoUseARefreshTokenUpSucceeds() throws Exception {
    int threads = 8;
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 20; round++) {
        String id = "r" + round;
        store.save(refresh(id, null).build());
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> results = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          results.add(callers.submit(() -> {
            start.await();
            return store.consume(id, NOW);
          }));
        }
        start.countDown();

        int winners = 0;
        for (Future<Boolean> result : results) {
          winners += result.get() ? 1 : 0;
        }
        assertThat(winners).isEqualTo(1);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void keepsTheUsedUpTokensOfAFamilyHoweverHastilyItIsRenewed() {
    for (int i = 0; i < 200; i++) {
      store.save(refresh("r" + i, "f").build());
      store.consume("r" + i, later(i));
    }
    store.save(refresh("living", "f").build());

    assertThat(store.find("living")).isPresent();
    for (int i = 0; i < 200; i++) {
      assertThat(store.find("r" + i)).as("r" + i).isPresent();
    }
  }

  @Test
  void revokesATokenByItsId() {
    store.revoke("s1", later(600));

    assertThat(store.isRevoked(signed("s1", null, NOW), LENA)).isTrue();
    assertThat(store.isRevoked(signed("s1", null, NOW), OMAR)).isTrue();
    assertThat(store.isRevoked(signed("s2", null, NOW), LENA)).isFalse();
    assertThat(store.isRevoked(signed("S1", null, NOW), LENA)).isFalse();
  }

  @Test
  void revokesAllWhoseParentIsRevokedWithTheFamilyItself() {
    store.save(refresh("r1", "f").build());
    store.save(refresh("r2", "f").build());
    store.save(refresh("r3", "other").build());
    store.save(token("f").build());

    store.revoke("f", later(600));

    assertThat(store.isRevoked(signed("s", "f", NOW), LENA)).isTrue();
    assertThat(store.isRevoked(signed("s", "other", NOW), LENA)).isFalse();
    assertThat(store.find("r1")).isEmpty();
    assertThat(store.find("r2")).isEmpty();
    assertThat(store.consume("r2", NOW)).isFalse();
    assertThat(store.find("r3")).isPresent();
    assertThat(store.find("f")).isEmpty();
  }

  @Test
  void revokesAllOfAnOwnerThatWasIssuedBefore() {
    store.save(token("old").build());
    store.save(refresh("oldest", "f").build());
    store.save(
        StoredToken.builder(TokenKind.STORED, "new", LENA, "lena", later(10)).build());
    store.save(StoredToken.builder(TokenKind.STORED, "other", OMAR, "omar", NOW).build());

    store.revokeAll(LENA, later(10), later(700));

    assertThat(store.isRevoked(signed("s", null, later(10).minusNanos(1)), LENA))
        .isTrue();
    assertThat(store.isRevoked(signed("s", null, later(10)), LENA)).isFalse();
    assertThat(store.isRevoked(signed("s", null, NOW), OMAR)).isFalse();
    assertThat(store.isRevoked(signed("s", null, NOW), new TokenOwner("x", "u-lena")))
        .isFalse();
    assertThat(store.find("old")).isEmpty();
    assertThat(store.find("oldest")).isEmpty();
    assertThat(store.find("new")).isPresent();
    assertThat(store.find("other")).isPresent();
  }

  @Test
  void aLaterRevocationTakesNothingOfAnEarlierOneBack() {
    store.revokeAll(LENA, later(10), later(90_000));
    store.revokeAll(LENA, later(5), later(60));
    store.revoke("s", later(90_000));
    store.revoke("s", later(60));

    now = later(80_000);
    store.save(StoredToken.builder(TokenKind.STORED, "awake", OMAR, "omar", now).build());

    assertThat(store.isRevoked(signed("x", null, later(9)), LENA)).isTrue();
    assertThat(store.isRevoked(signed("s", null, later(20)), LENA)).isTrue();
  }

  @Test
  void keepsNoTokenThatWasEndedWhileItWasMade() {
    store.revoke("a", later(600));
    store.revoke("f", later(600));
    store.revokeAll(OMAR, later(1), later(600));
    StoredToken ofOmar =
        StoredToken.builder(TokenKind.STORED, "b", OMAR, "omar", NOW).build();

    assertThatThrownBy(() -> store.save(token("a").build()))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> store.save(refresh("r", "f").build()))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> store.save(ofOmar)).isInstanceOf(UnavailableException.class);
    assertThat(store.find("a")).isEmpty();
    assertThat(store.find("r")).isEmpty();
    assertThat(store.find("b")).isEmpty();
  }

  @Test
  void nothingThatWasEndedComesBackWhenRevocationsMayBeForgotten() {
    store.save(token("a").build());
    store.save(refresh("r", "f").build());
    store.save(StoredToken.builder(TokenKind.STORED, "o", OMAR, "omar", NOW).build());
    store.revoke("a", later(60));
    store.revoke("f", later(60));
    store.revokeAll(OMAR, later(1), later(60));

    now = later(10_000_000);
    store.save(StoredToken.builder(TokenKind.STORED, "b", LENA, "lena", now).build());
    store.delete("b");

    assertThat(store.find("a")).isEmpty();
    assertThat(store.find("r")).isEmpty();
    assertThat(store.find("o")).isEmpty();
  }

  @Test
  void aClockThatIsPutBackBringsNothingBack() {
    store.revoke("s", later(60));
    store.revokeAll(LENA, later(1), later(60));

    now = later(60 + 3599);
    store.save(StoredToken.builder(TokenKind.STORED, "b", LENA, "lena", now).build());
    now = later(30);
    store.delete("b");

    assertThat(store.isRevoked(signed("s", null, later(20)), OMAR)).isTrue();
    assertThat(store.isRevoked(signed("x", null, NOW), LENA)).isTrue();
  }

  @Test
  void manyThreadsReadAndChangeAtOnce() throws Exception {
    int threads = 8;
    int each = 50;
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    List<Future<?>> results = new ArrayList<>();
    try {
      for (int t = 0; t < threads; t++) {
        int caller = t;
        results.add(callers.submit(() -> {
          for (int i = 0; i < each; i++) {
            String id = caller + "-" + i;
            assertThat(store.save(token(id).build())).isTrue();
            assertThat(store.find(id)).isPresent();
            if (i % 2 == 0) {
              assertThat(store.delete(id)).isTrue();
              assertThat(store.find(id)).isEmpty();
            }
            store.revoke("s" + id, later(600));
            assertThat(store.isRevoked(signed("s" + id, null, NOW), LENA)).isTrue();
          }
        }));
      }
      for (Future<?> result : results) {
        result.get();
      }
    } finally {
      callers.shutdownNow();
    }

    assertThat(store.list(TokenQuery.of(LENA)).total()).isEqualTo(threads * each / 2);
  }
}
