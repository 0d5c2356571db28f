package io.sallyport.authprovider.password.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HashingPoolTest {

  private static final Duration AMPLE = Duration.ofSeconds(30);

  private final HashingPool pool = new HashingPool("test", 1, 1);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void close() {
    release.countDown();
    pool.close();
  }

  @Test
  void runsOnNamedDaemonThreadsOfItsOwn() {
    Thread thread = pool.run(Thread::currentThread, AMPLE);

    assertThat(thread.getName()).isEqualTo("sallyport-hashing-test-1");
    assertThat(thread.isDaemon()).isTrue();
  }

  @Test
  void isUnavailableAtOnceWhenTheQueueIsFull() {
    CompletableFuture<Boolean> running = occupyTheThread();
    CompletableFuture<Boolean> waiting = async(AMPLE);
    until(() -> pool.waiting() == 1);

    assertThatThrownBy(() -> pool.run(() -> true, AMPLE))
        .isInstanceOfSatisfying(
            UnavailableException.class,
            e -> assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5)))
        .hasMessageContaining("hashing.queue");

    release.countDown();
    assertThat(running.join()).isTrue();
    assertThat(waiting.join()).isTrue();
  }

  @Test
  void freesThePlaceOfACallerWhoseTimeIsOverAndNeverRunsItsWork() {
    CompletableFuture<Boolean> running = occupyTheThread();
    AtomicBoolean ran = new AtomicBoolean();

    assertThatThrownBy(() -> pool.run(() -> ran.getAndSet(true), Duration.ofMillis(20)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("in time");

    assertThat(pool.waiting()).isZero();
    CompletableFuture<Boolean> next = async(AMPLE);
    release.countDown();
    assertThat(next.join()).isTrue();
    assertThat(running.join()).isTrue();
    assertThat(ran).isFalse();
  }

  @Test
  void doesNotEvenQueueWorkForACallerWithoutTime() {
    CompletableFuture<Boolean> running = occupyTheThread();

    assertThatThrownBy(() -> pool.run(() -> true, Duration.ZERO))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("no time");
    assertThat(pool.waiting()).isZero();

    release.countDown();
    assertThat(running.join()).isTrue();
  }

  @Test
  void waitsForAnyLengthOfTimeThatADurationCanHold() {
    assertThat(pool.run(() -> 42, Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(42);
  }

  @Test
  void letsGoOfAnInterruptedCallerAndKeepsItInterrupted() throws Exception {
    CompletableFuture<Boolean> running = occupyTheThread();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread caller = new Thread(() -> {
      try {
        pool.run(() -> true, AMPLE);
      } catch (UnavailableException e) {
        thrown.set(e);
        interrupted.set(Thread.currentThread().isInterrupted());
      }
    });
    caller.start();
    until(() -> pool.waiting() == 1);

    caller.interrupt();
    caller.join(TimeUnit.SECONDS.toMillis(30));

    assertThat(thrown.get()).hasMessageContaining("interrupted");
    assertThat(interrupted).isTrue();
    assertThat(pool.waiting()).isZero();
    release.countDown();
    assertThat(running.join()).isTrue();
  }

  @Test
  void handsOnWhatIsUnavailableAndTurnsEveryOtherFailureIntoIt() {
    UnavailableException known = new UnavailableException("no memory", Duration.ofSeconds(2), null);

    assertThatThrownBy(() -> pool.run(
            () -> {
              throw known;
            },
            AMPLE))
        .isSameAs(known);
    assertThatThrownBy(() -> pool.run(
            () -> {
              throw new UnsatisfiedLinkError("gone");
            },
            AMPLE))
        .isInstanceOf(UnavailableException.class)
        .hasRootCauseInstanceOf(UnsatisfiedLinkError.class);
  }

  @Test
  void isUnavailableAfterCloseAndLetsGoOfThoseWhoWait() {
    CompletableFuture<Boolean> running = occupyTheThread();
    CompletableFuture<Boolean> waiting = async(AMPLE);
    until(() -> pool.waiting() == 1);

    pool.close();

    assertThatThrownBy(waiting::join)
        .hasCauseInstanceOf(UnavailableException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> pool.run(() -> true, AMPLE))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("closed");
    release.countDown();
    running.handle((result, e) -> e).join();
  }

  @Test
  void neverRunsMoreAtOnceThanItHasThreads() {
    try (HashingPool three = new HashingPool("three", 3, 100)) {
      AtomicInteger now = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      CompletableFuture<?>[] all = new CompletableFuture<?>[40];
      CountDownLatch full = new CountDownLatch(3);
      for (int i = 0; i < all.length; i++) {
        all[i] = CompletableFuture.runAsync(
            () -> three.run(
                () -> {
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  full.countDown();
                  boolean met = full.await(30, TimeUnit.SECONDS);
                  now.decrementAndGet();
                  return met;
                },
                AMPLE),
            task -> new Thread(task).start());
      }

      CompletableFuture.allOf(all).join();

      assertThat(most).hasValue(3);
    }
  }

  private CompletableFuture<Boolean> occupyTheThread() {
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Boolean> running = CompletableFuture.supplyAsync(
        () -> pool.run(
            () -> {
              started.countDown();
              // as native code does, this goes on when it is interrupted
              while (release.getCount() > 0) {
                Thread.onSpinWait();
              }
              return true;
            },
            AMPLE),
        task -> new Thread(task).start());
    until(() -> started.getCount() == 0);
    return running;
  }

  private CompletableFuture<Boolean> async(Duration limit) {
    return CompletableFuture.supplyAsync(
        () -> pool.run(() -> true, limit), task -> new Thread(task).start());
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + AMPLE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
