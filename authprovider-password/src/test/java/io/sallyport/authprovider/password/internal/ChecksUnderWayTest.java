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
import org.junit.jupiter.api.Test;

class ChecksUnderWayTest {

  private static final Duration AMPLE = Duration.ofSeconds(30);
  private static final Computed<Verdict> WRONG = new Computed<>(Verdict.WRONG, 7);

  private final CredentialKeys keys = new CredentialKeys();
  private final CredentialKey key = key("alice");
  private final ChecksUnderWay checks = new ChecksUnderWay();

  @Test
  void letsTheFirstLeadAndTheOthersHearWhatItFinds() {
    Check first = checks.enter(key);
    Check second = checks.enter(key);

    first.found(WRONG);

    assertThat(first.isLed()).isTrue();
    assertThat(second.isLed()).isFalse();
    assertThat(second.await(AMPLE)).contains(WRONG);
    assertThat(checks.size()).isZero();
  }

  @Test
  void letsOtherCredentialsGoTheirOwnWay() {
    checks.enter(key);

    assertThat(checks.enter(key("bob")).isLed()).isTrue();
  }

  @Test
  void letsEightFollowAndNoMore() {
    Check first = checks.enter(key);
    List<Check> followers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      followers.add(checks.enter(key));
    }

    Check alone = checks.enter(key);
    alone.found(new Computed<>(Verdict.VERIFIED, 8));

    assertThat(followers).noneMatch(Check::isLed);
    assertThat(alone.isLed()).isTrue();
    assertThat(checks.size()).as("the first still leads").isEqualTo(1);
    first.found(WRONG);
    assertThat(followers).allMatch(follower -> follower.await(AMPLE).equals(first.await(AMPLE)));
    assertThat(checks.size()).isZero();
  }

  @Test
  void tellsThoseWhoFollowThatNothingWasFound() {
    Check first = checks.enter(key);
    Check second = checks.enter(key);

    first.close();

    assertThat(second.await(AMPLE)).isEmpty();
    assertThat(checks.enter(key).isLed()).isTrue();
  }

  @Test
  void waitsNoLongerThanTheCallerCan() {
    checks.enter(key);
    Check second = checks.enter(key);

    assertThatThrownBy(() -> second.await(Duration.ofNanos(1)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("in time");
  }

  private CredentialKey key(String id) {
    return keys.ofUser("main", id, Secret.ofText("$hash"), Secret.ofText("guess"));
  }
}
