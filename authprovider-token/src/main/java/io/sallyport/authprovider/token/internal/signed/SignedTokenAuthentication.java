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
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.keys.SigningKey;
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
  private final Secret stampKey;
  private final TokenFields fields;
  private final BearerChallenge challenge;
  private final Map<String, Userstore> stores;
  private final InstantSource clock;

  /** A provider for tokens of a key, issuer and audience. */
  public SignedTokenAuthentication(
      SigningKey key,
      TokenParties parties,
      Duration clockSkew,
      TokenFields fields,
      BearerChallenge challenge,
      List<NamedUserstore> stores,
      InstantSource clock) {
    this.codec = new SignedTokenCodec(key, parties.policy(clockSkew));
    this.stampKey = key.stampKey();
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
    Verdict<TokenContent> read = found.get().then(token -> codec.read(token, clock.instant()));
    if (read instanceof Verdict.Accepted<TokenContent> accepted) {
      return owner(accepted.value());
    }
    Verdict.Refused<TokenContent> refused = (Verdict.Refused<TokenContent>) read;
    return new Rejected(refused.reason(), refused.detail(), refused.subject());
  }

  private AuthenticationResult owner(TokenContent token) {
    Userstore store = stores.get(token.store());
    if (store == null) {
      return new Rejected(
          Reason.UNKNOWN_USER,
          "user of a userstore that this provider does not speak for",
          token.subject());
    }
    Optional<User> user = store.findUserById(token.subject());
    return user.isPresent()
        ? new Authenticated(new StoreUser(token.store(), user.get()), evidence(token))
        : new Rejected(Reason.UNKNOWN_USER, "user not found", token.subject());
  }

  private Evidence evidence(TokenContent token) {
    // not the token's own end: that was checked just now, and the next token may end later
    return Evidence.of(METHOD, token.signedInAt())
        .neverSentByBrowsers()
        .withRestrictions(token.restrictions())
        .withStampCheck(current -> isStampOf(token, current));
  }

  private boolean isStampOf(TokenContent token, SecurityStamp current) {
    return MessageDigest.isEqual(token.stampMac(), current.mac(stampKey));
  }

  @Override
  public List<Challenge> challenges(AuthenticationRequest request) {
    return fields.includeBearer() ? challenge.of(fields.find(request).isPresent()) : List.of();
  }

  @Override
  public Set<String> credentialHeaders() {
    return fields.names();
  }

  /** Forgets the key that stamps are hidden with. */
  @Override
  public void close() {
    stampKey.close();
  }
}
