package io.sallyport.authprovider.token.internal.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.Restrictions;
import io.sallyport.api.StampCheck;
import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.api.TokenRequest;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.HeaderFields;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.TokenHost;
import io.sallyport.authprovider.token.internal.minting.MintingRules;
import io.sallyport.authprovider.token.internal.refresh.RefreshTokens;
import io.sallyport.authprovider.token.internal.request.BearerChallenge;
import io.sallyport.authprovider.token.internal.request.TokenFields;
import io.sallyport.authprovider.token.internal.verified.VerifiedTokens;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a signed token goes through between its making and its end: uses, keys that change, revocation, the next one. */
final class SignedTokenUseTest {

  private static final Instant NOW = Samples.NOW;
  private static final TokenParties PARTIES = new TokenParties("sallyport", "sallyport");

  private final User lena = Samples.user("u-lena", "1");
  private final TokenHost host = new TokenHost();
  private final ChangingKeys keys = new ChangingKeys().with("2027-01", 1);
  private final VerifiedTokens<VerifiedToken> verified = new VerifiedTokens<>(64);
  private final SignedTokenAuthentication provider = provider(verified);

  SignedTokenUseTest() {
    host.users.with(lena);
  }

  @Test
  void verifiesARepeatedTokenOnce() {
    String token = token(password());

    for (int i = 0; i < 10; i++) {
      assertThat(authenticate(token)).isInstanceOf(Authenticated.class);
    }

    assertThat(keys.verified).hasValue(1);
    assertThat(verified.size()).isEqualTo(1);
  }

  @Test
  void verifiesEachTimeWhereTheCacheIsOff() {
    String token = token(password());
    SignedTokenAuthentication forgetful = provider(new VerifiedTokens<>(0));

    for (int i = 0; i < 3; i++) {
      forgetful.authenticate(HeaderFields.of("Authentication-Token", token));
    }

    assertThat(keys.verified).hasValue(3);
  }

  @Test
  void remembersNothingThatIsNotRight() {
    String token = token(password());

    for (int i = 0; i < 100; i++) {
      String wrong = token.substring(0, token.lastIndexOf('.') + 1)
          + "A".repeat(42)
          + "AEIMQUYcgkosw048".charAt(i % 16);
      assertThat(authenticate(wrong)).isInstanceOf(Rejected.class);
    }

    assertThat(verified.size()).isZero();
  }

  @Test
  void refusesARememberedTokenFromTheInstantItEnds() {
    String token = token(password());
    authenticate(token);
    host.now = NOW.plusSeconds(600).minusNanos(1);
    AuthenticationResult last = authenticate(token);
    host.now = NOW.plusSeconds(600);

    assertThat(last).isInstanceOf(Authenticated.class);
    assertThat(reason(token)).isEqualTo(Reason.EXPIRED);
  }

  @Test
  void refusesARememberedTokenWhenTheClockIsPutBackBehindItsBeginning() {
    String token = token(password());
    authenticate(token);
    host.now = NOW.minusSeconds(30);
    AuthenticationResult within = authenticate(token);
    host.now = NOW.minusSeconds(31);

    assertThat(within).isInstanceOf(Authenticated.class);
    assertThat(reason(token)).isEqualTo(Reason.NOT_YET_VALID);
  }

  @Test
  void takesNoRememberedTokenOfAKeyThatIsGone() {
    String token = token(password());
    authenticate(token);

    keys.remove("2027-01");

    assertThat(reason(token)).isEqualTo(Reason.FOREIGN);
  }

  @Test
  void takesNoRememberedTokenWhenAnotherKeyHasTheNameOfItsOwn() {
    String token = token(password());
    authenticate(token);

    keys.with("2027-01", 2);

    assertThat(reason(token)).isEqualTo(Reason.WRONG_CREDENTIALS);
  }

  @Test
  void takesTokensOfTheOldKeyWhileANewOneSigns() {
    String old = token(password());
    keys.with("2027-02", 2);
    String fresh = token(password());

    assertThat(authenticate(old)).isInstanceOf(Authenticated.class);
    assertThat(authenticate(fresh)).isInstanceOf(Authenticated.class);
    assertThat(fresh.split("\\.", 2)[0]).isNotEqualTo(old.split("\\.", 2)[0]);
  }

