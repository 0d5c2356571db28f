package io.sallyport.authprovider.token.internal.oidc;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Challenge;
import io.sallyport.api.Evidence;
import io.sallyport.api.Restrictions;
import io.sallyport.api.Subject;
import io.sallyport.api.Subject.ExternalUser;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.jwt.ClaimReader;
import io.sallyport.authprovider.token.internal.keys.Signatures;
import io.sallyport.authprovider.token.internal.request.BearerChallenge;
import io.sallyport.authprovider.token.internal.request.TokenFields;
import io.sallyport.authprovider.token.internal.verified.TokenDigest;
import io.sallyport.authprovider.token.internal.verified.VerifiedTokens;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the tokens of one outside issuer. Who has one is either a user of a userstore, read afresh, or, where
 * the entry says so, somebody whom only the issuer knows: never the one where the other is configured.
 */
public final class OutsideTokenAuthentication implements AuthenticationProvider {

  private static final String METHOD = "oidc";

  private final OutsideSettings settings;
  private final SubjectMapping mapping;
  private final @Nullable List<NamedUserstore> stores;
  private final TokenFields fields;
  private final BearerChallenge challenge;
  private final KeySource keys;
  private final OutsideTokens tokens;
  private final VerifiedTokens<OutsideToken> verified;
  private final InstantSource clock;

  private OutsideTokenAuthentication(
      OutsideSettings settings,
      SubjectMapping mapping,
      @Nullable List<NamedUserstore> stores,
      TokenFields fields,
      BearerChallenge challenge,
      KeySource keys,
      VerifiedTokens<OutsideToken> verified,
      InstantSource clock) {
    this.settings = settings;
    this.mapping = mapping;
    this.stores = stores;
    this.fields = fields;
    this.challenge = challenge;
    this.keys = keys;
    this.tokens = new OutsideTokens(settings, keys);
    this.verified = verified;
    this.clock = clock;
  }

  /** The provider that settings describe, whose first fetch of keys is under way. */
  public static OutsideTokenAuthentication read(Settings settings, ProviderContext context) {
    OutsideSettings own = OutsideSettings.read(settings);
    SubjectMapping mapping = SubjectMapping.read(settings, context.externalUsers());
    if (!context.externalUsers() && context.userstores().isEmpty()) {
      settings.reject(
          "tokens belong to users of a userstore, and there is none; configure one, or say"
              + " users: external beside implementation for users whom only the issuer knows");
    }
    TokenFields fields = TokenFields.read(settings, "headers");
    BearerChallenge challenge = BearerChallenge.read(settings);
    VerifiedTokens<OutsideToken> verified = VerifiedTokens.read(settings);
    IssuerKeys fetch = new IssuerKeys(
        own.issuer(),
        own.jwksUri(),
        own.loopbackHttp(),
        own.algorithms(),
        Signatures.read(settings),
        new Fetcher(
            settings.duration(
                "fetch_timeout",
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                Duration.ofSeconds(30)),
            IssuerTrust.read(settings, "ca_path").orElse(null)));
    KeySource keys =
        KeySource.started(context.name(), own.issuer(), fetch, times(settings), context.clock());
    return new OutsideTokenAuthentication(
        own,
        mapping,
        context.externalUsers() ? null : context.userstores(),
        fields,
        challenge,
        keys,
        verified,
        context.clock());
  }

  private static KeySource.Times times(Settings settings) {
    return new KeySource.Times(
        settings.duration(
            "keys_refresh_after",
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofDays(1)),
        settings.duration(
            "keys_kept_for", Duration.ofHours(12), Duration.ofMinutes(1), Duration.ofDays(7)),
        settings.duration(
            "fetch_pace", Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMinutes(10)),
        settings.duration(
            "max_wait", Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(10)));
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
    Instant now = clock.instant();
    if (found.get() instanceof Verdict.Accepted<String> token) {
      Verdict<OutsideToken> read = verified(token.value(), now, request.remaining());
      return read instanceof Verdict.Accepted<OutsideToken> genuine
          ? holder(genuine.value())
          : rejected((Verdict.Refused<?>) read);
    }
    return rejected((Verdict.Refused<?>) found.get());
  }

