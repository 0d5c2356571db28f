package io.sallyport.authprovider.token.internal.stored;

import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.Restrictions;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.api.TokenRequest;
import io.sallyport.authprovider.token.internal.minting.MintingRules;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes tokens for programs, which act as the user who made them, as far as the tokens are not restricted.
 *
 * <p>None is good for more, nor longer, than the credential that asks for it.
 */
public final class StoredTokenGenerator implements TokenGenerator {

  private final LookedUpTokens tokens;
  private final LifeTimes lifeTimes;
  private final int maxPerUser;
  private final MintingRules rules;
  private final InstantSource clock;

  /** A generator of tokens of one form in one store. */
  public StoredTokenGenerator(
      LookedUpTokens tokens,
      LifeTimes lifeTimes,
      int maxPerUser,
      MintingRules rules,
      InstantSource clock) {
    this.tokens = tokens;
    this.lifeTimes = lifeTimes;
    this.maxPerUser = maxPerUser;
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public IssuedToken generate(Identity identity, TokenRequest request) {
    SecurityStamp stamp = permittedStamp(identity);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String description = Descriptions.checked(request.description());
    Restrictions restrictions = Scopes.of(identity, request.restrictions());
    Instant end = end(identity, request, restrictions, now);
    TokenOwner owner = TokenOwner.of(identity);
    makeRoom(owner, now);
    LookedUpTokens.Kept kept = tokens.keep(
        stamp,
        id -> StoredToken.builder(TokenKind.STORED, id, owner, identity.name(), now)
            .familyId(MintingRules.parentOf(identity))
            .description(description)
            .signedInAt(identity.signedInAt().isAfter(now) ? now : identity.signedInAt())
            .expiresAt(end)
            .restrictions(restrictions));
    giveUpIfOneTooMany(owner, kept.token().id());
    return new IssuedToken(kept.token().id(), kept.value(), end, description, null);
  }

  private SecurityStamp permittedStamp(Identity identity) {
    if (identity.token().filter(token -> token.kind() == TokenKind.REFRESH).isPresent()) {
      throw new NotPermittedException("a refresh token is good for signed tokens only");
    }
    rules.check(identity);
    return identity
        .securityStamp()
        .orElseThrow(() ->
            new NotPermittedException("only users of a userstore can have a token of this kind"));
  }

  private @Nullable Instant end(
      Identity identity, TokenRequest request, Restrictions restrictions, Instant now) {
    // the end of a restricted wish and of what asks are in the restrictions, that of a session's
    // token is not
    Instant latest = LifeTimes.earlier(
        restrictions.notAfter().orElse(null),
        identity.token().flatMap(TokenDetails::end).orElse(null));
    if (latest != null && !latest.isAfter(now)) {
      throw new NotPermittedException("what asks for a token ends now; sign in again");
    }
    return lifeTimes.end(now, request.expiresAt(), latest);
  }

  /** Takes away the owner's expired tokens, and refuses if there are too many others. */
  private void makeRoom(TokenOwner owner, Instant now) {
    tokens.store().deleteExpired(owner, now);
    if (count(owner) >= maxPerUser) {
      throw tooMany();
    }
  }

  /** Of several that are made at once, those beyond the limit are taken back. */
  private void giveUpIfOneTooMany(TokenOwner owner, String id) {
    if (count(owner) > maxPerUser) {
      tokens.store().delete(id);
      throw tooMany();
    }
  }

  private long count(TokenOwner owner) {
    TokenStore store = tokens.store();
    return store
        .list(new TokenQuery(owner, null, null, null, TokenQuery.Sort.ID, false, 0, 0))
        .total();
  }

  private NotPermittedException tooMany() {
    return new NotPermittedException(
        "you have " + maxPerUser + " API tokens, and more are not permitted; delete one first");
  }

  /** Forgets the keys. */
  @Override
  public void close() {
    tokens.close();
  }
}