  @Test
  void readsTheUserAtEachUse() {
    String token = token(password());
    authenticate(token);

    host.users.remove("u-lena");

    assertThat(reason(token)).isEqualTo(Reason.UNKNOWN_USER);
  }

  @Test
  void computesAStampAgainOnlyWhenItIsAnother() {
    StampCheck check = authenticated(token(password())).evidence().stampCheck().orElseThrow();
    int before = keys.derived.get();

    for (int i = 0; i < 10; i++) {
      assertThat(check.matches(Samples.user("u-lena", "1").securityStamp())).isTrue();
    }
    int once = keys.derived.get() - before;

    assertThat(once).isEqualTo(1);
    assertThat(check.matches(Samples.user("u-lena", "2").securityStamp())).isFalse();
    assertThat(check.matches(Samples.user("u-lena", "2").securityStamp())).isFalse();
    assertThat(check.matches(Samples.user("u-lena", "1").securityStamp())).isTrue();
  }

  @Test
  void tellsWhatIsKnownOfTheToken() {
    host.now = NOW.plusMillis(123);
    IssuedToken issued = issue(password(), TokenRequest.defaults());

    TokenDetails details =
        authenticated(issued.value().revealText()).evidence().token().orElseThrow();

    assertThat(details)
        .isEqualTo(new TokenDetails(
            TokenKind.SIGNED, issued.id(), null, NOW.plusMillis(123), NOW.plusSeconds(600)));
  }

  @Test
  void refusesARevokedTokenAtItsNextUse() {
    IssuedToken issued = issue(password(), TokenRequest.defaults());
    String token = issued.value().revealText();
    authenticate(token);

    host.tokens.revoke(issued.id(), NOW.plusSeconds(600));

    assertThat(authenticate(token))
        .isEqualTo(new Rejected(Reason.REVOKED, "token revoked", "u-lena"));
  }

  @Test
  void refusesWhatWasIssuedBeforeAnInstantToTheMillisecond() {
    host.now = NOW.plusMillis(499);
    String before = token(password());
    host.now = NOW.plusMillis(500);
    String then = token(password());

    host.tokens.revokeAll(
        new TokenOwner("main", "u-lena"), NOW.plusMillis(500), NOW.plusSeconds(900));

    assertThat(reason(before)).isEqualTo(Reason.REVOKED);
    assertThat(authenticate(then)).isInstanceOf(Authenticated.class);
  }

  @Test
  void cannotTellWhileTheTokenStoreIsDown() {
    String token = token(password());
    authenticate(token);

    host.tokens.down = true;

    assertThatThrownBy(() -> authenticate(token)).isInstanceOf(UnavailableException.class);
  }

