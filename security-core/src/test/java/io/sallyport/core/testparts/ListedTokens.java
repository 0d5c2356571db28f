package io.sallyport.core.testparts;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenPage;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.TokenStoreFactory;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps tokens in memory, sorted by id alone. */
public final class ListedTokens implements TokenStoreFactory {

  @Override
  public String name() {
    return "listed";
  }

  @Override
  public TokenStore create(Settings settings, ProviderContext context) {
    return new Store(settings.flag("down", false));
  }

  private static final class Store implements TokenStore {

    private final boolean down;
    private final Map<String, StoredToken> tokens = new ConcurrentHashMap<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final Map<TokenOwner, Instant> ended = new ConcurrentHashMap<>();

    Store(boolean down) {
      this.down = down;
    }

    @Override
    public boolean save(StoredToken token) {
      return tokens.putIfAbsent(token.id(), token) == null;
    }

    @Override
    public Optional<StoredToken> find(String id) {
      if (down) {
        throw new UnavailableException("the token store is down", Duration.ofSeconds(7), null);
      }
      return Optional.ofNullable(tokens.get(id));
    }

    @Override
    public TokenPage list(TokenQuery query) {
      Comparator<StoredToken> order = Comparator.comparing(StoredToken::id);
      List<StoredToken> found = tokens.values().stream()
          .filter(token -> token.kind() == TokenKind.STORED)
          .filter(token -> query.owner() == null || query.owner().equals(token.owner()))
          .filter(token -> query.id() == null || query.id().equals(token.id()))
          .filter(token -> query.username() == null || query.username().equals(token.username()))
          .filter(token -> query.description() == null
              || token.description().orElse("").contains(query.description()))
          .sorted(query.descending() ? order.reversed() : order)
          .toList();
      return new TokenPage(
          found.stream().skip(query.offset()).limit(query.size()).toList(), found.size());
    }

    @Override
    public boolean delete(String id) {
      return tokens.remove(id) != null;
    }

    @Override
    public void deleteExpired(TokenOwner owner, Instant now) {
      tokens.values().removeIf(token -> token.owner().equals(owner) && token.hasExpired(now));
    }

    @Override
    public void touch(Map<String, Instant> lastUsed) {}

    @Override
    public boolean consume(String id, Instant now) {
      return tokens.remove(id) != null;
    }

    @Override
    public void revoke(String tokenId, Instant until) {
      revoked.add(tokenId);
    }

    @Override
    public void revokeAll(TokenOwner owner, Instant issuedBefore, Instant until) {
      ended.put(owner, issuedBefore);
    }

    @Override
    public boolean isRevoked(TokenDetails token, TokenOwner owner) {
      return revoked.contains(token.id())
          || token.parent().filter(revoked::contains).isPresent()
          || Optional.ofNullable(ended.get(owner))
              .filter(token.issuedAt()::isBefore)
              .isPresent();
    }
  }
}