  private static Rejected rejected(Verdict.Refused<?> refused) {
    return new Rejected(refused.reason(), refused.detail(), refused.subject());
  }

  /** The token as it was verified before, as long as it is in force and the issuer has its key. */
  private Verdict<OutsideToken> verified(String token, Instant now, Duration remaining) {
    Optional<TokenDigest> digest = verified.digest(token);
    Optional<OutsideToken> known = digest
        .flatMap(verified::find)
        .filter(seen -> seen.isInForce(now, settings.clockSkew()) && seen.isKeyIn(keys));
    if (known.isPresent()) {
      return Verdict.accepted(known.get());
    }
    Verdict<OutsideToken> read =
        tokens.read(token, now, remaining).then(genuine -> meaning(genuine, token, now));
    if (digest.isPresent() && read instanceof Verdict.Accepted<OutsideToken> accepted) {
      verified.remember(digest.get(), accepted.value(), now);
    }
    return read;
  }

  private Verdict<OutsideToken> meaning(GenuineClaims genuine, String token, Instant now) {
    ClaimReader claims = genuine.claims();
    String subject = claims.name("sub");
    try {
      ExternalUser external =
          stores == null ? mapping.external(settings.issuer(), subject, claims.members()) : null;
      Instant issuedAt = claims.preciseInstant("iat");
      Instant goodFrom = claims.has("nbf") ? claims.preciseInstant("nbf") : issuedAt;
      return Verdict.accepted(new OutsideToken(
          genuine.key(),
          subject,
          external == null ? mapping.name(claims.members()) : external.name(),
          external,
          evidence(claims, token, now),
          goodFrom.isBefore(issuedAt) ? issuedAt : goodFrom,
          earlier(end(claims), issuedAt.plus(settings.maxAge()))));
    } catch (MalformedClaimException e) {
      return new Verdict.Refused<>(
          Reason.MALFORMED, "invalid token: " + e.getMessage(), claims.subjectIfFit());
    }
  }

  private AuthenticationResult holder(OutsideToken token) {
    Optional<Subject> holder =
        stores == null ? Optional.ofNullable(token.external()) : stored(stores, token.name());
    return holder.isPresent()
        ? new Authenticated(holder.get(), token.evidence())
        : new Rejected(Reason.UNKNOWN_USER, "user not found", token.subject());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Optional<Subject> stored(List<NamedUserstore> stores, String name) {
    for (NamedUserstore store : stores) {
      Optional<User> user = store.store().findUser(name);
      if (user.isPresent()) {
        return Optional.of(new Subject.StoreUser(store.name(), user.get()));
      }
    }
    return Optional.empty();
  }

  private Evidence evidence(ClaimReader claims, String token, Instant now) {
    Instant issuedAt = claims.preciseInstant("iat");
    Instant signedInAt = claims.has("auth_time") ? claims.preciseInstant("auth_time") : issuedAt;
    Instant end = end(claims);
    return Evidence.of(METHOD, signedInAt.isAfter(now) ? now : signedInAt)
        .neverSentByBrowsers()
        .withRestrictions(Restrictions.none().withNotAfter(end))
        .withToken(new TokenDetails(TokenKind.OUTSIDE, id(claims, token), null, issuedAt, end));
  }

  /** As it is judged here, so that neither the gate nor what is made with it sees another end. */
  private Instant end(ClaimReader claims) {
    return claims.preciseInstant("exp").plus(settings.clockSkew());
  }

  /** What the issuer calls the token, or a digest of it: of those nothing can be told but that they are equal. */
  private static String id(ClaimReader claims, String token) {
    if (claims.members().get("jti") instanceof String id && User.isValidName(id)) {
      return id;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64Url.encode(digest.digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
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

  /** Stops fetching keys, and forgets the tokens. */
  @Override
  public void close() {
    keys.close();
    verified.clear();
  }
}
