package io.sallyport.authprovider.token.internal.signed;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Challenge;
import io.sallyport.api.Evidence;
import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.Subject.StoreUser;
import io.sallyport.api.TokenOwner;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.keys.TokenKey;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.authprovider.token.internal.request.BearerChallenge;
import io.sallyport.authprovider.token.internal.request.TokenFields;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.Userstore;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Accepts the tokens that {@link SignedTokenGenerator} makes. The user is read afresh from the store
 * that the token names; that the user is active, not locked and has the stamp of then is checked by
 * the gate.
 */
public final class SignedTokenAuthentication implements AuthenticationProvider {

  private static final String METHOD = "token";

  private final SignedTokenCodec codec;
  private final TokenKeys keys;
  private final TokenFields fields;
  private final BearerChallenge challenge;
  private final Map<String, Userstore> stores;
  private final InstantSource clock;

  /** A provider for tokens of a key, issuer and audience. */
  public SignedTokenAuthentication(
      TokenKeys keys,
      TokenParties parties,
      Duration clockSkew,
      TokenFields fields,
      BearerChallenge challenge,
      List<NamedUserstore> stores,
      InstantSource clock) {
    this.codec = new SignedTokenCodec(keys, parties.policy(clockSkew));
    this.keys = keys;
    this.fields = fields;
    this.challenge = challenge;
    this.stores = stores.stream()
        .collect(Collectors.toUnmodifiableMap(NamedUserstore::name, NamedUserstore::store));
    this.clock = clock;
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
    Verdict<ReadToken> read = found.get().then(token -> codec.read(token, clock.instant()));
    if (read instanceof Verdict.Accepted<ReadToken> accepted) {
      return owner(accepted.value());
    }
    Verdict.Refused<ReadToken> refused = (Verdict.Refused<ReadToken>) read;
    return new Rejected(refused.reason(), refused.detail(), refused.subject());
  }

  private AuthenticationResult owner(ReadToken token) {
    TokenOwner owner = token.content().owner();
    Userstore store = stores.get(owner.store());
    if (store == null) {
      return new Rejected(
          Reason.UNKNOWN_USER,
          "user of a userstore that this provider does not speak for",
          owner.userId());
    }
    Optional<User> user = store.findUserById(owner.userId());
    return user.isPresent()
        ? new Authenticated(new StoreUser(owner.store(), user.get()), evidence(token))
        : new Rejected(Reason.UNKNOWN_USER, "user not found", owner.userId());
  }

  private static Evidence evidence(ReadToken token) {
    // not the token's own end: that was checked just now, and the next token may end later
    return Evidence.of(METHOD, token.content().signedInAt())
        .neverSentByBrowsers()
        .withRestrictions(token.content().restrictions())
        .withToken(token.content().details())
        .withStampCheck(current -> isStampOf(token, current));
  }

  private static boolean isStampOf(ReadToken token, SecurityStamp current) {
    try (Secret stampKey = token.key().derivedKey(TokenKey.STAMP)) {
      return MessageDigest.isEqual(token.content().stampMac(), current.mac(stampKey));
    }
  }

  @Override
  public List<Challenge> challenges(AuthenticationRequest request) {
    return fields.includeBearer() ? challenge.of(fields.find(request).isPresent()) : List.of();
  }

  @Override
  public Set<String> credentialHeaders() {
    return fields.names();
  }

  /** Forgets the keys. */
  @Override
  public void close() {
    keys.close();
  }
}
