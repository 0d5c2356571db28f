package io.sallyport.authprovider.password.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.authprovider.password.internal.hash.HashCost;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An eighth comes on top of what was measured: 800 become 900. */
class FailureTimeTest {

  private static final HashCost DECOY = new HashCost("argon2id", "m=19456,t=2,p=1", 19_456);
  private static final HashCost SLOW = new HashCost("bcrypt", "cost=14", 0);
  private static final long DAY = Duration.ofDays(1).toNanos();

  private final FailureTime time =
      new FailureTime(DECOY, Duration.ofNanos(100), Duration.ofNanos(100_000));

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream error = System.err;

  @BeforeEach
  void captureTheLog() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void giveBackTheStream() {
    System.setErr(error);
  }

  @Test
  void withholdsForTheLeastTimeBeforeAnythingWasMeasured() {
    assertThat(pad()).isEqualTo(100);
  }

  @Test
  void countsFromTheStartOfTheComputation() {
    time.took(DECOY, 0, 800);

    assertThat(time.heldNanos(5_000, 5_000)).isEqualTo(900);
    assertThat(time.heldNanos(5_000, 5_899)).isEqualTo(1);
    assertThat(time.heldNanos(5_000, 5_900)).isZero();
    assertThat(time.heldNanos(5_000, 90_000)).isZero();
  }

  @Test
  void countsAcrossTheOverflowOfTheTicker() {
    time.took(DECOY, Long.MAX_VALUE - 300, Long.MIN_VALUE + 499);

    assertThat(pad()).isEqualTo(900);
    assertThat(time.heldNanos(Long.MAX_VALUE - 300, Long.MIN_VALUE + 499)).isEqualTo(100);
  }

  @Test
  void takesAsLongAsTheSlowestKindWhicheverWasComputed() {
    time.took(SLOW, 0, 8_000);
    for (int i = 0; i < 1_000; i++) {
      time.took(DECOY, 0, 800);
    }

    assertThat(pad()).isEqualTo(9_000);
  }

  /** The first of a kind stands out; but never the second. */
  @Test
  void coversAKindFromItsFirstComputationOn() {
    time.took(DECOY, 0, 800);
    time.took(SLOW, 0, 8_000);

    assertThat(time.heldNanos(0, 8_000)).isEqualTo(1_000);
  }

  /** By nearest rank, of n the ceiling of 0.99 n: all up to 100 is the greatest but one at most. */
  @ParameterizedTest
  @CsvSource({
    "1, 8",
    "2, 16",
    "99, 792",
    "100, 792",
    "101, 800",
    "200, 1584",
    "201, 1592",
    "256, 2032"
  })
  void isTheNinetyNinthPercentileByNearestRank(int measured, long p99) {
    FailureTime exact = new FailureTime(DECOY, Duration.ZERO, Duration.ofHours(1));

    for (int i = measured; i >= 1; i--) {
      exact.took(DECOY, 0, 8L * i);
    }

    assertThat(exact.heldNanos(0, 0)).isEqualTo(p99 + p99 / 8);
  }

  @Test
  void forgetsAllButTheLastComputationsOfAKind() {
    for (int i = 0; i < 3; i++) {
      time.took(DECOY, 0, 80_000);
    }
    for (int i = 0; i < 253; i++) {
      time.took(DECOY, 0, 800);
    }
    assertThat(pad()).as("3 of 256 are more than one in a hundred").isEqualTo(90_000);

    time.took(DECOY, 0, 800);

    assertThat(pad()).as("2 of 256 are not").isEqualTo(900);
  }

  @Test
  void isNeverMoreThanTheMostNorLessThanTheLeast() {
    time.took(DECOY, 0, 8);
    assertThat(pad()).isEqualTo(100);

    time.took(DECOY, 0, 88_000);
    assertThat(pad()).isEqualTo(99_000);

    time.took(DECOY, 0, 8_000_000_000L);
    assertThat(pad()).isEqualTo(100_000);
  }

  @Test
  void tellsTheOperatorOnceOfWhatCannotBeCovered() {
    FailureTime short100 = new FailureTime(DECOY, Duration.ZERO, Duration.ofMillis(100));

    short100.took(SLOW, 0, 100_000_000);
    assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();

    for (int i = 0; i < 10; i++) {
      short100.took(SLOW, 0, 200_000_000);
    }

    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("bcrypt (cost=14)", "up to 200 ms", "hashing.max_pad (100 ms)");
  }

  @Test
  void forgetsAKindThatWasNotComputedForADay() {
    time.took(SLOW, 0, 8_000);
    time.took(DECOY, DAY + 7_200, DAY + 8_000);
    assertThat(pad()).isEqualTo(9_000);

    time.took(DECOY, DAY + 7_201, DAY + 8_001);

    assertThat(pad()).isEqualTo(900);
  }

  @Test
  void neverForgetsTheKindOfUnknownUsers() {
    HashCost quick = new HashCost("des_crypt", "", 0);
    time.took(DECOY, 0, 8_000);

    time.took(quick, 40 * DAY, 40 * DAY + 8);
    assertThat(pad()).isEqualTo(9_000);
    for (int i = 0; i < 100; i++) {
      time.took(new HashCost("sha512_crypt", "rounds=" + i, 0), 0, 16_000 + i);
    }

    assertThat(time.kinds()).contains(DECOY);
  }

  @Test
  void knowsABoundedNumberOfKindsAndKeepsTheSlowest() {
    time.took(SLOW, 0, 80_000);
    for (int i = 0; i < 1_000; i++) {
      time.took(new HashCost("pbkdf2_sha256", "rounds=" + i, 0), 0, 800 + i);
    }

    assertThat(time.kinds())
        .hasSize(64)
        .contains(SLOW, new HashCost("pbkdf2_sha256", "rounds=999", 0));
    assertThat(pad()).isEqualTo(90_000);
  }

  @Test
  void takesNothingForATickerThatRunsBackwards() {
    time.took(DECOY, 800, 0);

    assertThat(pad()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void learnsFromManyThreads(int threads) {
    CompletableFuture<?>[] all = new CompletableFuture<?>[threads];
    for (int t = 0; t < threads; t++) {
      HashCost own = new HashCost("own", "t=" + t, 0);
      long nanos = 800L * (t + 1);
      all[t] = CompletableFuture.runAsync(() -> {
        for (int i = 0; i < 2_000; i++) {
          time.took(own, 0, nanos);
        }
      });
    }

    CompletableFuture.allOf(all).join();

    assertThat(pad()).isEqualTo(900L * threads);
  }

  @Test
  void refusesBoundsThatContradictEachOther() {
    Duration second = Duration.ofSeconds(1);

    assertThat(new FailureTime(DECOY, second, second).heldNanos(0, 0)).isEqualTo(second.toNanos());
    assertThatThrownBy(() -> new FailureTime(DECOY, second, second.minusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FailureTime(DECOY, Duration.ofNanos(-1), second))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private long pad() {
    return time.heldNanos(0, 0);
  }
}
