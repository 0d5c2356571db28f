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
 * the process if the store survives the process at all, and whoever asks this node's store sees it. What one
 * node has changed, another that shares the store sees within a time that the store's configuration states; a
 * node that does not know whether it is that up to date says so with {@link UnavailableException}. If a method
 * that changes something throws that exception, the change may have been made or not.
 *
 * <p>What was ended never comes back: neither when its revocation may be forgotten, nor when the clock is put
 * back by less than an hour.
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
   * Keeps a new token. A store that is full may make place by deleting tokens that have expired. Of a family of
   * refresh tokens it keeps at least the latest 1024 that were used up, and may delete older ones.
   *
   * @param token the token
   * @return false if there is one of the same id, which stays as it is
   * @throws UnavailableException if it cannot be kept now, or was ended while it was being made: its id or
   *     family was revoked, or everything that its owner was issued before some instant after its making
   */
  boolean save(StoredToken token);

  /**
   * The token with an id, used up or not. Called for each request that presents one.
   *
   * @param id the exact id
   * @return the token, also if it has expired, though a refresh token may be deleted some time after its end;
   *     empty if there is none
   * @throws UnavailableException if that cannot be told now
   */
  Optional<StoredToken> find(String id);

  /**
   * A page of the tokens that were made for programs, expired ones among them.
   *
   * @param query which ones
   * @return the page; where tokens come and go between two pages, one may appear on both or on neither
   * @throws UnavailableException if that cannot be told now
   */
  TokenPage list(TokenQuery query);

  /**
   * Ends a token that is kept here, and it alone: tokens that were made with it end by {@link #revoke}, which
   * deletes it as well.
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
   * Uses up a refresh token. Of all who try, on all nodes, one succeeds. It stays to be found, with the instant
   * of its use. Whether it has expired is for the caller to look at.
   *
   * @param id the exact id
   * @param now the present instant
   * @return false if it was used up before, there is none, or it is no refresh token
   * @throws UnavailableException if that cannot be done now; then it may or may not be used up
   */
  boolean consume(String id, Instant now);

  /**
   * Ends a token and all tokens that name it as their parent. What is kept here under the id or as a member of
   * the family is deleted, so that it does not come back when the revocation is forgotten.
   *
   * @param tokenId {@link TokenDetails#id} of the token, or what {@link TokenDetails#parentId} of others says;
   *     for a family of refresh tokens those go too
   * @param until when it may be forgotten again, since the tokens have ended by themselves; where it was
   *     revoked before, the later instant holds
   * @throws UnavailableException if that cannot be done now
   */
  void revoke(String tokenId, Instant until);

  /**
   * Ends everything of an owner that was issued before an instant, stored tokens and refresh tokens included:
   * those that are kept here are deleted.
   *
   * @param owner whose tokens
   * @param issuedBefore those end that were issued before it; an earlier call with a later instant holds on. A
   *     token that tells only the second of its making counts as made at its beginning
   * @param until when it may be forgotten again, since all signed tokens of that time have ended by themselves;
   *     an earlier call with a later instant holds on
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
