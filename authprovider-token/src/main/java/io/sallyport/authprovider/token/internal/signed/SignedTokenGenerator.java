package io.sallyport.authprovider.token.internal.signed;

import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.Restrictions;
import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.api.TokenRequest;
import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.StrictJws;
import io.sallyport.authprovider.token.internal.keys.TokenKey;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.authprovider.token.internal.minting.MintingRules;
import io.sallyport.authprovider.token.internal.refresh.RefreshTokens;
import io.sallyport.authprovider.token.internal.stored.Scopes;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.TokenGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes signed tokens for users of userstores.
 *
 * <p>A token may ask for the next one, so that a client stays signed in without keeping a password;
 * such a chain ends a fixed time after the password was given. What a credential is restricted to
 * holds for the token too, its end included.
 */
public final class SignedTokenGenerator implements TokenGenerator {

  private static final int ID_BYTES = 16;

  private final TokenKeys keys;
  private final SignedTokenCodec codec;
  private final SessionLimits limits;
  private final MintingRules rules;
  private final @Nullable RefreshTokens refreshTokens;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * A generator for tokens of some keys, an issuer and an audience.
   *
   * @param refreshTokens what makes refresh tokens with them, null if nothing does
   */
  public SignedTokenGenerator(
      TokenKeys keys,
      TokenParties parties,
      SessionLimits limits,
      MintingRules rules,
      @Nullable RefreshTokens refreshTokens,
      InstantSource clock) {
    this.keys = keys;
    this.codec = new SignedTokenCodec(keys, parties.writing());
    this.limits = limits;
    this.rules = rules;
    this.refreshTokens = refreshTokens;
    this.clock = clock;
  }

  @Override
  public IssuedToken generate(Identity identity, TokenRequest request) {
    SecurityStamp stamp = permittedStamp(identity, request);
    Restrictions restrictions = Scopes.of(identity, request.restrictions());
    Instant issuedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant now = seconds(issuedAt);
    Instant signedInAt = identity.signedInAt().isAfter(now) ? now : seconds(identity.signedInAt());
    Instant latest = latestEnd(identity, restrictions, signedInAt, now);
    Instant end = wished(request.expiresAt(), now, latest);
    boolean begins = beginsFamily(identity, request);
    TokenKey key = keys.signing();
    TokenContent content = new TokenContent(
        freshId(),
        begins ? family() : MintingRules.parentOf(identity),
        TokenOwner.of(identity),
        mac(stamp, key),
        signedInAt,
        issuedAt,
        now,
        end,
        // whoever is given a token for a while could else make the next one with it
        request.expiresAt() == null ? restrictions : restrictions.withNotAfter(end));
    Secret value = written(content, key);
    return new IssuedToken(
        content.id(), value, content.expiresAt(), null, refresh(identity, begins, content));
  }

  private SecurityStamp permittedStamp(Identity identity, TokenRequest request) {
    if (request.description() != null) {
      throw new IllegalArgumentException(
          "description: signed tokens are kept nowhere and have none; leave it out");
    }
    rules.check(identity);
    if (refreshTokens == null && RefreshTokens.isPresentedBy(identity)) {
      throw new NotPermittedException("refresh tokens are not accepted any more; sign in again");
    }
    return identity
        .securityStamp()
        .orElseThrow(() ->
            new NotPermittedException("only users of a userstore can have a token of this kind"));
  }

  private Instant latestEnd(
      Identity identity, Restrictions restrictions, Instant signedInAt, Instant now) {
    Optional<TokenDetails> asking = identity.token();
    Instant latest = now.plus(limits.lifetime());
    // what is made with a stored token makes nothing further: it is no chain, and ends with that
    // one
    if (asking.filter(token -> token.kind() == TokenKind.STORED).isEmpty()) {
      latest = earlier(latest, sessionEnd(signedInAt, now));
    }
    // a signed token asks for the next one, which ends later; any other one is the longest that
    // there can be
    Instant credentialEnd = seconds(earlier(
        restrictions.notAfter().orElse(latest),
        asking
            .filter(token -> token.kind() != TokenKind.SIGNED)
            .flatMap(TokenDetails::end)
            .orElse(latest)));
    if (!credentialEnd.isAfter(now)) {
      throw new NotPermittedException(
          "the credential that asks for a token ends now; sign in again");
    }
    return earlier(latest, credentialEnd);
  }

  private Instant sessionEnd(Instant signedInAt, Instant now) {
    Instant end = signedInAt.plus(limits.maxSession());
    if (!end.isAfter(now)) {
      throw new NotPermittedException("no more tokens " + limits.maxSession().toSeconds()
          + " seconds after the last sign-in with more than a token; sign in again");
    }
    return end;
  }

  private static Instant wished(@Nullable Instant wish, Instant now, Instant latest) {
    if (wish == null) {
      return latest;
    }
    Instant end = seconds(wish);
    if (!end.isAfter(now) || end.isAfter(latest)) {
      throw new IllegalArgumentException(
          "expires must be at least a second from now and not after " + latest + ", got " + wish);
    }
    return end;
  }

  /** Who wishes for less than there is gets no means to come by more. */
  private boolean beginsFamily(Identity identity, TokenRequest request) {
    return refreshTokens != null
        && RefreshTokens.isBegunBy(identity)
        && request.expiresAt() == null
        && request.restrictions().equals(Restrictions.none());
  }

  private @Nullable String family() {
    return refreshTokens == null ? null : refreshTokens.freshFamily();
  }

  /** Comes last, since it uses up the token that was presented. */
  private @Nullable IssuedToken refresh(Identity identity, boolean begins, TokenContent content) {
    if (refreshTokens == null) {
      return null;
    }
    if (RefreshTokens.isPresentedBy(identity)) {
      return refreshTokens.next(identity);
    }
    return begins && content.parentId() != null
        ? refreshTokens.begin(identity, content.parentId()).orElse(null)
        : null;
  }

  private Secret written(TokenContent content, TokenKey key) {
    String token = codec.write(content, key);
    if (token.length() > StrictJws.MAX_LENGTH) {
      throw new NotPermittedException(
          "the restrictions of this credential do not fit into a token of " + StrictJws.MAX_LENGTH
              + " characters");
    }
    return Secret.ofText(token);
  }

  private static byte[] mac(SecurityStamp stamp, TokenKey key) {
    try (Secret stampKey = key.derivedKey(TokenKey.STAMP)) {
      return stamp.mac(stampKey);
    }
  }

  private String freshId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64Url.encode(id);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Tokens tell their end in whole seconds; an end is never put off by that. */
  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public Optional<String> publicKeys() {
    return Optional.of(keys.publicKeys());
  }

  /** Forgets the keys. */
  @Override
  public void close() {
    keys.close();
  }
}
