package io.sallyport.core.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.TokenPage;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BoundedTokenStoreTest {

  private static final Instant NOW = GateFixture.NOW;
  private static final TokenOwner ALICE = new TokenOwner("main", "alice");
  private static final StoredToken TOKEN =
      StoredToken.builder(TokenKind.STORED, "t1", ALICE, "alice", NOW).build();
  private static final TokenDetails DETAILS =
      new TokenDetails(TokenKind.STORED, "t1", null, NOW, null);
  private static final TokenPage PAGE = new TokenPage(List.of(TOKEN), 7);

  private final List<String> told = new ArrayList<>();

  /** Writes down what it is told, and says yes to everything. */
  private class Recording implements TokenStore {

    @Override
    public boolean save(StoredToken token) {
      return told.add("save " + token.id());
    }

    @Override
    public Optional<StoredToken> find(String id) {
      told.add("find " + id);
      return Optional.of(TOKEN);
    }

    @Override
    public TokenPage list(TokenQuery query) {
      told.add("list " + query.owner());
      return PAGE;
    }

    @Override
    public boolean delete(String id) {
      return told.add("delete " + id);
    }

    @Override
    public void deleteExpired(TokenOwner owner, Instant now) {
      told.add("deleteExpired " + owner.userId() + " " + now);
    }

    @Override
    public void touch(Map<String, Instant> lastUsed) {
      told.add("touch " + lastUsed);
    }

    @Override
    public boolean consume(String id, Instant now) {
      return told.add("consume " + id + " " + now);
    }

    @Override
    public void revoke(String tokenId, Instant until) {
      told.add("revoke " + tokenId + " " + until);
    }

    @Override
    public void revokeAll(TokenOwner owner, Instant issuedBefore, Instant until) {
      told.add("revokeAll " + owner.userId() + " " + issuedBefore + " " + until);
    }

    @Override
    public boolean isRevoked(TokenDetails token, TokenOwner owner) {
      return told.add("isRevoked " + token.id() + " " + owner.userId());
    }

    @Override
    public void close() {
      told.add("close");
    }
  }

  @Test
  void handsEverythingOnAndClosesWhatItBounds() {
    var bounded = new BoundedTokenStore(new Recording(), CallLimits.DEFAULT);

    assertThat(bounded.save(TOKEN)).isTrue();
    assertThat(bounded.find("t1")).contains(TOKEN);
    assertThat(bounded.list(TokenQuery.of(ALICE))).isEqualTo(PAGE);
    assertThat(bounded.delete("t1")).isTrue();
    bounded.deleteExpired(ALICE, NOW);
    bounded.touch(Map.of("t1", NOW));
    assertThat(bounded.consume("t1", NOW)).isTrue();
    bounded.revoke("t1", NOW);
    bounded.revokeAll(ALICE, NOW, NOW.plusSeconds(1));
    assertThat(bounded.isRevoked(DETAILS, ALICE)).isTrue();
    bounded.close();

    assertThat(told)
        .containsExactly(
            "save t1",
            "find t1",
            "list " + ALICE,
            "delete t1",
            "deleteExpired alice " + NOW,
            "touch {t1=" + NOW + "}",
            "consume t1 " + NOW,
            "revoke t1 " + NOW,
            "revokeAll alice " + NOW + " " + NOW.plusSeconds(1),
            "isRevoked t1 alice",
            "close");
  }

  @Test
  void invariant1AStoreThatDoesNotAnswerInTimeCannotTell() {
    var never = new CountDownLatch(1);
    TokenStore hanging = new Recording() {
      @Override
      public boolean isRevoked(TokenDetails token, TokenOwner owner) {
        try {
          return never.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          return false;
        }
      }
    };
    try (var bounded = new BoundedTokenStore(hanging, new CallLimits(Duration.ofMillis(50), 2))) {

      assertThatThrownBy(() -> bounded.isRevoked(DETAILS, ALICE))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("token_store did not answer within 50 ms");
    }
  }

  @Test
  void aStoreWithAllItsPlacesTakenHoldsUpNobodyElse() throws Exception {
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    TokenStore slow = new Recording() {
      @Override
      public Optional<StoredToken> find(String id) {
        entered.countDown();
        try {
          leave.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return super.find(id);
      }
    };
    try (var bounded = new BoundedTokenStore(slow, new CallLimits(null, 1))) {
      Thread first = new Thread(() -> bounded.find("t1"));
      first.start();
      assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

      assertThatThrownBy(() -> bounded.isRevoked(DETAILS, ALICE))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("token_store has all its places taken");

      leave.countDown();
      first.join(20_000);
      assertThat(bounded.isRevoked(DETAILS, ALICE)).isTrue();
    }
  }

  @Test
  void whatAStoreThrowsComesThroughAsItIs() {
    var down = new UnavailableException("the disk is full", Duration.ofSeconds(7), null);
    TokenStore failing = new Recording() {
      @Override
      public void revoke(String tokenId, Instant until) {
        throw down;
      }
    };
    for (var limits : List.of(CallLimits.DEFAULT, new CallLimits(Duration.ofSeconds(20), 2))) {
      try (var bounded = new BoundedTokenStore(failing, limits)) {
        assertThatThrownBy(() -> bounded.revoke("t1", NOW)).isSameAs(down);
      }
    }
  }
}
