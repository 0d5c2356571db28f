package io.sallyport.authprovider.password.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.authprovider.password.internal.hash.HashCost;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invariant 7: hashing is bounded, and nobody's guesses take it from others. */
@Timeout(60)
class HashingPoolTest {

  private static final Duration AMPLE = Duration.ofSeconds(30);
  private static final int MEMORY = 1000;
  private static final HashCost COST = new HashCost("some", "n=1", 10);
  private static final Executor NEW_THREADS = task -> new Thread(task).start();

  private final FailureTime times = new FailureTime(COST, Duration.ZERO, Duration.ofHours(1));
  private final AtomicLong ticker = new AtomicLong();
  private final HashingPool pool =
      new HashingPool("test", new HashingLimits(1, 4, MEMORY), times, ticker::get);
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<Boolean>> others = new ArrayList<>();
  private CompletableFuture<Boolean> running = CompletableFuture.completedFuture(true);

  @AfterEach
  void close() {
    release.countDown();
    pool.close();
    until(() -> running.isDone() && others.stream().allMatch(CompletableFuture::isDone));
  }

  @Test
  void runsOnNamedDaemonThreadsOfItsOwn() {
    Thread thread = run(pool, Thread::currentThread);

    assertThat(thread.getName()).isEqualTo("sallyport-hashing-test-1");
    assertThat(thread.isDaemon()).isTrue();
  }

  @Test
  void tellsWhenTheComputationBeganAndLearnsHowLongItTook() {
    ticker.set(1_000);

    Computed<Long> computed = pool.run(stranger("a", 10), () -> ticker.addAndGet(8_000), AMPLE);

    assertThat(computed).isEqualTo(new Computed<>(9_000L, 1_000));
    // 8 µs and an eighth more
    assertThat(times.heldNanos(0, 0)).isEqualTo(9_000);
  }

  @Test
  void doesNotCountTheTimeInTheQueueAsThatOfTheComputation() {
    occupyTheThread();
    CompletableFuture<Computed<Long>> waiting = CompletableFuture.supplyAsync(
        () -> pool.run(stranger("a", 10), ticker::get, AMPLE), NEW_THREADS);
    until(() -> pool.waiting() == 1);

    ticker.set(77);
    release.countDown();

    assertThat(running.join()).isTrue();
    assertThat(waiting.join()).isEqualTo(new Computed<>(77L, 77));
  }

