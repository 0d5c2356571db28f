package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.TokenPage;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TokensTest {

  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");

  private static final TokenOwner OWNER = new TokenOwner("main", "u-1");

  private final Revocations store = new Revocations();
  private final Tokens tokens = new Tokens(Map.of(), Map.of(), store, () -> NOW);

  @Test
  void remembersThatASignedTokenWasRevokedForAsLongAsItCouldBeUsed() {
    tokens.revoke(signed("brief", NOW.plusSeconds(600)), OWNER);
    tokens.revoke(signed("ended", NOW.minusSeconds(5)), OWNER);
    tokens.revoke(signed("long", NOW.plus(Duration.ofDays(900))), OWNER);
    tokens.revoke(new TokenDetails(TokenKind.SIGNED, "endless", null, NOW, null), OWNER);

    assertThat(store.until)
        .containsOnly(
            Map.entry("brief", NOW.plusSeconds(900)),
            Map.entry("ended", NOW.plusSeconds(295)),
            Map.entry("long", NOW.plusSeconds(86_700)),
            Map.entry("endless", NOW.plusSeconds(86_700)));
  }

  @Test
  void endsAllOfAnOwnerWhoseTokensAreEndedOneByOneWithoutEnd() {
    for (int i = 0; i < RevocationAllowance.MOST; i++) {
      tokens.revoke(signed("t" + i, NOW.plusSeconds(600)), OWNER);
    }
    assertThat(store.allUntil).isEmpty();

    tokens.revoke(signed("one too many", NOW.plusSeconds(600)), OWNER);
    tokens.revoke(signed("another's", NOW.plusSeconds(600)), new TokenOwner("main", "u-2"));

    assertThat(store.allUntil).containsOnly(Map.entry(OWNER, NOW));
    assertThat(store.until)
        .hasSize(RevocationAllowance.MOST + 1)
        .containsKey("another's")
        .doesNotContainKey("one too many");
  }

  @Test
  void beginsToCountAnewAfterTheTimeAndAfterAllWereEnded() {
    var allowance = new RevocationAllowance();
    for (int i = 0; i < RevocationAllowance.MOST; i++) {
      assertThat(allowance.permits(OWNER, NOW)).isTrue();
    }

    assertThat(allowance.permits(OWNER, NOW.plus(RevocationAllowance.PERIOD))).isTrue();
    for (int i = 1; i < RevocationAllowance.MOST; i++) {
      assertThat(allowance.permits(OWNER, NOW.plus(RevocationAllowance.PERIOD))).isTrue();
    }
    assertThat(allowance.permits(OWNER, NOW.plus(RevocationAllowance.PERIOD))).isFalse();
    assertThat(allowance.permits(OWNER, NOW.plus(RevocationAllowance.PERIOD))).isTrue();
  }

  private static TokenDetails signed(String id, Instant end) {
    return new TokenDetails(TokenKind.SIGNED, id, null, NOW.minusSeconds(60), end);
  }

  /** Keeps no tokens, and what is revoked. */
  private static final class Revocations implements TokenStore {

    private final Map<String, Instant> until = new HashMap<>();
    private final Map<TokenOwner, Instant> allUntil = new HashMap<>();

    @Override
    public boolean save(StoredToken token) {
      return false;
    }

    @Override
    public Optional<StoredToken> find(String id) {
      return Optional.empty();
    }

    @Override
    public TokenPage list(TokenQuery query) {
      return new TokenPage(List.of(), 0);
    }

    @Override
    public boolean delete(String id) {
      return false;
    }

    @Override
    public void deleteExpired(TokenOwner owner, Instant now) {}

    @Override
    public void touch(Map<String, Instant> lastUsed) {}

    @Override
    public boolean consume(String id, Instant now) {
      return false;
    }

    @Override
    public void revoke(String tokenId, Instant end) {
      until.put(tokenId, end);
    }

    @Override
    public void revokeAll(TokenOwner owner, Instant issuedBefore, Instant end) {
      allUntil.put(owner, issuedBefore);
    }

    @Override
    public boolean isRevoked(TokenDetails token, TokenOwner owner) {
      return until.containsKey(token.id());
    }

    @Override
    public void close() {}
  }
}
