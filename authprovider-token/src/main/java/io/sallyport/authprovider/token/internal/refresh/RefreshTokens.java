package io.sallyport.authprovider.token.internal.refresh;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.Restrictions;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.authprovider.token.internal.minting.MintingRules;
import io.sallyport.authprovider.token.internal.stored.LookedUpTokens;
import io.sallyport.authprovider.token.internal.stored.TokenFormat;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refresh tokens in families, each of which begins with a sign-in and ends a fixed time after it. A token is good
 * once. A second use shows that two have it, one of whom should not: it ends the family, and the access tokens
 * that were made with it.
 */
public final class RefreshTokens {

  private static final String METHOD = "refresh_token";
  private static final TokenFormat FORMAT = TokenFormat.of(TokenFormat.REFRESH_PREFIX);
  private static final int FAMILY_BYTES = 16;

  /** The clock of another node may be behind, and its tokens end later. */
  private static final Duration REMEMBERED_LONGER = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(RefreshTokens.class);

  private final LookedUpTokens tokens;
  private final TokenStore store;
  private final Duration lifeTime;
  private final InstantSource clock;
  private final RefreshAllowance allowance = new RefreshAllowance();
  private final SecureRandom random = new SecureRandom();

  /**
   * Refresh tokens in a store.
   *
   * @param keys those that the access tokens are signed with; whoever made them closes them
   * @param lifeTime how long after the sign-in a family ends; of no account to who only checks tokens
   */
  public RefreshTokens(TokenKeys keys, TokenStore store, Duration lifeTime, InstantSource clock) {
    this.tokens = new LookedUpTokens(TokenKind.REFRESH, FORMAT, new RingHashKeys(keys), store);
    this.store = store;
    this.lifeTime = lifeTime;
    this.clock = clock;
  }

  /** Whether a value is a refresh token, or was meant to be one. */
  public static boolean isMeant(String value) {
    return FORMAT.isMeant(value);
  }

  /** Whether a caller has come with a refresh token. */
  public static boolean isPresentedBy(Identity caller) {
    return caller.token().filter(token -> token.kind() == TokenKind.REFRESH).isPresent();
  }

  /** Whether a caller is given a refresh token with an access token: it has signed in by more than a token of ours. */
  public static boolean isBegunBy(Identity caller) {
    return caller.token().filter(token -> token.kind() != TokenKind.OUTSIDE).isEmpty();
  }

  /** A name for a new family: the parent of all tokens that are made in it. */
  public String freshFamily() {
    byte[] id = new byte[FAMILY_BYTES];
    random.nextBytes(id);
    return MintingRules.FAMILY + Base64Url.encode(id);
  }

  /**
   * The token of a value that may be used now. One that was used already ends its family here.
   *
   * @throws UnavailableException if that cannot be told now
   */
  public Verdict<StoredToken> check(String value) {
    return tokens.find(value).then(this::inForce);
  }

  private Verdict<StoredToken> inForce(StoredToken token) {
    TokenDetails details = LookedUpTokens.details(token);
    if (token.hasExpired(clock.instant())) {
      return refused(token, Reason.EXPIRED, "refresh token " + token.id() + " expired");
    }
    if (store.isRevoked(details, token.owner())) {
      return refused(token, Reason.REVOKED, "refresh token " + token.id() + " is revoked");
    }
    if (token.consumedAt().isPresent()) {
      endFamily(details, token.username());
      return refused(
          token,
          Reason.REVOKED,
          "refresh token " + token.id() + " was used before: all tokens of " + details.parentId()
              + " are revoked");
    }
    return Verdict.accepted(token);
  }

  /** How the owner of a token was authenticated. */
  public Evidence evidence(StoredToken token) {
    Restrictions restrictions = token.restrictions();
    return Evidence.of(METHOD, token.signedInAt())
        .neverSentByBrowsers()
        .withToken(LookedUpTokens.details(token))
        .withRestrictions(token.expiresAt().map(restrictions::withNotAfter).orElse(restrictions))
        .withStampCheck(current -> tokens.isStampOf(token, current));
  }

  /**
   * The first token of a family.
   *
   * @return empty if the family would be over, or its owner was given too many of late
   */
  public Optional<IssuedToken> begin(Identity caller, String family) {
    Instant now = now();
    Instant signedInAt = caller.signedInAt().isAfter(now) ? now : caller.signedInAt();
    Instant planned = signedInAt.plus(lifeTime);
    Instant end = caller.restrictions().notAfter().filter(planned::isAfter).orElse(planned);
    TokenOwner owner = TokenOwner.of(caller);
    if (!end.isAfter(now) || !allowance.take(owner, now)) {
      return Optional.empty();
    }
    store.deleteExpired(owner, now);
    return Optional.of(keep(caller, family, signedInAt, end));
  }

  /**
   * Uses up the token that a caller has come with, for the next one of its family. To be called last, when
   * nothing else stands against what the caller wishes.
   *
   * @throws NotPermittedException if it was used before or just now; its family has ended then
   */
  public IssuedToken next(Identity caller) {
    TokenDetails used = caller.token().orElseThrow();
    Instant now = now();
    if (!allowance.take(TokenOwner.of(caller), now)) {
      throw new UnavailableException(
          "more than " + RefreshAllowance.MAX_AN_HOUR + " refresh tokens of one user in an hour",
          Duration.ofMinutes(10),
          null);
    }
    if (!store.consume(used.id(), now)) {
      endFamily(used, caller.name());
      throw new NotPermittedException("this refresh token was used before; sign in again");
    }
    return keep(
        caller, used.parent().orElseThrow(), caller.signedInAt(), used.end().orElseThrow());
  }

  private IssuedToken keep(Identity caller, String family, Instant signedInAt, Instant end) {
    SecurityStamp stamp = caller
        .securityStamp()
        .orElseThrow(() ->
            new NotPermittedException("only users of a userstore can have a token of this kind"));
    LookedUpTokens.Kept kept = tokens.keep(
        stamp,
        id -> StoredToken.builder(
                TokenKind.REFRESH, id, TokenOwner.of(caller), caller.name(), now())
            .familyId(family)
            .signedInAt(signedInAt)
            .expiresAt(end)
            .restrictions(caller.restrictions()));
    return new IssuedToken(kept.token().id(), kept.value(), end);
  }

  private void endFamily(TokenDetails used, String username) {
    String family = used.parent().orElse(used.id());
    Instant end = used.end().orElseGet(() -> clock.instant().plus(lifeTime));
    store.revoke(family, end.plus(REMEMBERED_LONGER));
    LOG.warn(
        "A refresh token of {} was used twice: somebody else may have it. All tokens of the family {} are"
            + " revoked",
        oneLine(username),
        family);
  }

  private static String oneLine(String name) {
    return name.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
  }

  private static Verdict<StoredToken> refused(StoredToken token, Reason reason, String detail) {
    return new Verdict.Refused<>(reason, detail, token.username());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
