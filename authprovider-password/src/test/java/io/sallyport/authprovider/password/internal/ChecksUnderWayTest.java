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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChecksUnderWayTest {

  private static final Duration AMPLE = Duration.ofSeconds(30);
  private static final Computed<Verdict> WRONG = new Computed<>(Verdict.WRONG, 7);

  private final CredentialKeys keys = new CredentialKeys();
  private final CredentialKey key = key("alice");
  private final ChecksUnderWay checks = new ChecksUnderWay();

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
  void letsAnotherFollowWhenOneHasGone() {
    enter(key);
    List<Check> followers = Stream.generate(() -> enter(key)).limit(64).toList();
    assertThat(enter(key).isLed()).isTrue();

    followers.get(7).close();

    assertThat(enter(key).isLed()).isFalse();
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
