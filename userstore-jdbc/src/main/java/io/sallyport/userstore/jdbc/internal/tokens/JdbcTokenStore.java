package io.sallyport.userstore.jdbc.internal.tokens;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.TokenPage;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.database.SqlWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Tokens in a database that nodes share.
 *
 * <p><b>What is ended while it is being made is not kept</b>, without any lock between the two: whoever saves a token
 * commits it and looks for revocations afterwards, and whoever ends tokens commits the revocation and deletes tokens
 * afterwards, once more. So whichever commits last sees the other.
 *
 * <p><b>Clocks.</b> Instants of tokens and revocations are the callers', and are compared with each other as they are.
 * How old what this node knows is goes by no clock that can be put right. What is forgotten, and when, is told at {@link
 * Upkeep}.
 */
public final class JdbcTokenStore implements TokenStore {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** Longer than all who may wait here need. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final JdbcDatabase database;
  private final TokenTable tokens;
  private final RevocationFeed feed;
  private final Upkeep upkeep;
  private final Capacity capacity;

  /** Those who end something count in one row: threads of one node wait for it here, in order, without connections. */
  private final ReentrantLock ending = new ReentrantLock(true);

  private JdbcTokenStore(
      JdbcDatabase database,
      TokenTable tokens,
      RevocationFeed feed,
      Upkeep upkeep,
      Capacity capacity) {
    this.database = database;
    this.tokens = tokens;
    this.feed = feed;
    this.upkeep = upkeep;
    this.capacity = capacity;
  }

  /**
   * Opens the store of a database that has its tables.
   *
   * @param maxTokens how many tokens are kept at most, or somewhat more where several nodes save at once
   * @param clock this node's clock
   * @throws UnavailableException if the database cannot be asked now
   */
  public static JdbcTokenStore open(
      JdbcDatabase database, Freshness freshness, long maxTokens, InstantSource clock) {
    return open(database, freshness, maxTokens, clock, System::nanoTime);
  }

  static JdbcTokenStore open(
      JdbcDatabase database,
      Freshness freshness,
      long maxTokens,
      InstantSource clock,
      LongSupplier nanos) {
    TokenSql sql = new TokenSql(database.dialect());
    TokenTable tokens = new TokenTable(database, sql);
    Upkeep upkeep = new Upkeep(database, sql, tokens, clock);
    Capacity capacity = new Capacity(tokens, maxTokens, upkeep::now, nanos);
    RevocationFeed feed = new RevocationFeed(database, freshness, clock, nanos);
    feed.start();
    upkeep.start(capacity);
    return new JdbcTokenStore(database, tokens, feed, upkeep, capacity);
  }

  @Override
  public boolean save(StoredToken token) {
    requireNonNull(token, "token");
    if (!capacity.isThere()) {
      if (tokens.find(token.id()).isPresent()) {
        return false;
      }
      throw capacity.full();
    }
    if (!tokens.insert(token)) {
      return false;
    }
    capacity.saved();
    TokenTable.Afterwards afterwards = tokens.afterwards(token);
    if (afterwards.ended()) {
      tokens.delete(token.id());
      throw new UnavailableException(
          "token " + token.id() + " was ended while it was being made; ask for another one",
          RETRY_AFTER,
          null);
    }
    if (afterwards.usedUp() > TokenTable.USED_UP_OF_A_FAMILY + TokenTable.MORE_OF_A_FAMILY) {
      token.familyId().ifPresent(tokens::deleteEldest);
    }
    return true;
  }

  @Override
  public Optional<StoredToken> find(String id) {
    return tokens.find(requireNonNull(id, "id"));
  }

  @Override
  public TokenPage list(TokenQuery query) {
    return tokens.list(requireNonNull(query, "query"));
  }

  @Override
  public boolean delete(String id) {
    return tokens.delete(requireNonNull(id, "id"));
  }

  @Override
  public void deleteExpired(TokenOwner owner, Instant now) {
    tokens.deleteExpired(requireNonNull(owner, "owner"), requireNonNull(now, "now"));
  }

  @Override
  public void touch(Map<String, Instant> lastUsed) {
    tokens.touch(lastUsed);
  }

  @Override
  public boolean consume(String id, Instant now) {
    return tokens.consume(requireNonNull(id, "id"), requireNonNull(now, "now"));
  }

  @Override
  public void revoke(String tokenId, Instant until) {
    Row.key("id", tokenId);
    requireNonNull(until, "until");
    end(connection -> {
      RevocationTable.revoke(connection, tokenId, until);
      return TokenTable.deleteFamily(connection, tokenId);
    });
    feed.known().add(tokenId, until);
    database.inTransaction(connection -> TokenTable.deleteFamily(connection, tokenId));
  }

  @Override
  public void revokeAll(TokenOwner owner, Instant issuedBefore, Instant until) {
    Row.key("userstore", owner.store());
    Row.key("user's id", owner.userId());
    requireNonNull(issuedBefore, "issuedBefore");
    requireNonNull(until, "until");
    end(connection -> {
      RevocationTable.revokeAll(connection, owner, issuedBefore, until);
      return TokenTable.deleteOlder(connection, owner, issuedBefore);
    });
    feed.known().add(owner, issuedBefore, until);
    database.inTransaction(connection -> TokenTable.deleteOlder(connection, owner, issuedBefore));
  }

  private void end(SqlWork<Integer> work) {
    if (!isMyTurn()) {
      throw new UnavailableException(
          "token_store: others end tokens in database " + database.name() + " for too long",
          RETRY_AFTER,
          null);
    }
    try {
      database.inTransaction(work);
    } finally {
      ending.unlock();
    }
  }

  private boolean isMyTurn() {
    try {
      return ending.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public boolean isRevoked(TokenDetails token, TokenOwner owner) {
    return feed.current().isEnded(token, owner);
  }

  @Override
  public void close() {
    upkeep.close();
    feed.close();
  }
}
