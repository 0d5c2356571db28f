package io.sallyport.authprovider.token.internal.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.Restrictions;
import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.TokenHost;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RefreshTokensTest {

  private static final Duration LIFE = Duration.ofHours(12);

  private final TokenHost host = new TokenHost();
  private final User lena = Samples.user("u-lena", "1");
  private final RefreshTokens tokens =
      new RefreshTokens(TokenKeys.of(Samples.KEY_BYTES), host.tokens, LIFE, () -> host.now);

  @Test
  void beginsAFamilyThatEndsAFixedTimeAfterTheSignIn() {
    String family = tokens.freshFamily();

    IssuedToken first = tokens.begin(signedIn(), family).orElseThrow();

    Instant end = Samples.NOW.minusSeconds(5).plus(LIFE);
    assertThat(first.value().revealText()).matches("slr-[0-9a-z]{10}-[0-9A-Za-z]{40}");
    assertThat(first.expiresAt()).contains(end);
    Evidence evidence = tokens.evidence(accepted(first));
    assertThat(evidence.token())
        .contains(new TokenDetails(TokenKind.REFRESH, first.id(), family, Samples.NOW, end));
    assertThat(evidence.signedInAt()).isEqualTo(Samples.NOW.minusSeconds(5));
    assertThat(evidence.restrictions()).isEqualTo(Restrictions.none().withNotAfter(end));
    assertThat(evidence.mayBeSentByBrowsers()).isFalse();
    assertThat(evidence.stampCheck().orElseThrow().matches(lena.securityStamp()))
        .isTrue();
    assertThat(evidence
            .stampCheck()
            .orElseThrow()
            .matches(Samples.user("u-lena", "2").securityStamp()))
        .isFalse();
  }

  @Test
  void neverOutlivesTheFamilyHoweverOftenItIsRenewed() {
    IssuedToken token = begun();
    Instant end = token.expiresAt().orElseThrow();
    for (int i = 0; i < 11; i++) {
      host.now = host.now.plus(Duration.ofHours(1));
      token = tokens.next(caller(token));

      assertThat(token.expiresAt()).contains(end);
    }
    host.now = end.minusMillis(1);
    assertThat(tokens.check(token.value().revealText())).isInstanceOf(Verdict.Accepted.class);
    host.now = end;
    assertThat(refusal(token)).isEqualTo(Reason.EXPIRED);
  }

  @Test
  void givesNoneWhereTheFamilyWouldBeOver() {
    Identity longAgo = Samples.identity(lena, Evidence.of("basic", Samples.NOW.minus(LIFE)));

    assertThat(tokens.begin(longAgo, tokens.freshFamily())).isEmpty();
  }

  @Test
  void keepsToTheRestrictionsAndTheEndOfTheCredential() {
    Restrictions narrow = Restrictions.none().withRoles(Set.of("viewer"));
    Identity caller = Samples.identity(
        lena,
        Evidence.of("basic", Samples.NOW)
            .withRestrictions(narrow.withNotAfter(Samples.NOW.plusSeconds(60))));

    IssuedToken first = tokens.begin(caller, tokens.freshFamily()).orElseThrow();
    IssuedToken second = tokens.next(caller(first));

    assertThat(accepted(second).restrictions()).isEqualTo(narrow);
    assertThat(second.expiresAt()).contains(Samples.NOW.plusSeconds(60));
  }

  @Test
  void endsTheFamilyWhenAUsedTokenComesAgain() {
    IssuedToken first = begun();
    IssuedToken second = tokens.next(caller(first));

    assertThat(refusal(first)).isEqualTo(Reason.REVOKED);

    assertThat(refusal(second)).isEqualTo(Reason.REVOKED);
    String family = host.tokens.tokens.get(first.id()).familyId().orElseThrow();
    assertThat(host.tokens.revoked.get(family)).isAfter(first.expiresAt().orElseThrow());
    TokenDetails access =
        new TokenDetails(TokenKind.SIGNED, "a", family, Samples.NOW, Samples.NOW.plusSeconds(600));
    assertThat(host.tokens.isRevoked(access, host.tokens.tokens.get(first.id()).owner()))
        .isTrue();
  }

  @Test
  void writesNothingMoreForFurtherReplays() {
    IssuedToken first = begun();
    tokens.next(caller(first));

    IntStream.range(0, 100).forEach(i -> refusal(first));

    assertThat(host.tokens.revocations).hasValue(1);
  }

  @Test
  void leavesOtherFamiliesAlone() {
    IssuedToken stolen = begun();
    IssuedToken other = begun();
    tokens.next(caller(stolen));

    refusal(stolen);

    assertThat(tokens.check(other.value().revealText())).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void letsOneOfManyWinAndTakesTheOthersForReuse() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 50; round++) {
        host.now = host.now.plus(Duration.ofMinutes(61));
        IssuedToken token = tokens
            .begin(Samples.identity(lena, Evidence.of("basic", host.now)), tokens.freshFamily())
            .orElseThrow();
        Identity caller = caller(token);
        List<Callable<Boolean>> rivals = IntStream.range(0, 8)
            .<Callable<Boolean>>mapToObj(i -> () -> {
              try {
                IssuedToken next = tokens.next(caller);
                return next.id().isEmpty(); // won: false
              } catch (NotPermittedException e) {
                return true;
              }
            })
            .toList();

        long lost = 0;
        for (var future : threads.invokeAll(rivals)) {
          lost += future.get() ? 1 : 0;
        }

        assertThat(lost).isEqualTo(7);
        String family = host.tokens.tokens.get(token.id()).familyId().orElseThrow();
        assertThat(host.tokens.revoked).containsKey(family);
        assertThat(host.tokens.tokens.values().stream()
                .filter(kept -> kept.familyId().filter(family::equals).isPresent())
                .filter(kept -> kept.consumedAt().isEmpty())
                .allMatch(kept -> host.tokens.isRevoked(
                    new TokenDetails(kept.kind(), kept.id(), family, kept.createdAt(), null),
                    kept.owner())))
            .isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void boundsHowManyAUserIsGiven() {
    for (int i = 0; i < RefreshAllowance.MAX_AN_HOUR - 1; i++) {
      begun();
    }
    Identity last = caller(begun());
    int kept = host.tokens.tokens.size();

    assertThat(tokens.begin(signedIn(), tokens.freshFamily())).isEmpty();
    assertThatThrownBy(() -> tokens.next(last)).isInstanceOf(UnavailableException.class);
    assertThat(host.tokens.tokens).hasSize(kept);
    host.now = host.now.plus(Duration.ofHours(1));
    assertThat(tokens.next(last).id()).isNotEmpty();
    assertThat(tokens.begin(signedIn(), tokens.freshFamily())).isPresent();
  }

  @Test
  void letsAStoreThatIsDownBeNoRejection() {
    IssuedToken token = begun();
    Identity caller = caller(token);
    host.tokens.down = true;

    assertThatThrownBy(() -> tokens.check(token.value().revealText()))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> tokens.next(caller)).isInstanceOf(UnavailableException.class);
    host.tokens.down = false;
    assertThat(tokens.next(caller).id()).isNotEqualTo(token.id());
  }

  @Test
  void tellsWhatIsMeantAndWhoBeginsAFamily() {
    IssuedToken token = begun();
    Identity withSigned = Samples.identity(
        lena,
        Evidence.of("token", Samples.NOW)
            .withToken(new TokenDetails(TokenKind.SIGNED, "a", null, Samples.NOW, null)));
    Identity withOutside = Samples.identity(
        lena,
        Evidence.of("oidc", Samples.NOW)
            .withToken(new TokenDetails(TokenKind.OUTSIDE, "a", null, Samples.NOW, null)));

    assertThat(RefreshTokens.isMeant(token.value().revealText())).isTrue();
    assertThat(RefreshTokens.isMeant("sly-x")).isFalse();
    assertThat(RefreshTokens.isBegunBy(signedIn())).isTrue();
    assertThat(RefreshTokens.isBegunBy(withOutside)).isTrue();
    assertThat(RefreshTokens.isBegunBy(withSigned)).isFalse();
    assertThat(RefreshTokens.isBegunBy(caller(token))).isFalse();
    assertThat(RefreshTokens.isPresentedBy(caller(token))).isTrue();
    assertThat(RefreshTokens.isPresentedBy(withSigned)).isFalse();
  }

  private Identity signedIn() {
    return Samples.identity(lena, Evidence.of("basic", Samples.NOW.minusSeconds(5)));
  }

  private IssuedToken begun() {
    return tokens.begin(signedIn(), tokens.freshFamily()).orElseThrow();
  }

  private StoredToken accepted(IssuedToken token) {
    return ((Verdict.Accepted<StoredToken>) tokens.check(token.value().revealText())).value();
  }

  private Identity caller(IssuedToken token) {
    return Samples.identity(lena, tokens.evidence(accepted(token)));
  }

  private Reason refusal(IssuedToken token) {
    return ((Verdict.Refused<StoredToken>) tokens.check(token.value().revealText())).reason();
  }
}
