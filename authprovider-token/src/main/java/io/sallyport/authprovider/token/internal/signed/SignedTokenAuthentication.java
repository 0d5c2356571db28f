package io.sallyport.authprovider.token.internal.signed;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Challenge;
import io.sallyport.api.Evidence;
import io.sallyport.api.StoredToken;
import io.sallyport.api.Subject.StoreUser;
import io.sallyport.api.TokenOwner;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.authprovider.token.internal.minting.MintingRules;
import io.sallyport.authprovider.token.internal.refresh.RefreshTokens;
import io.sallyport.authprovider.token.internal.request.BearerChallenge;
import io.sallyport.authprovider.token.internal.request.TokenFields;
import io.sallyport.authprovider.token.internal.verified.TokenDigest;
import io.sallyport.authprovider.token.internal.verified.VerifiedTokens;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.Userstore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the tokens that {@link SignedTokenGenerator} makes, and the refresh tokens that come with them. The
 * user is read afresh from the store that the token names; that the user is active, not locked and has the stamp
 * of then is checked by the gate.
 */
public final class SignedTokenAuthentication implements AuthenticationProvider {

  private final TokenKeys keys;
  private final SignedTokenCodec codec;
  private final TokenFields fields;
  private final BearerChallenge challenge;
  private final VerifiedTokens<VerifiedToken> verified;
  private final Map<String, Userstore> stores;
  private final @Nullable TokenStore tokenStore;
  private final @Nullable RefreshTokens refreshTokens;
  private final InstantSource clock;

  /** A provider for tokens of some keys, an issuer and an audience. */
  public SignedTokenAuthentication(
      TokenKeys keys,
      TokenParties parties,
      Duration clockSkew,
      TokenFields fields,
      BearerChallenge challenge,
      VerifiedTokens<VerifiedToken> verified,
      ProviderContext context) {
    this.keys = keys;
    this.codec = new SignedTokenCodec(keys, parties.policy(clockSkew));
    this.fields = fields;
    this.challenge = challenge;
    this.verified = verified;
    this.stores = context.userstores().stream()
        .collect(Collectors.toUnmodifiableMap(NamedUserstore::name, NamedUserstore::store));
    this.clock = context.clock();
    this.tokenStore = context.tokenStore().orElse(null);
    this.refreshTokens = context
        .tokenStore()
        .map(store -> new RefreshTokens(keys, store, Duration.ZERO, clock))
        .orElse(null);
  }

  @Override
  public boolean isPresented(AuthenticationRequest request) {
    return fields.find(request).isPresent();
  }

  @Override
  public AuthenticationResult authenticate(AuthenticationRequest request) {
    Optional<Verdict<String>> found = fields.find(request);
    if (found.isEmpty()) {
      return new NotPresented();
    }
    if (found.get() instanceof Verdict.Accepted<String> token) {
      return refreshTokens != null && RefreshTokens.isMeant(token.value())
          ? refresh(refreshTokens, token.value())
          : signed(token.value());
    }
    return rejected((Verdict.Refused<String>) found.get());
  }

  private AuthenticationResult signed(String token) {
    Verdict<VerifiedToken> read = verified(token);
    if (read instanceof Verdict.Accepted<VerifiedToken> accepted) {
      VerifiedToken genuine = accepted.value();
      return isRevoked(genuine)
          ? new Rejected(
              Reason.REVOKED, "token revoked", genuine.content().owner().userId())
          : owner(genuine.content().owner(), genuine.evidence());
    }
    return rejected((Verdict.Refused<VerifiedToken>) read);
  }

  /** The token as it was verified before, as long as it is in force and its key is. */
  private Verdict<VerifiedToken> verified(String token) {
    Instant now = clock.instant();
    Optional<TokenDigest> digest = verified.digest(token);
    Optional<VerifiedToken> known = digest
        .flatMap(verified::find)
        .filter(seen -> codec.isInForce(seen.content(), now) && seen.isKeyIn(keys));
    if (known.isPresent()) {
      return Verdict.accepted(known.get());
    }
    Verdict<VerifiedToken> read =
        codec.read(token, now).then(genuine -> Verdict.accepted(new VerifiedToken(genuine)));
    if (digest.isPresent() && read instanceof Verdict.Accepted<VerifiedToken> accepted) {
      verified.remember(digest.get(), accepted.value(), now);
    }
    return read;
  }

  private boolean isRevoked(VerifiedToken token) {
    return tokenStore != null
        && (tokenStore.isRevoked(token.details(), token.content().owner())
            || isOrphan(tokenStore, token));
  }

  /** What was made with a stored token ends with it, also where that one ended with something else. */
  private static boolean isOrphan(TokenStore store, VerifiedToken token) {
    return token
        .details()
        .parent()
        .filter(parent -> !parent.startsWith(MintingRules.FAMILY))
        .filter(parent -> store.find(parent).isEmpty())
        .isPresent();
  }

  private AuthenticationResult refresh(RefreshTokens tokens, String token) {
    Verdict<StoredToken> checked = tokens.check(token);
    return checked instanceof Verdict.Accepted<StoredToken> accepted
        ? owner(accepted.value().owner(), tokens.evidence(accepted.value()))
        : rejected((Verdict.Refused<StoredToken>) checked);
  }

  private AuthenticationResult owner(TokenOwner owner, Evidence evidence) {
    Userstore store = stores.get(owner.store());
    if (store == null) {
      return new Rejected(
          Reason.UNKNOWN_USER,
          "user of a userstore that this provider does not speak for",
          owner.userId());
    }
    Optional<User> user = store.findUserById(owner.userId());
    return user.isPresent()
        ? new Authenticated(new StoreUser(owner.store(), user.get()), evidence)
        : new Rejected(Reason.UNKNOWN_USER, "user not found", owner.userId());
  }

  private static AuthenticationResult rejected(Verdict.Refused<?> refused) {
    return new Rejected(refused.reason(), refused.detail(), refused.subject());
  }

  @Override
  public List<Challenge> challenges(AuthenticationRequest request) {
    return fields.includeBearer() ? challenge.of(fields.find(request).isPresent()) : List.of();
  }

  @Override
  public Set<String> credentialHeaders() {
    return fields.names();
  }

  /** Forgets the keys and the tokens. */
  @Override
  public void close() {
    keys.close();
    verified.clear();
  }
}
