package io.sallyport.core;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.StoredToken;
import io.sallyport.api.Subject;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.api.TokenRequest;
import io.sallyport.api.User;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.TokenPage;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.Userstore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes, lists and ends tokens, for the application itself. The endpoints use it too, so that both do the
 * same.
 *
 * <p><b>Security.</b> Nobody is asked whether they may: that is for whoever calls. Refresh tokens are neither
 * listed nor found.
 *
 * <p><b>Threads.</b> One instance serves all threads.
 *
 * @since 0.1
 */
public final class Tokens {

  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

  /** By how much no clock is believed to differ. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  /** No signed token lives longer than a day. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(1).plus(CLOCKS_DIFFER);

  private final Map<String, TokenGenerator> generators;
  private final Map<String, Userstore> userstores;
  private final @Nullable TokenStore store;
  private final InstantSource clock;
  private final RevocationAllowance allowance = new RevocationAllowance();

  Tokens(
      Map<String, TokenGenerator> generators,
      Map<String, Userstore> userstores,
      @Nullable TokenStore store,
      InstantSource clock) {
    this.generators = Collections.unmodifiableMap(new LinkedHashMap<>(generators));
    this.userstores = Collections.unmodifiableMap(new LinkedHashMap<>(userstores));
    this.store = store;
    this.clock = clock;
  }

  /**
   * The names of what makes tokens.
   *
   * @return the names, the first one first
   */
  public Set<String> generators() {
    return generators.keySet();
  }

  /**
   * Makes a token with the first generator, as the caller's request to the endpoint would.
   *
   * @param caller the caller of a request
   * @param wish what the token is to be
   * @return the token; its value is not kept
   * @throws IllegalArgumentException if the wish cannot be met
   * @throws NotPermittedException if this caller may have no token
   * @throws IllegalStateException if nothing makes tokens
   * @throws io.sallyport.spi.UnavailableException if no token can be made now
   */
  public IssuedToken issue(Identity caller, TokenRequest wish) {
    return issue(null, caller, wish);
  }

  /**
   * Makes a token, as the caller's request to the endpoint would.
   *
   * @param generator the name of what makes it, null for the first one
   * @param caller the caller of a request
   * @param wish what the token is to be
   * @return the token; its value is not kept
   * @throws IllegalArgumentException if the wish cannot be met
   * @throws NotPermittedException if this caller may have no token
   * @throws IllegalStateException if nothing of that name makes tokens
   * @throws io.sallyport.spi.UnavailableException if no token can be made now
   */
  public IssuedToken issue(@Nullable String generator, Identity caller, TokenRequest wish) {
    TokenGenerator made = generator(generator)
        .orElseThrow(() -> new IllegalStateException(
            generator == null
                ? "nothing makes tokens; configure token_generator, or call tokenGenerator(…)"
                : "no token generator is called \"" + generator + "\"; defined: "
                    + generators.keySet()));
    return made.generate(requireNonNull(caller, "caller"), requireNonNull(wish, "wish"));
  }

  /**
   * Makes a token for a user who sends no request, for a job that acts in the user's name. Narrow it by
   * {@link TokenRequest#withRestrictions} to what the job needs, and let it end with the job.
   *
   * @param generator the name of what makes it, null for the first one
   * @param userstore the name of the user's store
   * @param username the user's exact name
   * @param wish what the token is to be
   * @return the token; its value is not kept
   * @throws IllegalArgumentException if there is no such store, or the wish cannot be met
   * @throws NotPermittedException if there is no such user, or the user is deactivated or locked
   * @throws IllegalStateException if nothing of that name makes tokens
   * @throws io.sallyport.spi.UnavailableException if no token can be made now
   */
  public IssuedToken issueFor(
      @Nullable String generator, String userstore, String username, TokenRequest wish) {
    User user = user(userstore, username)
        .filter(found -> found.active() && !found.locked())
        .orElseThrow(() -> new NotPermittedException(
            "there is no such user, or the user is deactivated or locked"));
    Identity identity = Identity.of(
        "job",
        new AuthenticationResult.Authenticated(
            new Subject.StoreUser(userstore, user), Evidence.of("job", clock.instant())));
    return issue(generator, identity, wish);
  }

  /**
   * Lists tokens that were made for programs.
   *
   * @param query which ones
   * @return a page of them
   * @throws IllegalStateException if there is no token store
   * @throws io.sallyport.spi.UnavailableException if that cannot be told now
   */
  public TokenPage list(TokenQuery query) {
    return store().list(query);
  }

  /**
   * The token with an id that was made for a program, expired or not.
   *
   * @param id the exact id
   * @return empty if there is none
   * @throws IllegalStateException if there is no token store
   * @throws io.sallyport.spi.UnavailableException if that cannot be told now
   */
  public Optional<StoredToken> find(String id) {
    return store().find(id).filter(token -> token.kind() == TokenKind.STORED);
  }

