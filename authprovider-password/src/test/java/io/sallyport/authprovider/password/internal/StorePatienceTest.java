package io.sallyport.authprovider.password.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spi.UnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Reads what SLF4J's simple logger writes to standard error. */
@Isolated
class StorePatienceTest {

  private final PrintStream usual = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final RuntimeException down = new IllegalStateException("down");
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final StorePatience patience = new StorePatience(nanos::get);

  StorePatienceTest() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(usual);
  }

  private long lines() {
    return written.toString(StandardCharsets.UTF_8).lines().count();
  }

  @Test
  void leavesAFailingStoreAloneForAMinuteAndOthersNot() {
    patience.failed("main", down);

    assertThat(patience.isReady("main")).isFalse();
    assertThat(patience.isReady("other")).isTrue();
    nanos.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
    assertThat(patience.isReady("main")).isFalse();
    nanos.addAndGet(1);
    assertThat(patience.isReady("main")).isTrue();
  }

  @Test
  void waitsTwiceAsLongEachTimeUpToAnHourAndTellsOnce() {
    Duration expected = Duration.ofMinutes(1);
    for (int i = 0; i < 10; i++) {
      patience.failed("main", down);
      nanos.addAndGet(expected.toNanos() - 1);
      assertThat(patience.isReady("main")).isFalse();
      nanos.addAndGet(1);
      assertThat(patience.isReady("main")).isTrue();
      expected = expected.multipliedBy(2);
      if (expected.compareTo(Duration.ofHours(1)) > 0) {
        expected = Duration.ofHours(1);
      }
    }

    assertThat(lines()).isEqualTo(1);
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("WARN", "\"main\"", "down");
  }

  @Test
  void waitsNoLongerForFailuresThatCameTogether() {
    for (int i = 0; i < 4; i++) {
      patience.failed("main", down);
    }
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());

    assertThat(patience.isReady("main")).isTrue();
  }

  @Test
  void tellsWhenAStoreIsBackAndNothingBefore() {
    patience.wrote("main");
    assertThat(lines()).isZero();
    patience.failed("main", down);
    patience.wrote("main");

    assertThat(patience.isReady("main")).isTrue();
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("replaced again");
  }

  @Test
  void givesABusyStoreWhatItAsksForAndTellsNobody() {
    UnavailableException notYet = new UnavailableException("not yet", Duration.ofSeconds(7), null);
    for (int i = 0; i < 3; i++) {
      patience.failed("main", notYet);
      nanos.addAndGet(Duration.ofSeconds(7).toNanos() - 1);
      assertThat(patience.isReady("main")).isFalse();
      nanos.addAndGet(1);
      assertThat(patience.isReady("main")).isTrue();
    }
    patience.wrote("main");

    assertThat(lines()).isZero();
  }

  @Test
  void tellsOfAStoreThatFailsAfterItWasBusy() {
    patience.failed("main", new UnavailableException("not yet", Duration.ofSeconds(7), null));
    patience.failed("main", down);
    nanos.addAndGet(Duration.ofSeconds(7).toNanos());

    assertThat(patience.isReady("main")).isFalse();
    assertThat(lines()).isEqualTo(1);
  }

  @Test
  void aStoreThatAsksForAMinuteOrMoreIsOneThatFails() {
    patience.failed("main", new UnavailableException("full", Duration.ofMinutes(1), null));

    assertThat(lines()).isEqualTo(1);
  }

  @Test
  void tellsOnceOfAStoreThatCannotBeWritten() {
    patience.cannotWrite("main");
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    patience.cannotWrite("main");

    assertThat(lines()).isEqualTo(1);
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("INFO", "upgrade: false");
  }
}
