package io.sallyport.core.internal.gate;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.TokenPage;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A token store that holds no more threads than its share. Owns the store that it bounds. */
public final class BoundedTokenStore implements TokenStore {

  private final TokenStore store;
  private final BoundedCalls calls;

  /** Bounds a store. */
  public BoundedTokenStore(TokenStore store, CallLimits limits) {
    this.store = store;
    this.calls = new BoundedCalls("token_store", limits);
  }

  @Override
  public boolean save(StoredToken token) {
    return calls.call(() -> store.save(token));
  }

  @Override
  public Optional<StoredToken> find(String id) {
    return calls.call(() -> store.find(id));
  }

  @Override
  public TokenPage list(TokenQuery query) {
    return calls.call(() -> store.list(query));
  }

  @Override
  public boolean delete(String id) {
    return calls.call(() -> store.delete(id));
  }

  @Override
  public void deleteExpired(TokenOwner owner, Instant now) {
    run(() -> store.deleteExpired(owner, now));
  }

  @Override
  public void touch(Map<String, Instant> lastUsed) {
    run(() -> store.touch(lastUsed));
  }

  @Override
  public boolean consume(String id, Instant now) {
    return calls.call(() -> store.consume(id, now));
  }

  @Override
  public void revoke(String tokenId, Instant until) {
    run(() -> store.revoke(tokenId, until));
  }

  @Override
  public void revokeAll(TokenOwner owner, Instant issuedBefore, Instant until) {
    run(() -> store.revokeAll(owner, issuedBefore, until));
  }

  @Override
  public boolean isRevoked(TokenDetails token, TokenOwner owner) {
    return calls.call(() -> store.isRevoked(token, owner));
  }

  private void run(Runnable change) {
    calls.call(() -> {
      change.run();
      return true;
    });
  }

  @Override
  public void close() {
    calls.close();
    store.close();
  }
}
