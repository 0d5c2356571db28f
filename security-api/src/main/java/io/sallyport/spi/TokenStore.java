package io.sallyport.spi;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenOwner;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps stored tokens, and remembers which tokens, stored or signed, were ended before their time.
 *
 * <p>What a method that changes something was called for is durable when it returns: it survives a crash of
 * the process if the store survives the process at all. What one node has changed, another that shares the
 * store sees within a time that the store's configuration states.
 *
 * <p><b>Security.</b> A store sees neither the secret of a token nor the key of its hash. Ids are compared
 * exactly.
 *
 * <p><b>Threads.</b> One instance serves all requests concurrently.
 *
 * @since 0.1
 */
public interface TokenStore extends AutoCloseable {

  /**
   * Keeps a new token.
   *
   * @param token the token
   * @return false if there is one of the same id, which stays as it is
   * @throws UnavailableException if it cannot be kept now
   */
  boolean save(StoredToken token);

  /**
   * The token with an id, expired or not. Called for each request that presents one.
   *
   * @param id the exact id
   * @return empty if there is none
   * @throws UnavailableException if that cannot be told now
   */
  Optional<StoredToken> find(String id);

  /**
   * A page of the tokens that were made for programs, expired ones among them.
   *
   * @param query which ones
   * @return the page; what follows it is found by the next offset, however the store changes meanwhile
   * @throws UnavailableException if that cannot be told now
   */
  TokenPage list(TokenQuery query);

  /**
   * Ends a stored token.
   *
   * @param id the exact id
   * @return false if there is none
   * @throws UnavailableException if that cannot be done now
   */
  boolean delete(String id);

  /**
   * Takes away an owner's tokens that have ended by themselves.
   *
   * @param owner whose tokens
   * @param now those go that have expired at this instant
   * @throws UnavailableException if that cannot be done now
   */
  void deleteExpired(TokenOwner owner, Instant now);

  /**
   * Notes when tokens were last used. Called off the requests' way, for many at once; a later instant that is
   * noted already stays. Need not be durable.
   *
   * @param lastUsed instants by the ids of tokens; ids of none are passed over
   * @throws UnavailableException if that cannot be done now
   */
  void touch(Map<String, Instant> lastUsed);

  /**
   * Uses up a refresh token. Of all who try, on all nodes, one succeeds.
   *
   * @param id the exact id
   * @param now the present instant
   * @return false if it was used up before, or there is none
   * @throws UnavailableException if that cannot be done now; then it may or may not be used up
   */
  boolean consume(String id, Instant now);

  /**
   * Ends a signed token, or all tokens that name it as their parent.
   *
   * @param tokenId {@link TokenDetails#id} of the token, or what {@link TokenDetails#parentId} of others says;
   *     for a family of refresh tokens those go too
   * @param until when it may be forgotten again, since the tokens have ended by themselves
   * @throws UnavailableException if that cannot be done now
   */
  void revoke(String tokenId, Instant until);

  /**
   * Ends everything of an owner that was issued before an instant, stored tokens and refresh tokens included.
   *
   * @param owner whose tokens
   * @param issuedBefore those end that were issued before it; an earlier call with a later instant holds on
   * @param until when it may be forgotten again, since all signed tokens of that time have ended by themselves
   * @throws UnavailableException if that cannot be done now
   */
  void revokeAll(TokenOwner owner, Instant issuedBefore, Instant until);

  /**
   * Whether a token was ended before its time. Called for each request that presents one, so it must not
   * cost a round trip.
   *
   * @param token the token
   * @param owner whose it is
   * @return true if its id or its parent was revoked, or everything of the owner that was issued before some
   *     instant after its own
   * @throws UnavailableException if that cannot be told now
   */
  boolean isRevoked(TokenDetails token, TokenOwner owner);

  /** Frees what the store holds. Called once, when no request uses it any more. */
  @Override
  default void close() {}
}