  /**
   * Ends a token by its id: a stored one with everything that was made with it, or a signed one.
   *
   * @param id the exact id
   * @return whether it was a stored one; of others nothing is known beforehand
   * @throws IllegalStateException if there is no token store
   * @throws io.sallyport.spi.UnavailableException if that cannot be done now; then it may or may not be ended
   */
  public boolean revoke(String id) {
    // one that is gone needs not be remembered: what was made with it asks whether it is there
    boolean wasStored = find(id).isPresent() && store().delete(id);
    if (!wasStored) {
      store().revoke(id, clock.instant().plus(LONGEST_LIFE));
    }
    LOG.info("token {} was revoked", id);
    return wasStored;
  }

  /**
   * Ends a token that was presented; a refresh token with its whole family. Where very many signed tokens of one
   * owner are ended one by one, all of theirs are ended instead, so that nobody has a store remember without
   * end.
   *
   * @param token what is known of it
   * @param owner whose it is
   * @throws IllegalArgumentException if it is of an outside issuer, who alone can end it
   * @throws IllegalStateException if there is no token store
   * @throws io.sallyport.spi.UnavailableException if that cannot be done now; then it may or may not be ended
   */
  public void revoke(TokenDetails token, TokenOwner owner) {
    switch (token.kind()) {
      case STORED -> revoke(token.id());
      case SIGNED -> revokeSigned(token, owner);
      case REFRESH -> revokeFamily(token);
      case OUTSIDE ->
        throw new IllegalArgumentException("only its issuer can end a token of an outside issuer");
    }
  }

  /** Remembered for no longer than the token lives, so that who ends many that are short leaves little behind. */
  private void revokeSigned(TokenDetails token, TokenOwner owner) {
    if (!allowance.permits(owner, clock.instant())) {
      revokeAll(owner, clock.instant());
      return;
    }
    Instant latest = clock.instant().plus(LONGEST_LIFE);
    Instant until =
        token.end().map(end -> end.plus(CLOCKS_DIFFER)).filter(latest::isAfter).orElse(latest);
    store().revoke(token.id(), until);
    LOG.info("token {} was revoked", token.id());
  }

  private void revokeFamily(TokenDetails token) {
    String family = token
        .parent()
        .or(() -> store().find(token.id()).flatMap(StoredToken::familyId))
        .orElse(token.id());
    Instant until = clock.instant().plus(LONGEST_LIFE);
    store().revoke(family, token.end().filter(end -> end.isAfter(until)).orElse(until));
    LOG.info("refresh tokens of family {} were revoked", family);
  }

  /**
   * Ends everything of an owner that was issued before an instant. Times in signed tokens are whole seconds,
   * so what is issued in the rest of the same second ends as well.
   *
   * @param owner whose tokens
   * @param issuedBefore those end that were issued before it
   * @throws IllegalArgumentException if it lies in the future
   * @throws IllegalStateException if there is no token store
   * @throws io.sallyport.spi.UnavailableException if that cannot be done now; then they may or may not be ended
   */
  public void revokeAll(TokenOwner owner, Instant issuedBefore) {
    Instant now = clock.instant();
    if (issuedBefore.isAfter(now)) {
      throw new IllegalArgumentException(
          "issued_before must not lie in the future: tokens that are not made yet cannot be ended.");
    }
    store().revokeAll(owner, issuedBefore, now.plus(LONGEST_LIFE));
    LOG.info("all tokens of {} that were issued before {} were revoked", owner, issuedBefore);
  }

  /**
   * Whose tokens those of a user are.
   *
   * @param userstore the name of the user's store
   * @param username the user's exact name
   * @return the owner, empty if there is no such user
   * @throws IllegalArgumentException if there is no such store
   * @throws io.sallyport.spi.UnavailableException if that cannot be told now
   */
  public Optional<TokenOwner> ownerOf(String userstore, String username) {
    return user(userstore, username).map(user -> new TokenOwner(userstore, user.id()));
  }

  private Optional<User> user(String userstore, String username) {
    Userstore found = userstores.get(userstore);
    if (found == null) {
      throw new IllegalArgumentException(
          "no userstore is called \"" + userstore + "\"; defined: " + userstores.keySet());
    }
    return User.isValidName(username) ? found.findUser(username) : Optional.empty();
  }

  /** The roles of a token's owner, none if the owner is in no store of ours. */
  Set<String> rolesOf(TokenOwner owner) {
    return Optional.ofNullable(userstores.get(owner.store()))
        .flatMap(found -> found.findUserById(owner.userId()))
        .map(User::roles)
        .orElse(Set.of());
  }

  /** The only store, or the first one. */
  Optional<String> firstUserstore() {
    return userstores.keySet().stream().findFirst();
  }

  Optional<TokenGenerator> generator(@Nullable String name) {
    return name == null
        ? generators.values().stream().findFirst()
        : Optional.ofNullable(generators.get(name));
  }

  Map<String, TokenGenerator> byName() {
    return generators;
  }

  boolean hasStore() {
    return store != null;
  }

  Instant now() {
    return clock.instant();
  }

  private TokenStore store() {
    if (store == null) {
      throw new IllegalStateException(
          "there is no token store; configure token_store, or call tokenStore(…)");
    }
    return store;
  }
}
