package io.sallyport.authprovider.token.internal.signed;

import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.TokenOwner;
import io.sallyport.api.TokenRequest;
import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.StrictJws;
import io.sallyport.authprovider.token.internal.keys.TokenKey;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.TokenGenerator;
import java.security.SecureRandom;
import java.time.Duration;
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

  private final SignedTokenCodec codec;
  private final TokenKeys keys;
  private final Duration lifetime;
  private final Duration maxSession;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /** A generator for tokens of a key, issuer and audience. */
  public SignedTokenGenerator(
      TokenKeys keys,
      TokenParties parties,
      Duration lifetime,
      Duration maxSession,
      InstantSource clock) {
    this.codec = new SignedTokenCodec(keys, parties.policy(Duration.ZERO));
    this.keys = keys;
    this.lifetime = lifetime;
    this.maxSession = maxSession;
    this.clock = clock;
  }

  @Override
  public IssuedToken generate(Identity identity, TokenRequest request) {
    if (request.description() != null) {
      throw new IllegalArgumentException(
          "description: signed tokens are kept nowhere and have none; leave it out");
    }
    SecurityStamp stamp = identity
        .securityStamp()
        .orElseThrow(() ->
            new NotPermittedException("only users of a userstore can have a token of this kind"));
    Instant issuedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant now = seconds(issuedAt);
    Instant signedInAt = identity.signedInAt().isAfter(now) ? now : seconds(identity.signedInAt());
    Instant expiresAt = wished(request.expiresAt(), now, latestEnd(identity, signedInAt, now));
    TokenKey key = keys.signing();
    TokenContent content = new TokenContent(
        freshId(),
        null,
        TokenOwner.of(identity),
        mac(stamp, key),
        signedInAt,
        issuedAt,
        now,
        expiresAt,
        identity.restrictions());
    return new IssuedToken(content.id(), written(content, key), expiresAt);
  }

  private static byte[] mac(SecurityStamp stamp, TokenKey key) {
    try (Secret stampKey = key.derivedKey(TokenKey.STAMP)) {
      return stamp.mac(stampKey);
    }
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

  private Instant latestEnd(Identity identity, Instant signedInAt, Instant now) {
    Instant sessionEnd = signedInAt.plus(maxSession);
    if (!sessionEnd.isAfter(now)) {
      throw new NotPermittedException("no more tokens " + maxSession.toSeconds()
          + " seconds after the last sign-in with more than a token; sign in again");
    }
    Instant credentialEnd = seconds(identity.restrictions().notAfter().orElse(sessionEnd));
    if (!credentialEnd.isAfter(now)) {
      throw new NotPermittedException(
          "the credential that asks for a token ends now; sign in again");
    }
    return earlier(now.plus(lifetime), earlier(sessionEnd, credentialEnd));
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

  private Secret written(TokenContent content, TokenKey key) {
    String token = codec.write(content, key);
    if (token.length() > StrictJws.MAX_LENGTH) {
      throw new NotPermittedException(
          "the restrictions of this credential do not fit into a token of " + StrictJws.MAX_LENGTH
              + " characters");
    }
    return Secret.ofText(token);
  }

  private String freshId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64Url.encode(id);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Tokens tell the time in whole seconds; an end is never put off by that. */
  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
