package io.sallyport.authprovider.token.internal.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.Restrictions;
import io.sallyport.api.Subject.ExternalUser;
import io.sallyport.api.TokenRequest;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.jws.Verdict.Accepted;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.authprovider.token.internal.minting.MintingRules;
import io.sallyport.spi.NotPermittedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SignedTokenGeneratorTest {

  private static final Instant NOW = Samples.NOW;
  private static final TokenParties PARTIES = new TokenParties("sallyport", "sallyport");
  private static final Identity LENA = lena(NOW, Restrictions.none());

  private final SignedTokenCodec reader =
      new SignedTokenCodec(TokenKeys.of(Samples.KEY_BYTES), PARTIES.policy(Duration.ZERO));

  @Test
  void issuesTenMinutesForTheCallersIdAndStore() {
    IssuedToken token = generator(NOW).generate(LENA, TokenRequest.defaults());

    TokenContent content = read(token, NOW);
    assertThat(token.expiresAt()).contains(NOW.plusSeconds(600)).contains(content.expiresAt());
    assertThat(token.id()).isEqualTo(content.id()).hasSize(22);
    assertThat(content.owner().userId()).isEqualTo("u-lena");
    assertThat(content.owner().store()).isEqualTo("main");
    assertThat(content.issuedAt()).isEqualTo(NOW);
    assertThat(content.signedInAt()).isEqualTo(NOW);
    assertThat(content.restrictions()).isEqualTo(Restrictions.none());
  }

  @Test
  void neverIssuesOneIdTwice() {
    SignedTokenGenerator generator = generator(NOW);

    Set<String> ids = new HashSet<>();
    IntStream.range(0, 1000)
        .forEach(i -> ids.add(generator.generate(LENA, TokenRequest.defaults()).id()));

    assertThat(ids).hasSize(1000);
  }

  @Test
  void roundsNoEndUp() {
    Instant fraction = NOW.plusMillis(999);

    IssuedToken token =
        generator(fraction).generate(lena(fraction, Restrictions.none()), TokenRequest.defaults());

    assertThat(token.expiresAt()).contains(NOW.plusSeconds(600));
    assertThat(read(token, fraction).issuedAt()).isEqualTo(fraction);
  }

  @Test
  void carriesTheRestrictionsOfTheCredentialOver() {
    Restrictions narrow = Restrictions.none()
        .withRoles(Set.of("viewer"))
        .withTenants(Set.of("blue"))
        .withEndpoints(List.of("GET /blueprints/**"))
        .withNotAfter(NOW.plusSeconds(3600));

    IssuedToken token = generator(NOW).generate(lena(NOW, narrow), TokenRequest.defaults());

    assertThat(read(token, NOW).restrictions()).isEqualTo(narrow);
  }

  @Test
  void endsNoLaterThanTheCredentialThatAsks() {
    Identity ending = lena(NOW, Restrictions.none().withNotAfter(NOW.plusMillis(90_500)));

    IssuedToken token = generator(NOW).generate(ending, TokenRequest.defaults());

    assertThat(token.expiresAt()).contains(NOW.plusSeconds(90));
  }

  @Test
  void makesNoTokenOfACredentialThatEndsNow() {
    Identity ended = lena(NOW, Restrictions.none().withNotAfter(NOW.plusMillis(900)));

    assertThatThrownBy(() -> generator(NOW).generate(ended, TokenRequest.defaults()))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("sign in again");
  }

  @Test
  void endsAChainOfTokensWithTheSession() {
    Identity lateInTheSession = lena(NOW.minusSeconds(43_200 - 5), Restrictions.none());
    Identity atItsEnd = lena(NOW.minusSeconds(43_200), Restrictions.none());

    IssuedToken last = generator(NOW).generate(lateInTheSession, TokenRequest.defaults());

    assertThat(last.expiresAt()).contains(NOW.plusSeconds(5));
    assertThatThrownBy(() -> generator(NOW).generate(atItsEnd, TokenRequest.defaults()))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("43200 seconds after the last sign-in");
  }

  @Test
  void takesASignInOfAClockAheadForNow() {
    IssuedToken token = generator(NOW)
        .generate(lena(NOW.plusSeconds(20), Restrictions.none()), TokenRequest.defaults());

    assertThat(read(token, NOW).signedInAt()).isEqualTo(NOW);
  }

  @Test
  void meetsAWishBetweenNowAndTheLatestEnd() {
    assertThat(wish(NOW.plusSeconds(1))).isEqualTo(NOW.plusSeconds(1));
    assertThat(wish(NOW.plusMillis(600_999))).isEqualTo(NOW.plusSeconds(600));
    for (Instant beyond : List.of(
        NOW.plusSeconds(601),
        Instant.MAX,
        NOW.plusMillis(999),
        NOW,
        NOW.minusSeconds(1),
        Instant.MIN)) {
      assertThatThrownBy(() -> wish(beyond))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not after " + NOW.plusSeconds(600));
    }
  }

  @Test
  void refusesADescriptionThatNobodyWouldEverSee() {
    assertThatThrownBy(
            () -> generator(NOW).generate(LENA, new TokenRequest("for the nightly job", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("description");
  }

  @Test
  void makesNoTokenForSomebodyOutsideOfTheStores() {
    ExternalUser outside =
        new ExternalUser("https://issuer.example", "x", "x", Set.of(), Map.of(), Map.of());
    Identity identity = Identity.of("oidc", new Authenticated(outside, Evidence.of("bearer", NOW)));

    assertThatThrownBy(() -> generator(NOW).generate(identity, TokenRequest.defaults()))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("users of a userstore");
  }

  @Test
  void makesNoTokenThatNoProviderWouldRead() {
    List<String> endpoints =
        IntStream.range(0, 500).mapToObj(i -> "GET /endpoint-" + i).toList();
    Identity identity = lena(NOW, Restrictions.none().withEndpoints(endpoints));

    assertThatThrownBy(() -> generator(NOW).generate(identity, TokenRequest.defaults()))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("do not fit");
  }

  private static Instant wish(@Nullable Instant end) {
    return generator(NOW)
        .generate(LENA, new TokenRequest(null, end))
        .expiresAt()
        .orElseThrow();
  }

  private static SignedTokenGenerator generator(Instant now) {
    return generator(now, new MintingRules(false, true));
  }

  private static SignedTokenGenerator generator(Instant now, MintingRules rules) {
    return new SignedTokenGenerator(
        TokenKeys.of(Samples.KEY_BYTES),
        PARTIES,
        new SessionLimits(Duration.ofMinutes(10), Duration.ofHours(12)),
        rules,
        null,
        InstantSource.fixed(now));
  }

  private TokenContent read(IssuedToken token, Instant now) {
    return ((Accepted<ReadToken>) reader.read(token.value().revealText(), now))
        .value()
        .content();
  }

  private static Identity lena(Instant signedInAt, Restrictions restrictions) {
    return Samples.identity(
        Samples.user("u-lena", "1"),
        Evidence.of("basic", signedInAt).withRestrictions(restrictions));
  }
}
