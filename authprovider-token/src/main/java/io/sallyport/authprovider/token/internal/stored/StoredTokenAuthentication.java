package io.sallyport.authprovider.token.internal.stored;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Challenge;
import io.sallyport.api.Evidence;
import io.sallyport.api.Restrictions;
import io.sallyport.api.StoredToken;
import io.sallyport.api.Subject.StoreUser;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.minting.MintingRules;
import io.sallyport.authprovider.token.internal.request.BearerChallenge;
import io.sallyport.authprovider.token.internal.request.TokenFields;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.Userstore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Accepts the tokens that {@link StoredTokenGenerator} makes. The user is read afresh by the id of the token's
 * owner; that the user is active, not locked and has the stamp of then is checked by the gate.
 */
public final class StoredTokenAuthentication implements AuthenticationProvider {

  private static final String METHOD = "api_token";

  private final LookedUpTokens tokens;
  private final TokenFields fields;
  private final BearerChallenge challenge;
  private final Map<String, Userstore> stores;
  private final LastUses lastUses;
  private final InstantSource clock;

  /** A provider for tokens of one form in one store. */
  public StoredTokenAuthentication(
      LookedUpTokens tokens,
      TokenFields fields,
      BearerChallenge challenge,
      List<NamedUserstore> stores,
      InstantSource clock) {
    this.tokens = tokens;
    this.fields = fields;
    this.challenge = challenge;
    this.stores = stores.stream()
        .collect(Collectors.toUnmodifiableMap(NamedUserstore::name, NamedUserstore::store));
    this.lastUses = new LastUses(tokens.store(), clock);
    this.clock = clock;
  }

  @Override
  public boolean isPresented(AuthenticationRequest request) {
    return fields.find(request).isPresent();
  }

  @Override
  public AuthenticationResult authenticate(AuthenticationRequest request) {
    Optional<Verdict<String>> presented = fields.find(request);
    if (presented.isEmpty()) {
      return new NotPresented();
    }
    Instant now = clock.instant();
    Verdict<StoredToken> found =
        presented.get().then(tokens::find).then(token -> inForce(token, now));
    if (found instanceof Verdict.Accepted<StoredToken> accepted) {
      return owner(accepted.value(), now);
    }
    Verdict.Refused<StoredToken> refused = (Verdict.Refused<StoredToken>) found;
    return new Rejected(refused.reason(), refused.detail(), refused.subject());
  }

  /** Asked of tokens whose secret was right only, so that nobody else learns of their state. */
  private Verdict<StoredToken> inForce(StoredToken token, Instant now) {
    if (token.hasExpired(now)) {
      return refused(token, Reason.EXPIRED, "token " + token.id() + " expired");
    }
    return tokens.store().isRevoked(LookedUpTokens.details(token), token.owner()) || isOrphan(token)
        ? refused(token, Reason.REVOKED, "token " + token.id() + " is revoked")
        : Verdict.accepted(token);
  }

  /** What was made with a token that is gone: that it was revoked is forgotten some day, this is not. */
  private boolean isOrphan(StoredToken token) {
    return token
        .familyId()
        .filter(parent -> !parent.startsWith(MintingRules.FAMILY))
        .filter(parent -> tokens.store().find(parent).isEmpty())
        .isPresent();
  }

  private AuthenticationResult owner(StoredToken token, Instant now) {
    Userstore store = stores.get(token.owner().store());
    if (store == null) {
      return new Rejected(
          Reason.UNKNOWN_USER,
          "token " + token.id()
              + " is of a user of a userstore that this provider does not speak for",
          token.username());
    }
    Optional<User> user = store.findUserById(token.owner().userId());
    if (user.isEmpty()) {
      return new Rejected(
          Reason.UNKNOWN_USER, "user of token " + token.id() + " not found", token.username());
    }
    if (tokens.isStampOf(token, user.get().securityStamp())) {
      lastUses.note(token, now);
    }
    return new Authenticated(new StoreUser(token.owner().store(), user.get()), evidence(token));
  }

  private Evidence evidence(StoredToken token) {
    Restrictions restrictions = token.restrictions();
    return Evidence.of(METHOD, token.signedInAt())
        .neverSentByBrowsers()
        .withToken(LookedUpTokens.details(token))
        .withRestrictions(token.expiresAt().map(restrictions::withNotAfter).orElse(restrictions))
        .withStampCheck(current -> tokens.isStampOf(token, current));
  }

  private static Verdict<StoredToken> refused(StoredToken token, Reason reason, String detail) {
    return new Verdict.Refused<>(reason, detail, token.username());
  }

  @Override
  public List<Challenge> challenges(AuthenticationRequest request) {
    return fields.includeBearer() ? challenge.of(fields.find(request).isPresent()) : List.of();
  }

  @Override
  public Set<String> credentialHeaders() {
    return fields.names();
  }

  /** Writes down the last uses, and forgets the keys. */
  @Override
  public void close() {
    lastUses.close();
    tokens.close();
  }
}
