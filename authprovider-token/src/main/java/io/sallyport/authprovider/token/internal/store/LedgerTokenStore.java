package io.sallyport.authprovider.token.internal.store;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.authprovider.token.internal.store.Change.AllRevoked;
import io.sallyport.authprovider.token.internal.store.Change.Consumed;
import io.sallyport.authprovider.token.internal.store.Change.Deleted;
import io.sallyport.authprovider.token.internal.store.Change.Revoked;
import io.sallyport.authprovider.token.internal.store.Change.Saved;
import io.sallyport.spi.TokenPage;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store of tokens whose changes are entered in a ledger. */
public final class LedgerTokenStore implements TokenStore {

  private static final Duration SEARCHES_EVERY = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final int maxTokens;
  private final InstantSource clock;

  /** When nothing was found to make place, lest all be searched each time. In decisions. */
  private Instant searched = Instant.MIN;

  /** A store that owns its ledger. */
  public LedgerTokenStore(Ledger ledger, int maxTokens, InstantSource clock) {
    this.ledger = ledger;
    this.maxTokens = maxTokens;
    this.clock = clock;
  }

  @Override
  public boolean save(StoredToken token) {
    requireNonNull(token, "token");
    return ledger.enter(table -> {
      if (table.token(token.id()) != null) {
        return List.of();
      }
      if (table.isEnded(token)) {
        throw new UnavailableException(
            "token " + token.id() + " was ended while it was being made; ask for another one",
            Duration.ofSeconds(1),
            null);
      }
      return table.size() < maxTokens
          ? List.of(new Saved(token))
          : List.of(expired(table), new Saved(token));
    });
  }

  /** What makes place in a store that is full. */
  private Deleted expired(TokenTable table) {
    Instant now = clock.instant();
    List<String> expired = wasSearched(now) ? List.of() : TokenTable.expired(table.tokens(), now);
    if (table.size() - expired.size() >= maxTokens) {
      searched = wasSearched(now) ? searched : now;
      throw new UnavailableException(
          "token_store: holds " + table.size() + " tokens, and max_tokens is " + maxTokens
              + "; delete tokens that nobody needs, or raise max_tokens",
          Duration.ofMinutes(1),
          null);
    }
    return new Deleted(expired);
  }

  private boolean wasSearched(Instant now) {
    return !now.isBefore(searched) && Duration.between(searched, now).compareTo(SEARCHES_EVERY) < 0;
  }

  @Override
  public Optional<StoredToken> find(String id) {
    return Optional.ofNullable(ledger.table().token(id));
  }

  @Override
  public TokenPage list(TokenQuery query) {
    return TokenListing.page(ledger.table(), query);
  }

  @Override
  public boolean delete(String id) {
    requireNonNull(id, "id");
    return ledger.enter(
        table -> table.token(id) == null ? List.of() : List.of(new Deleted(List.of(id))));
  }

  @Override
  public void deleteExpired(TokenOwner owner, Instant now) {
    requireNonNull(owner, "owner");
    requireNonNull(now, "now");
    if (TokenTable.expired(ledger.table().tokensOf(owner), now).isEmpty()) {
      return; // as nearly always; what another node has saved just now has not expired
    }
    ledger.enter(table -> {
      List<String> expired = TokenTable.expired(table.tokensOf(owner), now);
      return expired.isEmpty() ? List.of() : List.of(new Deleted(expired));
    });
  }

  @Override
  public void touch(Map<String, Instant> lastUsed) {
    ledger.touch(lastUsed);
  }

  @Override
  public boolean consume(String id, Instant now) {
    requireNonNull(id, "id");
    requireNonNull(now, "now");
    return ledger.enter(table -> {
      StoredToken token = table.token(id);
      boolean good = token != null
          && token.kind() == TokenKind.REFRESH
          && token.consumedAt().isEmpty();
      return good ? List.of(new Consumed(id, now)) : List.of();
    });
  }

  @Override
  public void revoke(String tokenId, Instant until) {
    Revoked change =
        new Revoked(requireNonNull(tokenId, "tokenId"), requireNonNull(until, "until"));
    ledger.enter(table -> table.isKnown(change) ? List.of() : List.of(change));
  }

  @Override
  public void revokeAll(TokenOwner owner, Instant issuedBefore, Instant until) {
    AllRevoked change = new AllRevoked(
        requireNonNull(owner, "owner"),
        requireNonNull(issuedBefore, "issuedBefore"),
        requireNonNull(until, "until"));
    ledger.enter(table -> table.isKnown(change) ? List.of() : List.of(change));
  }

  @Override
  public boolean isRevoked(TokenDetails token, TokenOwner owner) {
    return ledger.table().isRevoked(token, owner);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