  @Test
  void asksNoTokenStoreForWhatIsNotOurs() {
    host.tokens.down = true;

    assertThat(reason("sly-abcdefghij-x")).isEqualTo(Reason.FOREIGN);
    assertThat(reason("a.b.c")).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void takesAwayFromATokenWhatItsMakerWishes() {
    Restrictions wish = Restrictions.none()
        .withRoles(Set.of("viewer"))
        .withEndpoints(List.of("GET /jobs/**"))
        .withNotAfter(NOW.plusSeconds(60));

    IssuedToken issued = issue(password(), TokenRequest.defaults().withRestrictions(wish));

    assertThat(issued.endsAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(authenticated(issued.value().revealText()).evidence().restrictions())
        .isEqualTo(wish);
  }

  @Test
  void refusesAWishForMoreThanTheCallerHas() {
    Restrictions narrow = Restrictions.none().withRoles(Set.of()).withEndpoints(List.of("GET /a"));
    for (Restrictions wish : List.of(
        Restrictions.none().withRoles(Set.of("admin")),
        Restrictions.none().withTenants(Set.of("blue")))) {
      assertThatThrownBy(() -> issue(password(), TokenRequest.defaults().withRestrictions(wish)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("only such as you have");
    }
    for (Restrictions wish : List.of(
        Restrictions.none().withRoles(Set.of("viewer")),
        Restrictions.none().withEndpoints(List.of("GET /b")))) {
      assertThatThrownBy(
              () -> issue(password(narrow), TokenRequest.defaults().withRestrictions(wish)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("more is wished for");
    }
  }

  @Test
  void makesTokensWithAStoredOneOnlyWhereThatIsPermitted() {
    Identity job = with(stored(NOW.plusSeconds(90)), NOW.minus(Duration.ofDays(60)));
    keepTheStoredOne();

    assertThatThrownBy(() ->
            generator(new MintingRules(false, true), null).generate(job, TokenRequest.defaults()))
        .isInstanceOf(NotPermittedException.class);
    IssuedToken made =
        generator(new MintingRules(true, false), null).generate(job, TokenRequest.defaults());
    Authenticated used = authenticated(made.value().revealText());

    assertThat(made.endsAt()).isEqualTo(NOW.plusSeconds(90));
    assertThat(used.evidence().token().orElseThrow().parentId()).isEqualTo("k3j2h1g4f5");
    assertThat(used.evidence().signedInAt()).isEqualTo(NOW.minus(Duration.ofDays(60)));
    assertThatThrownBy(() -> generator(new MintingRules(true, true), null)
            .generate(Identity.of("token", used), TokenRequest.defaults()))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void endsATokenWithTheStoredOneThatMadeIt() {
    IssuedToken made = madeWithAStoredToken();
    authenticate(made.value().revealText());

    host.tokens.revoke("k3j2h1g4f5", NOW.plusSeconds(600));

    assertThat(reason(made.value().revealText())).isEqualTo(Reason.REVOKED);
  }

  @Test
  void endsATokenWithWhateverEndedTheStoredOneThatMadeIt() {
    String made = madeWithAStoredToken().value().revealText();
    assertThat(authenticate(made)).isInstanceOf(Authenticated.class);

    // as a store does where the family of the stored one is revoked
    host.tokens.delete("k3j2h1g4f5");

    assertThat(reason(made)).isEqualTo(Reason.REVOKED);
  }

  @Test
  void makesNothingThatOutlivesATokenOfAWishedEnd() {
    IssuedToken brief = issue(password(), new TokenRequest(null, NOW.plusSeconds(60)));
    Identity holder = Identity.of("token", authenticated(brief.value().revealText()));

    IssuedToken next = issue(holder, TokenRequest.defaults());

    assertThat(next.endsAt()).isEqualTo(NOW.plusSeconds(60));
    assertThatThrownBy(() -> issue(holder, new TokenRequest(null, NOW.plusSeconds(61))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void endsWithTheOutsideTokenThatAsks() {
    TokenDetails outside =
        new TokenDetails(TokenKind.OUTSIDE, "x", null, NOW, NOW.plusSeconds(120));

    IssuedToken made = issue(with(outside, NOW), TokenRequest.defaults());

    assertThat(made.endsAt()).isEqualTo(NOW.plusSeconds(120));
  }

  @Test
  void givesARefreshTokenWithASignInAndTakesItOnce() {
    IssuedToken first = refreshing().generate(password(), TokenRequest.defaults());
    String refresh = first.refreshToken().orElseThrow().value().revealText();
    host.now = NOW.plusSeconds(700);

    Authenticated returning = authenticated(refresh);
    IssuedToken second =
        refreshing().generate(Identity.of("token", returning), TokenRequest.defaults());

    assertThat(returning.evidence().token().orElseThrow().kind()).isEqualTo(TokenKind.REFRESH);
    assertThat(authenticate(second.value().revealText())).isInstanceOf(Authenticated.class);
    assertThat(reason(refresh)).isEqualTo(Reason.REVOKED);
    assertThat(reason(second.value().revealText())).isEqualTo(Reason.REVOKED);
    assertThat(reason(second.refreshToken().orElseThrow().value().revealText()))
        .isEqualTo(Reason.REVOKED);
  }

  @Test
  void givesNoRefreshTokenForATokenThatIsToBeGoodForLess() {
    TokenRequest brief = new TokenRequest(null, NOW.plusSeconds(60));
    TokenRequest narrow =
        TokenRequest.defaults().withRestrictions(Restrictions.none().withRoles(Set.of("viewer")));

    assertThat(refreshing().generate(password(), brief).refreshToken()).isEmpty();
    assertThat(refreshing().generate(password(), narrow).refreshToken()).isEmpty();
    assertThat(issue(password(), TokenRequest.defaults()).refreshToken()).isEmpty();
  }

  @Test
  void endsRefreshedTokensWithTheSession() {
    String refresh = refreshing()
        .generate(password(), TokenRequest.defaults())
        .refreshToken()
        .orElseThrow()
        .value()
        .revealText();
    host.now = NOW.plus(Duration.ofHours(12)).minusSeconds(5);
    Identity late = Identity.of("token", authenticated(refresh));

    IssuedToken last = refreshing().generate(late, TokenRequest.defaults());

    assertThat(last.endsAt()).isEqualTo(NOW.plus(Duration.ofHours(12)));
  }

  @Test
  void takesNoRefreshTokenWhereNoneAreMadeAnyMore() {
    String refresh = refreshing()
        .generate(password(), TokenRequest.defaults())
        .refreshToken()
        .orElseThrow()
        .value()
        .revealText();
    Identity returning = Identity.of("token", authenticated(refresh));

    assertThatThrownBy(() -> issue(returning, TokenRequest.defaults()))
        .isInstanceOf(NotPermittedException.class);
  }

  private AuthenticationResult authenticate(String token) {
    return provider.authenticate(HeaderFields.of("Authentication-Token", token));
  }

  private Authenticated authenticated(String token) {
    return (Authenticated) authenticate(token);
  }

  private Reason reason(String token) {
    return ((Rejected) authenticate(token)).reason();
  }

  private String token(Identity identity) {
    return issue(identity, TokenRequest.defaults()).value().revealText();
  }

  private IssuedToken issue(Identity identity, TokenRequest request) {
    return generator(new MintingRules(false, true), null).generate(identity, request);
  }

  private SignedTokenGenerator refreshing() {
    return generator(
        new MintingRules(false, false),
        new RefreshTokens(keys, host.tokens, Duration.ofHours(12), host.clock()));
  }

  private SignedTokenGenerator generator(MintingRules rules, @Nullable RefreshTokens refresh) {
    return new SignedTokenGenerator(
        keys,
        PARTIES,
        new SessionLimits(Duration.ofMinutes(10), Duration.ofHours(12)),
        rules,
        refresh,
        host.clock());
  }

  private SignedTokenAuthentication provider(VerifiedTokens<VerifiedToken> memory) {
    return new SignedTokenAuthentication(
        keys,
        PARTIES,
        Duration.ofSeconds(30),
        TokenFields.of(List.of("Authorization", "Authentication-Token")),
        new BearerChallenge(true, "Sallyport"),
        memory,
        host);
  }

  private Identity password() {
    return password(Restrictions.none());
  }

  private Identity password(Restrictions restrictions) {
    return Samples.identity(lena, Evidence.of("basic", NOW).withRestrictions(restrictions));
  }

  private Identity with(TokenDetails token, Instant signedInAt) {
    return Samples.identity(lena, Evidence.of("api_token", signedInAt).withToken(token));
  }

  private IssuedToken madeWithAStoredToken() {
    keepTheStoredOne();
    return generator(new MintingRules(true, false), null)
        .generate(with(stored(null), NOW), TokenRequest.defaults());
  }

  private void keepTheStoredOne() {
    host.tokens.save(StoredToken.builder(
            TokenKind.STORED, "k3j2h1g4f5", new TokenOwner("main", "u-lena"), "lena", NOW)
        .build());
  }

  private static TokenDetails stored(@Nullable Instant end) {
    return new TokenDetails(TokenKind.STORED, "k3j2h1g4f5", null, NOW, end);
  }
}
