package io.sallyport.authprovider.token.internal.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.authprovider.token.internal.keys.CryptoChoice;
import io.sallyport.authprovider.token.internal.keys.JwkSet;
import io.sallyport.authprovider.token.internal.keys.Signatures;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class KeySourceTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration PACE = Duration.ofSeconds(10);
  private static final JwkSet ONE = set("one");
  private static final JwkSet TWO = set("two");

  private volatile Instant now = Samples.NOW;
  private volatile JwkSet published = ONE;
  private volatile boolean down;
  private final AtomicInteger fetches = new AtomicInteger();
  private final KeySource source = source(this::fetch, LONG);

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void fetchesOnceForManyRequests() {
    for (int i = 0; i < 100; i++) {
      assertThat(source.find("one", LONG)).isPresent();
    }

    assertThat(fetches).hasValue(1);
  }

  @Test
  void fetchesForAnUnknownKeyAtTheBoundedPaceAndNoFaster() {
    source.find("one", LONG);
    published = TWO;
    for (int i = 0; i < 1000; i++) {
      assertThat(source.find("invented-" + i, LONG)).isEmpty();
    }
    assertThat(source.find("two", LONG)).isEmpty();
    assertThat(fetches).hasValue(1);

    now = now.plus(PACE);

    assertThat(source.find("two", LONG)).isPresent();
    assertThat(source.find("one", LONG)).isEmpty();
    assertThat(fetches).hasValue(2);
  }

  @Test
  void fetchesForNobodyWithoutAName() {
    source.find("one", LONG);
    now = now.plus(PACE);

    assertThat(source.find(null, LONG)).isEmpty();
    assertThat(fetches).hasValue(1);
  }

  @Test
  void keepsKeysThroughAnOutageUntilTheirEnd() {
    source.find("one", LONG);
    down = true;
    now = Samples.NOW.plus(Duration.ofHours(1)).minusNanos(1);
    assertThat(source.find("one", LONG)).isPresent();
    assertThatThrownBy(() -> source.find("two", LONG)).isInstanceOf(UnavailableException.class);

    now = Samples.NOW.plus(Duration.ofHours(1));

    assertThatThrownBy(() -> source.find("one", LONG)).isInstanceOf(UnavailableException.class);
    down = false;
    now = now.plus(PACE);
    assertThat(source.find("one", LONG)).isPresent();
  }

  @Test
  void asksADeadIssuerNoFasterThanThePace() {
    down = true;
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> source.find("one", LONG))
          .isInstanceOfSatisfying(
              UnavailableException.class, e -> assertThat(e.retryAfter()).isEqualTo(PACE));
    }

    assertThat(fetches).hasValue(1);
  }

  @Test
  void fetchesWhatHasGrownOldWithoutBeingAsked() {
    source.find("one", LONG);
    published = TWO;
    now = now.plus(Duration.ofMinutes(5)).minusNanos(1);
    source.keepFresh();
    assertThat(source.find("one", LONG)).isPresent();

    now = now.plusNanos(1);
    source.keepFresh();

    await(() -> source.find("two", LONG).isPresent());
    assertThat(fetches).hasValue(2);
  }

  @Test
  void letsAFewWaitForATimeAndAllOthersNotAtAll() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    try (KeySource slow = source(() -> answer(answered), Duration.ofSeconds(20))) {
      ExecutorService callers = Executors.newCachedThreadPool();
      List<Future<?>> waiting = new ArrayList<>();
      AtomicInteger done = new AtomicInteger();
      for (int i = 0; i < 20; i++) {
        waiting.add(callers.submit(() -> {
          try {
            slow.find("one", LONG);
          } finally {
            done.incrementAndGet();
          }
        }));
      }

      await(() -> done.get() == 20 - KeySource.MAX_WAITING);
      answered.countDown();
      await(() -> done.get() == 20);
      callers.shutdown();

      assertThat(waiting.stream().filter(KeySourceTest::failed).count())
          .isEqualTo(20 - KeySource.MAX_WAITING);
    }
  }

  @Test
  void waitsNoLongerThanTheBoundOrWhatIsLeftOfTheRequest() {
    CountDownLatch never = new CountDownLatch(1);
    try (KeySource bounded = source(() -> answer(never), Duration.ofMillis(50));
        KeySource hurried = source(() -> answer(never), LONG)) {
      assertThatThrownBy(() -> bounded.find("one", LONG)).isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> hurried.find("one", Duration.ofMillis(50)))
          .isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void fetchesNothingOnceClosed() {
    source.close();

    assertThatThrownBy(() -> source.find("one", LONG)).isInstanceOf(UnavailableException.class);
    assertThat(fetches).hasValue(0);
  }

  @Test
  void fetchesAtOnceWhereTheClockWasSetBack() {
    source.find("one", LONG);
    published = TWO;
    now = now.minusSeconds(3600);

    assertThat(source.find("two", LONG)).isPresent();
    assertThat(fetches).hasValue(2);
  }

  @Test
  void leavesAThreadInterruptedThatIsInterruptedWhileItWaits() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try (KeySource slow = source(() -> answer(never), LONG)) {
      CountDownLatch begun = new CountDownLatch(1);
      Future<Boolean> interrupted = caller.submit(() -> {
        begun.countDown();
        assertThatThrownBy(() -> slow.find("one", LONG))
            .isInstanceOf(UnavailableException.class)
            .hasMessageContaining("interrupted");
        return Thread.currentThread().isInterrupted();
      });
      begun.await();

      caller.shutdownNow();

      assertThat(interrupted.get()).isTrue();
    }
  }

  private JwkSet fetch() throws FetchFailedException {
    fetches.incrementAndGet();
    if (down) {
      throw new FetchFailedException("down", null);
    }
    return published;
  }

  private static JwkSet answer(CountDownLatch latch) throws FetchFailedException {
    try {
      latch.await();
      return ONE;
    } catch (InterruptedException e) {
      throw new FetchFailedException("interrupted", e);
    }
  }

  private KeySource source(KeySource.Fetch fetch, Duration maxWait) {
    KeySource.Times times =
        new KeySource.Times(Duration.ofMinutes(5), Duration.ofHours(1), PACE, maxWait);
    return new KeySource("test", "https://issuer.example", fetch, times, () -> now);
  }

  private static boolean failed(Future<?> call) {
    try {
      call.get();
      return false;
    } catch (Exception e) {
      return true;
    }
  }

  private static JwkSet set(String keyId) {
    String json = "{\"keys\":[" + TestIssuer.ec(keyId).toPublicJWK() + "]}";
    return JwkSet.read(json, Set.of(JwsAlgorithm.ES256), Signatures.of(CryptoChoice.JDK));
  }

  static void await(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
