package io.sallyport.authprovider.token.internal;

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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Tokens in a map, which can be out of order, and counts what it is asked. */
public final class MapTokenStore implements TokenStore {

  public final Map<String, StoredToken> tokens = new ConcurrentHashMap<>();
  public final Map<String, Instant> revoked = new ConcurrentHashMap<>();
  public final Map<TokenOwner, Instant> revokedBefore = new ConcurrentHashMap<>();
  public final AtomicInteger finds = new AtomicInteger();
  public final AtomicInteger touches = new AtomicInteger();
  public final AtomicInteger revocations = new AtomicInteger();
  public volatile boolean down;

  private void open() {
    if (down) {
      throw new UnavailableException("the token store is down", Duration.ofSeconds(5), null);
    }
  }

  @Override
  public boolean save(StoredToken token) {
    open();
    return tokens.putIfAbsent(token.id(), token) == null;
  }

  @Override
  public Optional<StoredToken> find(String id) {
    open();
    finds.incrementAndGet();
    return Optional.ofNullable(tokens.get(id));
  }

  @Override
  public TokenPage list(TokenQuery query) {
    open();
    var all = tokens.values().stream()
        .filter(token -> token.kind() == TokenKind.STORED)
        .filter(token -> query.owner() == null || token.owner().equals(query.owner()))
        .toList();
    return new TokenPage(all.stream().limit(query.size()).toList(), all.size());
  }

  @Override
  public boolean delete(String id) {
    open();
    return tokens.remove(id) != null;
  }

  @Override
  public void deleteExpired(TokenOwner owner, Instant now) {
    open();
    tokens.values().removeIf(token -> token.owner().equals(owner) && token.hasExpired(now));
  }

  @Override
  public void touch(Map<String, Instant> lastUsed) {
    touches.incrementAndGet();
    open();
    lastUsed.forEach((id, instant) -> tokens.computeIfPresent(
        id, (key, token) -> token.toBuilder().lastUsedAt(instant).build()));
  }

  @Override
  public boolean consume(String id, Instant now) {
    open();
    boolean[] won = new boolean[1];
    tokens.computeIfPresent(id, (key, token) -> {
      won[0] = token.consumedAt().isEmpty();
      return won[0] ? token.toBuilder().consumedAt(now).build() : token;
    });
    return won[0];
  }

  @Override
  public void revoke(String tokenId, Instant until) {
    open();
    revocations.incrementAndGet();
    revoked.put(tokenId, until);
  }

  @Override
  public void revokeAll(TokenOwner owner, Instant issuedBefore, Instant until) {
    open();
    revokedBefore.put(owner, issuedBefore);
  }

  @Override
  public boolean isRevoked(TokenDetails token, TokenOwner owner) {
    open();
    return revoked.containsKey(token.id())
        || token.parent().filter(revoked::containsKey).isPresent()
        || token.issuedAt().isBefore(revokedBefore.getOrDefault(owner, Instant.MIN));
  }
}
