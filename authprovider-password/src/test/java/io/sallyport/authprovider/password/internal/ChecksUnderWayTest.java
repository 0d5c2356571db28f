package io.sallyport.authprovider.password.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.internal.ChecksUnderWay.Check;
import io.sallyport.spi.PasswordVerifier.Verdict;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChecksUnderWayTest {

  private static final Duration AMPLE = Duration.ofSeconds(30);
  private static final Computed<Verdict> WRONG = new Computed<>(Verdict.WRONG, 7);

  private final CredentialKeys keys = new CredentialKeys();
  private final CredentialKey key = key("alice");
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final ChecksUnderWay checks = new ChecksUnderWay(nanos::get);

  @Test
  void letsTheFirstLeadAndTheOthersHearWhatItFinds() {
    Check first = enter(key);
    Check second = enter(key);

    first.found(WRONG);

    assertThat(first.isLed()).isTrue();
    assertThat(second.isLed()).isFalse();
    assertThat(second.await(AMPLE)).contains(WRONG);
    assertThat(checks.size()).isZero();
  }

  @Test
  void letsOtherCredentialsGoTheirOwnWay() {
    enter(key);

    assertThat(enter(key("bob")).isLed()).isTrue();
  }

  @Test
  void lets64StrangersFollowWhateverTheyPresentAndNoMore() {
    CredentialKey other = key("bob");
    Check first = enter(key);
    Check second = enter(other);
    List<Check> followers = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      followers.add(enter(key));
      followers.add(enter(other));
    }

    Check alone = enter(key);
    alone.found(new Computed<>(Verdict.VERIFIED, 8));

    assertThat(followers).noneMatch(Check::isLed);
    assertThat(alone.isLed()).isTrue();
    assertThat(enter(other).isLed()).isTrue();
    assertThat(checks.size()).as("the first two still lead").isEqualTo(2);
    first.found(WRONG);
    second.found(WRONG);
    assertThat(followers).allMatch(follower -> follower.await(AMPLE).equals(Optional.of(WRONG)));
    assertThat(checks.size()).isZero();
  }

  @Test
  void asksOnceForEachClientOfThoseWhoFollow() {
    enter(key);
    Check second = enter(key);
    Check third = enter(key);
    List<String> asked = new ArrayList<>();

    assertThat(second.isAdmitted("192.0.2.1", AMPLE, () -> asked.add("first"))).isTrue();
    assertThat(third.isAdmitted("192.0.2.1", AMPLE, () -> asked.add("again"))).isTrue();
    assertThat(third.isAdmitted("192.0.2.2", AMPLE, () -> !asked.add("other"))).isFalse();
    assertThat(second.isAdmitted("192.0.2.2", AMPLE, () -> asked.add("again"))).isFalse();

    assertThat(asked).containsExactly("first", "other");
  }

  @Test
  void asksForNobodyOnceTheCountersCouldNotTell() {
    enter(key);
    Check second = enter(key);
    Check third = enter(key);
    var away = new UnavailableException("away", AMPLE, null);

    assertThatThrownBy(() -> second.isAdmitted("192.0.2.1", AMPLE, () -> {
          throw away;
        }))
        .isSameAs(away);

    assertThatThrownBy(() -> third.isAdmitted("192.0.2.2", AMPLE, () -> true)).isSameAs(away);
  }

  @Test
  void whoCannotWaitForHisTurnToAskIsToldSo() {
    enter(key);
    Check second = enter(key);
    Check third = enter(key);

    boolean admitted = second.isAdmitted("192.0.2.1", AMPLE, () -> {
      assertThatThrownBy(() -> CompletableFuture.supplyAsync(
                  () -> third.isAdmitted("192.0.2.2", Duration.ofMillis(1), () -> true))
              .join())
          .hasCauseInstanceOf(UnavailableException.class)
          .hasMessageContaining("failed logins could not be asked for in time");
      return true;
    });

    assertThat(admitted).isTrue();
  }

  @Test
  void letsAnotherFollowWhenOneHasGone() {
    enter(key);
    List<Check> followers = Stream.generate(() -> enter(key)).limit(64).toList();
    assertThat(enter(key).isLed()).isTrue();

    followers.get(7).close();

    assertThat(enter(key).isLed()).isFalse();
    assertThat(enter(key).isLed()).isTrue();
  }

  /** The answer to who follows holds a thread for as long as it is withheld, and so it holds a place. */
  @Test
  void countsWhoWasRefusedUntilTheRefusalIsNoLongerWithheld() {
    Check first = enter(key);
    List<Check> followers = Stream.generate(() -> enter(key)).limit(64).toList();
    first.found(WRONG);
    for (int i = 0; i < 64; i++) {
      followers.get(i).withhold(Duration.ofNanos(i < 32 ? 20 : 10));
      followers.get(i).close();
    }

    enter(key);
    assertThat(enter(key).isLed()).as("all are withheld").isTrue();
    nanos.addAndGet(9);
    assertThat(enter(key).isLed()).as("all are withheld").isTrue();

    nanos.addAndGet(1);
    assertThat(Stream.generate(() -> enter(key)).limit(32)).noneMatch(Check::isLed);
    assertThat(enter(key).isLed()).as("half of them are withheld").isTrue();
    nanos.addAndGet(10);
    assertThat(Stream.generate(() -> enter(key)).limit(32)).noneMatch(Check::isLed);
    assertThat(enter(key).isLed()).isTrue();
  }

  @Test
  void letsAllFollowWhoAreFamiliar() {
    Check first = enter(key);

    List<Check> followers =
        Stream.generate(() -> checks.enter(key, true)).limit(200).toList();

    assertThat(followers).noneMatch(Check::isLed);
    followers.forEach(Check::close);
    first.found(WRONG);
    assertThat(checks.size()).isZero();
  }

  @Test
  void tellsThoseWhoFollowThatNothingWasFound() {
    Check first = enter(key);
    Check second = enter(key);

    first.close();

    assertThat(second.await(AMPLE)).isEmpty();
    assertThat(enter(key).isLed()).isTrue();
  }

  @Test
  void waitsNoLongerThanTheCallerCan() {
    enter(key);
    Check second = enter(key);

    assertThatThrownBy(() -> second.await(Duration.ofNanos(1)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("in time");
  }

  private Check enter(CredentialKey presented) {
    return checks.enter(presented, false);
  }

  private CredentialKey key(String id) {
    return keys.ofUser("main", id, Secret.ofText("$hash"), Secret.ofText("guess"));
  }
}