  @Test
  void isUnavailableAtOnceWhenTheQueueIsFull() {
    occupyTheThread();
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (String client : List.of("a", "b", "c")) {
      waiting.add(async(stranger(client, 10), "last"));
    }
    until(() -> pool.waiting() == 3);

    assertThatThrownBy(() -> pool.run(stranger("d", 10), () -> true, AMPLE))
        .isInstanceOfSatisfying(
            UnavailableException.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1)))
        .hasMessageContaining("hashing.queue");

    release.countDown();
    assertThat(running.join()).isTrue();
    assertThat(waiting).allMatch(CompletableFuture::join);
  }

  @Test
  void tellsTheOperatorWhenItIsOneClientThatHoldsItsShare() {
    occupyTheThread();
    queue(stranger("a", 10), "first");
    until(() -> pool.waiting() == 1);

    assertThatThrownBy(() -> pool.run(stranger("a", 10), () -> true, AMPLE))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("a quarter of hashing.queue");
  }

  /** One is running and three wait; the mean is an eighth of the only time that was measured. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2000, 1", "2001, 2", "8000, 4", "8002, 5", "1000000, 60"})
  void tellsToComeBackWhenAllThatIsThereWillBeDone(long millis, long seconds) {
    pool.run(stranger("a", 10), () -> ticker.addAndGet(millis * 1_000_000), AMPLE);
    occupyTheThread();
    for (String client : List.of("a", "b", "c")) {
      queue(stranger(client, 10), "waits");
    }
    until(() -> pool.waiting() == 3);

    assertThatThrownBy(() -> pool.run(stranger("d", 10), () -> true, AMPLE))
        .isInstanceOfSatisfying(
            UnavailableException.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
  }

  @Test
  void servesFamiliarCallersFirstAndTheOthersInTurn() {
    occupyTheThread();
    queue(stranger("flood", 10), "flood");
    until(() -> pool.waiting() == 1);
    queue(stranger("other", 10), "other");
    until(() -> pool.waiting() == 2);
    CompletableFuture<Boolean> familiar = async(new HashingDemand("home", true, COST), "familiar");
    until(() -> pool.waiting() == 3);

    release.countDown();

    assertThat(running.join()).isTrue();
    assertThat(familiar.join()).isTrue();
    until(() -> order.size() == 3);
    assertThat(order).containsExactly("familiar", "flood", "other");
  }

  @Test
  void letsGoAtOnceOfWhoHasToMakeRoom() {
    occupyTheThread();
    CompletableFuture<Boolean> unfamiliar = async(stranger("home", 10), "unfamiliar");
    until(() -> pool.waiting() == 1);

    CompletableFuture<Boolean> familiar = async(new HashingDemand("home", true, COST), "familiar");

    assertThatThrownBy(unfamiliar::join)
        .hasCauseInstanceOf(UnavailableException.class)
        .hasMessageContaining("hashing.queue");
    assertThat(familiar).isNotDone();
    release.countDown();
    assertThat(familiar.join()).isTrue();
    assertThat(order).containsExactly("familiar");
  }

  @Test
  void freesThePlaceOfACallerWhoseTimeIsOverAndNeverRunsItsWork() {
    occupyTheThread();
    AtomicBoolean ran = new AtomicBoolean();

    assertThatThrownBy(
            () -> pool.run(stranger("a", 10), () -> ran.getAndSet(true), Duration.ofMillis(20)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("in time");

    assertThat(pool.waiting()).isZero();
    CompletableFuture<Boolean> next = async(stranger("a", 10), "next");
    release.countDown();
    assertThat(next.join()).isTrue();
    assertThat(running.join()).isTrue();
    assertThat(ran).isFalse();
  }

  @Test
  void doesNotEvenQueueWorkForACallerWithoutTime() {
    occupyTheThread();

    assertThatThrownBy(() -> pool.run(stranger("a", 10), () -> true, Duration.ZERO))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("no time");
    assertThatThrownBy(() -> pool.run(stranger("a", 10), () -> true, Duration.ofNanos(-1)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("no time");
    assertThat(pool.waiting()).isZero();
  }

  @Test
  void waitsForAnyLengthOfTimeThatADurationCanHold() {
    Computed<Integer> computed =
        pool.run(stranger("a", 10), () -> 42, Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(computed.value()).isEqualTo(42);
  }

  @Test
  void letsGoOfAnInterruptedCallerAndKeepsItInterrupted() throws Exception {
    occupyTheThread();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread caller = new Thread(() -> {
      try {
        run(pool, () -> true);
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
  }

  @Test
  void handsOnWhatIsUnavailable() {
    UnavailableException known = new UnavailableException("no memory", Duration.ofSeconds(2), null);

    assertThatThrownBy(() -> run(pool, () -> {
          throw known;
        }))
        .isSameAs(known);
  }

  @Test
  void cannotTellWhateverTheWorkThrowsAndLosesNoThreadByIt() {
    Thread before = run(pool, Thread::currentThread);
    List<Throwable> failures = List.of(
        new OutOfMemoryError("of a test"),
        new UnsatisfiedLinkError("gone"),
        new StackOverflowError(),
        new IllegalStateException("broken"),
        new Exception("checked"),
        new InterruptedException("of the work"));

    for (Throwable failure : failures) {
      assertThatThrownBy(() -> run(pool, () -> {
            throwAny(failure);
            return true;
          }))
          .isInstanceOf(UnavailableException.class)
          .hasCause(failure);
    }

    assertThat(run(pool, Thread::currentThread)).isSameAs(before);
    // nothing that failed keeps its memory, nor counts as a computation
    assertThat(pool.run(stranger("a", MEMORY), () -> true, AMPLE).value()).isTrue();
  }

  @Test
  void cannotTellWhenNoThreadCanBeMadeAndGoesOnWhenOneCan() {
    AtomicInteger asked = new AtomicInteger();
    HashingLimits limits = new HashingLimits(1, 4, MEMORY);
    try (HashingPool starved = new HashingPool(limits, times, ticker::get, work -> {
      if (asked.incrementAndGet() == 1) {
        throw new OutOfMemoryError("unable to create a thread, says a test");
      }
      return new Thread(work);
    })) {
      assertThatThrownBy(() -> starved.run(stranger("a", MEMORY), () -> true, AMPLE))
          .isInstanceOf(UnavailableException.class)
          .hasCauseInstanceOf(OutOfMemoryError.class);

      assertThat(starved.run(stranger("a", MEMORY), () -> true, AMPLE).value()).isTrue();
    }
  }

  @Test
  void isUnavailableAfterCloseAndLetsGoOfThoseWhoWait() {
    occupyTheThread();
    CompletableFuture<Boolean> waiting = async(stranger("a", 10), "never");
    until(() -> pool.waiting() == 1);

    pool.close();

    assertThatThrownBy(waiting::join)
        .hasCauseInstanceOf(UnavailableException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> run(pool, () -> true))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("closed");
    assertThat(pool.offerInBackground(COST, () -> order.add("never"))).isFalse();
    release.countDown();
    assertThat(running.join()).as("what is computed comes to its end").isTrue();
    assertThat(order).isEmpty();
  }

  @Test
  void endsItsThreadsAfterClose() throws InterruptedException {
    Thread thread = run(pool, Thread::currentThread);

    pool.close();

    thread.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void refusesWhatNeedsMoreMemoryThanThereIsInAll() {
    assertThat(pool.run(stranger("a", MEMORY), () -> true, AMPLE).value()).isTrue();

    assertThatThrownBy(() -> pool.run(stranger("a", MEMORY + 1), () -> true, AMPLE))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("hashing.memory_mib")
        .hasMessageContaining("1001 KiB");
    assertThat(pool.offerInBackground(cost(MEMORY + 1), () -> order.add("never")))
        .isFalse();
  }

  @Test
  void waitsForMemoryAndIsNotOvertakenBySmallerOnesMeanwhile() {
    try (HashingPool two = pool(2, 16)) {
      CountDownLatch half = new CountDownLatch(1);
      CompletableFuture<Boolean> first = async(two, stranger("a", 500), holding(half));
      until(() -> half.getCount() == 1 && order.contains("holds"));
      CompletableFuture<Boolean> big = async(two, stranger("b", 501), noting("big"));
      until(() -> two.waiting() == 1);
      CompletableFuture<Boolean> small = async(two, stranger("c", 1), noting("small"));
      until(() -> two.waiting() == 2);
      assertThat(order).containsExactly("holds");

      half.countDown();

      assertThat(first.join()).isTrue();
      assertThat(big.join()).isTrue();
      assertThat(small.join()).isTrue();
    }
  }

  @Test
  void goesOnWithWhatFitsWhenTheOneThatWaitsForMemoryGivesUp() {
    try (HashingPool two = pool(2, 16)) {
      CountDownLatch half = new CountDownLatch(1);
      CompletableFuture<Boolean> first = async(two, stranger("a", 500), holding(half));
      until(() -> order.contains("holds"));
      CompletableFuture<Boolean> big = CompletableFuture.supplyAsync(
          () -> two.run(stranger("b", 501), () -> true, Duration.ofMillis(200)).value(),
          NEW_THREADS);
      CompletableFuture<Boolean> small = async(two, stranger("c", 1), noting("small"));

      assertThatThrownBy(big::join).hasMessageContaining("in time");
      assertThat(small.join()).isTrue();
      assertThat(first).isNotDone();

      half.countDown();
      assertThat(first.join()).isTrue();
    }
  }

  @Test
  void neverRunsMoreAtOnceThanItHasThreads() {
    try (HashingPool three = pool(3, 400)) {
      AtomicInteger now = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      CompletableFuture<?>[] all = new CompletableFuture<?>[40];
      CountDownLatch full = new CountDownLatch(3);
      for (int i = 0; i < all.length; i++) {
        all[i] = async(three, stranger("a", 10), () -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          full.countDown();
          boolean met = full.await(30, TimeUnit.SECONDS);
          now.decrementAndGet();
          return met;
        });
      }

      CompletableFuture.allOf(all).join();

      assertThat(most).hasValue(3);
    }
  }

  @Test
  void answersTenThousandCallersWithinItsMemory() {
    try (HashingPool three = pool(3, 64)) {
      Tally tally = new Tally(three);

      runAll(NEW_THREADS, 50, () -> tally.callOften(200));

      assertThat(tally.answered.get() + tally.refused.get()).isEqualTo(10_000);
      assertThat(tally.answered).hasPositiveValue();
      assertThat(tally.mostKib).hasValueBetween(1, MEMORY);
      assertThat(three.waiting()).isZero();
      assertThat(three.run(stranger("a", MEMORY), () -> true, AMPLE).value()).isTrue();
    }
  }

  @Test
  void answersTenThousandVirtualThreads() {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads come with Java 21");
    try (HashingPool three = pool(3, 50_000)) {
      Tally tally = new Tally(three);

      runAll(HashingPoolTest::startVirtual, 10_000, () -> tally.callOften(1));

      assertThat(tally.answered.get() + tally.refused.get()).isEqualTo(10_000);
      assertThat(tally.mostKib).hasValueBetween(1, MEMORY);
      assertThat(three.waiting()).isZero();
    }
  }

  /** Many more wait than there are carriers: others could not run if waiting kept one. */
  @Test
  void letsVirtualThreadsLeaveTheirCarriersWhileTheyWait() {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads come with Java 21");
    try (HashingPool one = pool(1, 50_000)) {
      CountDownLatch busy = new CountDownLatch(1);
      CompletableFuture<Boolean> first = async(one, stranger("a", 10), holding(busy));
      until(() -> order.contains("holds"));
      CountDownLatch answered = new CountDownLatch(1_000);
      for (int i = 0; i < 1_000; i++) {
        startVirtual(() -> {
          run(one, () -> true);
          answered.countDown();
        });
      }
      until(() -> one.waiting() == 1_000);

      CompletableFuture<Boolean> other = new CompletableFuture<>();
      startVirtual(() -> other.complete(true));

      assertThat(other.orTimeout(30, TimeUnit.SECONDS).join()).isTrue();
      assertThat(answered.getCount()).isEqualTo(1_000);
      busy.countDown();
      assertThat(first.join()).isTrue();
      until(() -> answered.getCount() == 0);
    }
  }

  @Test
  void runsWhatIsInTheBackgroundOnlyWhenNobodyWaits() {
    occupyTheThread();
    assertThat(pool.offerInBackground(COST, () -> order.add("background"))).isTrue();
    CompletableFuture<Boolean> first = async(stranger("a", 10), "first");
    CompletableFuture<Boolean> second = async(stranger("b", 10), "second");
    until(() -> pool.waiting() == 2);

    release.countDown();

    assertThat(running.join()).isTrue();
    assertThat(first.join()).isTrue();
    assertThat(second.join()).isTrue();
    until(() -> order.size() == 3);
    assertThat(order.get(2)).isEqualTo("background");
  }

  @Test
  void takesSixteenIntoTheBackgroundAndNoMore() {
    occupyTheThread();

    for (int i = 0; i < 16; i++) {
      assertThat(pool.offerInBackground(COST, () -> order.add("background"))).isTrue();
    }
    assertThat(pool.offerInBackground(COST, () -> order.add("background"))).isFalse();

    release.countDown();
    until(() -> order.size() == 16);
    assertThat(pool.offerInBackground(COST, () -> order.add("later"))).isTrue();
    until(() -> order.contains("later"));
  }

  @Test
  void keepsTheOtherThreadsFreeOfWorkInTheBackground() {
    try (HashingPool two = pool(2, 16)) {
      CountDownLatch busy = new CountDownLatch(1);
      AtomicInteger atOnce = new AtomicInteger();
      for (int i = 0; i < 2; i++) {
        two.offerInBackground(COST, () -> {
          atOnce.incrementAndGet();
          awaitQuietly(busy);
        });
      }
      until(() -> atOnce.get() == 1);

      assertThat(run(two, atOnce::get)).isEqualTo(1);

      busy.countDown();
      until(() -> atOnce.get() == 2);
    }
  }

  @Test
  void countsTheMemoryOfTheBackground() {
    try (HashingPool two = pool(2, 16)) {
      CountDownLatch busy = new CountDownLatch(1);
      two.offerInBackground(cost(MEMORY), () -> {
        order.add("background");
        awaitQuietly(busy);
      });
      until(() -> order.contains("background"));
      CompletableFuture<Boolean> caller = async(two, stranger("a", 1), noting("caller"));
      until(() -> two.waiting() == 1);

      busy.countDown();

      assertThat(caller.join()).isTrue();
    }
  }

  @Test
  void survivesWhatTheBackgroundThrows() {
    pool.offerInBackground(COST, () -> {
      throw new OutOfMemoryError("of a test");
    });
    pool.offerInBackground(cost(MEMORY), () -> order.add("next"));

    until(() -> order.contains("next"));
    assertThat(run(pool, () -> true)).isTrue();
  }

  /** Calls with all kinds of demands, and counts what becomes of it. */
  private static final class Tally {
    private final HashingPool pool;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger nowKib = new AtomicInteger();
    private final AtomicInteger mostKib = new AtomicInteger();

    Tally(HashingPool pool) {
      this.pool = pool;
    }

    void callOften(int times) {
      for (int i = 0; i < times; i++) {
        call(number.incrementAndGet());
      }
    }

    private void call(int n) {
      int kib = n % 7 == 0 ? MEMORY : 1 + n * 37 % 600;
      Duration limit = n % 11 == 0 ? Duration.ofNanos(n) : AMPLE;
      try {
        Computed<Integer> computed = pool.run(
            new HashingDemand("client" + n % 13, n % 5 == 0, cost(kib)),
            () -> {
              mostKib.accumulateAndGet(nowKib.addAndGet(kib), Math::max);
              Thread.onSpinWait();
              nowKib.addAndGet(-kib);
              return n;
            },
            limit);
        assertThat(computed.value()).isEqualTo(n);
        answered.incrementAndGet();
      } catch (UnavailableException e) {
        refused.incrementAndGet();
      }
    }
  }

  private static void runAll(Executor executor, int callers, Runnable calls) {
    CompletableFuture<?>[] all = new CompletableFuture<?>[callers];
    for (int i = 0; i < callers; i++) {
      all[i] = CompletableFuture.runAsync(calls, executor);
    }
    CompletableFuture.allOf(all).orTimeout(50, TimeUnit.SECONDS).join();
  }

  /** By reflection, since the tests are compiled for Java 17. */
  private static void startVirtual(Runnable task) {
    try {
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("virtual threads cannot be started", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void throwAny(Throwable e) throws E {
    throw (E) e;
  }

  private HashingPool pool(int threads, int queue) {
    return new HashingPool("other", new HashingLimits(threads, queue, MEMORY), times);
  }

  private static HashCost cost(int memoryKib) {
    return new HashCost("some", "m=" + memoryKib, memoryKib);
  }

  private static HashingDemand stranger(String client, int memoryKib) {
    return new HashingDemand(client, false, cost(memoryKib));
  }

  private static <T> T run(HashingPool pool, Callable<T> work) {
    return pool.run(stranger("someone", 10), work, AMPLE).value();
  }

  /** Until it is released; {@link #running} then is true. */
  private void occupyTheThread() {
    CountDownLatch started = new CountDownLatch(1);
    running = async(pool, stranger("busy", 10), () -> {
      started.countDown();
      // as native code does, this goes on when it is interrupted
      while (release.getCount() > 0) {
        Thread.onSpinWait();
      }
      return true;
    });
    until(() -> started.getCount() == 0);
  }

  /** Lets somebody wait whose answer is of no interest. */
  private void queue(HashingDemand demand, String note) {
    others.add(async(demand, note));
  }

  private Callable<Boolean> noting(String what) {
    return () -> order.add(what);
  }

  private Callable<Boolean> holding(CountDownLatch until) {
    return () -> {
      order.add("holds");
      return until.await(30, TimeUnit.SECONDS);
    };
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private CompletableFuture<Boolean> async(HashingDemand demand, String note) {
    return async(pool, demand, noting(note));
  }

  private static CompletableFuture<Boolean> async(
      HashingPool pool, HashingDemand demand, Callable<Boolean> work) {
    return CompletableFuture.supplyAsync(() -> pool.run(demand, work, AMPLE).value(), NEW_THREADS);
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + AMPLE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
