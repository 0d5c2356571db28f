package io.sallyport.authprovider.password.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifiedCredentialsTest {

  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  private final Random random = new Random(20261123);

  /** A clock for time spans may begin anywhere, and overflow. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);

  private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);
  private final Moments moments = new Moments(nanos::get, () -> Instant.ofEpochMilli(millis.get()));
  private final VerifiedCredentials verified = new VerifiedCredentials(80, MAX_AGE, moments);

  @ParameterizedTest
  @CsvSource({
    "299999999999, 299999, true",
    "300000000000, 299999, false",
    "299999999999, 300000, false",
    "0, 300000, false",
    "300000000000, 0, false"
  })
  void remembersForLessThanTheTimeByBothClocks(long nanosLater, long millisLater, boolean known) {
    CredentialKey key = key();
    verified.remember(key, moments.now());
    nanos.addAndGet(nanosLater);
    millis.addAndGet(millisLater);

    assertThat(verified.contains(key)).isEqualTo(known);
  }

  @Test
  void doesNotRememberLongerWhatIsUsedAgain() {
    CredentialKey key = key();
    verified.remember(key, moments.now());
    pass(MAX_AGE.minusMillis(1));
    assertThat(verified.contains(key)).isTrue();
    pass(Duration.ofMillis(1));

    assertThat(verified.contains(key)).isFalse();
  }

  @Test
  void forgetsWhatTheClockOnTheWallWentBackBehind() {
    CredentialKey key = key();
    verified.remember(key, moments.now());
    millis.decrementAndGet();

    assertThat(verified.contains(key)).isFalse();
  }

  @Test
  void takesTheTimeOfTheLastCheckWhenThereIsAnother() {
    CredentialKey key = key();
    verified.remember(key, moments.now());
    pass(MAX_AGE.minusSeconds(1));
    verified.remember(key, moments.now());
    pass(MAX_AGE.minusSeconds(1));

    assertThat(verified.contains(key)).isTrue();
    assertThat(verified.size()).isEqualTo(1);
  }

  @Test
  void holdsNoMoreThanItMayAndTheYoungestAlways() {
    for (int i = 0; i < 10_000; i++) {
      CredentialKey key = key();
      verified.remember(key, moments.now());
      assertThat(verified.contains(key)).isTrue();
      pass(Duration.ofMillis(1));
    }

    assertThat(verified.size()).isEqualTo(80);
  }

  @Test
  void makesRoomByForgettingTheOldest() {
    VerifiedCredentials eight = new VerifiedCredentials(1, MAX_AGE, moments);
    List<CredentialKey> keys = Stream.generate(this::key).limit(9).toList();
    for (CredentialKey key : keys) {
      eight.remember(key, moments.now());
      pass(Duration.ofMillis(1));
    }

    assertThat(eight.contains(keys.get(0))).isFalse();
    assertThat(keys.subList(1, 9)).allMatch(eight::contains);
  }

  /** A group of eight that is unlucky forgets early, which may be a few of a hundred. */
  @Test
  void spreadsKeysOverItsPlaces() {
    VerifiedCredentials large = new VerifiedCredentials(10_000, MAX_AGE, moments);
    List<CredentialKey> keys = Stream.generate(this::key).limit(5_000).toList();
    keys.forEach(key -> large.remember(key, moments.now()));

    assertThat(keys.stream().filter(large::contains).count()).isGreaterThan(4_800);
  }

  @Test
  void letsNothingLieAboutForLongThatIsTooOld() {
    IntStream.range(0, 40).forEach(i -> verified.remember(key(), moments.now()));
    assertThat(verified.size()).isGreaterThan(20);
    pass(MAX_AGE);

    verified.contains(key());

    assertThat(verified.size()).isZero();
  }

  @Test
  void remembersNothingWhereItIsSwitchedOff() {
    VerifiedCredentials off = new VerifiedCredentials(0, MAX_AGE, moments);
    CredentialKey key = key();

    off.remember(key, moments.now());

    assertThat(off.contains(key)).isFalse();
    assertThat(off.size()).isZero();
  }

  @Test
  void forgetsAllWhenItIsCleared() {
    CredentialKey key = key();
    verified.remember(key, moments.now());

    verified.clear();

    assertThat(verified.contains(key)).isFalse();
    assertThat(verified.size()).isZero();
  }

  /** Keys differ by all their bits: those that choose the place must not be all that is compared. */
  @Test
  void comparesAllBits() {
    verified.remember(new CredentialKey(1, 2, 3, 4), moments.now());

    assertThat(verified.contains(new CredentialKey(1, 2, 3, 4))).isTrue();
    assertThat(verified.contains(new CredentialKey(0, 2, 3, 4))).isFalse();
    assertThat(verified.contains(new CredentialKey(1, 3, 3, 4))).isFalse();
    assertThat(verified.contains(new CredentialKey(1, 2, 4, 4))).isFalse();
    assertThat(verified.contains(new CredentialKey(1, 2, 3, 5))).isFalse();
  }

  private CredentialKey key() {
    return new CredentialKey(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    millis.addAndGet(time.toMillis());
  }
}
