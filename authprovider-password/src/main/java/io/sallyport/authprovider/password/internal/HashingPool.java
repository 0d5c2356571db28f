package io.sallyport.authprovider.password.internal;

import io.sallyport.authprovider.password.internal.HashingQueue.Admission;
import io.sallyport.authprovider.password.internal.HashingQueue.Standing;
import io.sallyport.authprovider.password.internal.hash.HashCost;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes hashes on few platform threads of its own: at most so many at once, in at most so much memory,
 * with a short queue before it that is fair. Hashing can so neither starve other work nor grow.
 *
 * <p>Whoever asks waits parked, holding nothing: a virtual thread lets go of its carrier. The lock is held
 * for a few steps at a time, never while anything is computed or waited for.
 */
final class HashingPool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HashingPool.class);

  private static final Duration RETRY_SOON = Duration.ofSeconds(1);
  private static final Duration RETRY_LATER = Duration.ofSeconds(5);
  private static final Duration LATEST_RETRY = Duration.ofMinutes(1);

  /** Nobody waits longer, and no longer wait overflows when it is counted in nanoseconds. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /** How much may be left for when nobody waits. */
  private static final int MAX_BACKGROUND = 16;

  private final HashingLimits limits;
  private final FailureTime times;
  private final LongSupplier ticker;
  private final ThreadPoolExecutor executor;

  private final ReentrantLock lock = new ReentrantLock();

  // all below is guarded by the lock
  private final HashingQueue queue;
  private final Deque<HashingJob<?>> background = new ArrayDeque<>(MAX_BACKGROUND);
  private @Nullable HashingJob<?> backgroundRunning;
  private int running;
  private int freeKib;
  private long meanNanos;
  private boolean closed;

  /**
   * A pool that starts its threads when they are needed.
   *
   * @param name part of the names of its threads
   * @param limits how much it may compute and how many may wait
   * @param times learns how long each computation takes
   */
  HashingPool(String name, HashingLimits limits, FailureTime times) {
    this(name, limits, times, System::nanoTime);
  }

  HashingPool(String name, HashingLimits limits, FailureTime times, LongSupplier ticker) {
    this(limits, times, ticker, threads(name));
  }

  HashingPool(HashingLimits limits, FailureTime times, LongSupplier ticker, ThreadFactory threads) {
    this.limits = limits;
    this.times = times;
    this.ticker = ticker;
    this.queue = new HashingQueue(limits);
    this.freeKib = limits.memoryKib();
    // what it gets is about to run; its own queue is for the moment in which a thread ends the last
    // job
    this.executor = new ThreadPoolExecutor(
        limits.threads(),
        limits.threads(),
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        threads);
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      // the thread of a request that happens to start it has nothing to hand down to it
      Thread thread = new Thread(
          null, work, "sallyport-hashing-" + name + "-" + number.incrementAndGet(), 0, false);
      thread.setContextClassLoader(HashingPool.class.getClassLoader());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Runs work and waits for it.
   *
   * @param demand who asks, and what the work takes
   * @param work what to run; whatever it throws means that the result cannot be told
   * @param limit how long the caller can wait
   * @return its result, and when it began
   * @throws UnavailableException if there is no room, or no time, or the pool was closed, or the work
   *     threw anything
   */
  <T> Computed<T> run(HashingDemand demand, Callable<T> work, Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new UnavailableException("no time is left to check a password", RETRY_SOON, null);
    }
    requireRoomFor(demand.cost());
    HashingJob<Computed<T>> job = new HashingJob<>(demand, () -> measured(demand.cost(), work));
    submit(job);
    return await(job, limit);
  }

  private <T> Computed<T> measured(HashCost cost, Callable<T> work) throws Exception {
    long started = ticker.getAsLong();
    T value = work.call();
    // before anybody hears of the result, so that the time to withhold it covers this one, too
    times.took(cost, started, ticker.getAsLong());
    return new Computed<>(value, started);
  }

  /** Settings are checked so that this never happens; but the bound holds without that, too. */
  private void requireRoomFor(HashCost cost) {
    if (cost.memoryKib() > limits.memoryKib()) {
      throw new UnavailableException(
          "a hash needs " + cost.memoryKib() + " KiB, more than hashing.memory_mib permits ("
              + limits.memoryKib() + " KiB)",
          RETRY_LATER,
          null);
    }
  }

  private void submit(HashingJob<?> job) {
    lock.lock();
    try {
      if (closed) {
        throw closedPool();
      }
      Admission admission = queue.add(job);
      if (admission.standing() != Standing.ADMITTED) {
        throw tooMany(admission.standing());
      }
      admission.displaced().ifPresent(other -> other.fail(tooMany(Standing.FULL)));
      startWhatFits();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Leaves work for when nobody waits. It is run once or never, and nobody is told.
   *
   * @param cost what it takes
   * @param work what to run
   * @return whether it was taken; else there is too much already, or it needs too much memory, or the pool
   *     was closed
   */
  boolean offerInBackground(HashCost cost, Runnable work) {
    HashingJob<?> job = new HashingJob<>(new HashingDemand("", false, cost), () -> {
      runLogged(work);
      return true;
    });
    lock.lock();
    try {
      if (closed || cost.memoryKib() > limits.memoryKib() || background.size() == MAX_BACKGROUND) {
        return false;
      }
      background.add(job);
      startWhatFits();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static void runLogged(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("work on a password in the background failed: {}", String.valueOf(e));
    }
  }

  private void startWhatFits() {
    for (HashingJob<?> job = take(); job != null; job = take()) {
      start(job);
    }
  }

  private void start(HashingJob<?> job) {
    try {
      executor.execute(() -> work(job));
    } catch (OutOfMemoryError e) {
      // no thread could be made; others may go on
      release(job);
      job.fail(e);
    }
  }

  /** Runs a job, and then whatever comes next. Nothing that a job throws gets here. */
  private void work(HashingJob<?> first) {
    for (HashingJob<?> job = first; job != null; ) {
      long started = ticker.getAsLong();
      job.run();
      job = ended(job, ticker.getAsLong() - started);
    }
  }

  private @Nullable HashingJob<?> ended(HashingJob<?> job, long nanos) {
    lock.lock();
    try {
      release(job);
      meanNanos += (nanos - meanNanos) / 8;
      HashingJob<?> next = take();
      startWhatFits();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the next that may run now, and what it needs. */
  private @Nullable HashingJob<?> take() {
    if (running == limits.threads()) {
      return null;
    }
    HashingJob<?> next = queue.isEmpty() ? takeBackground() : queue.next(freeKib);
    if (next != null) {
      running++;
      freeKib -= next.memoryKib();
    }
    return next;
  }

  private @Nullable HashingJob<?> takeBackground() {
    HashingJob<?> next = background.peek();
    if (next == null || backgroundRunning != null || next.memoryKib() > freeKib) {
      return null;
    }
    backgroundRunning = next;
    return background.poll();
  }

  private void release(HashingJob<?> job) {
    running--;
    freeKib += job.memoryKib();
    if (backgroundRunning == job) {
      backgroundRunning = null;
    }
  }

  private <T> T await(HashingJob<T> job, Duration limit) {
    try {
      return job.await(limit.compareTo(LONGEST_WAIT) < 0 ? limit : LONGEST_WAIT);
    } catch (TimeoutException e) {
      giveUp(job, e);
      throw new UnavailableException("a password was not checked in time", retryAfter(), e);
    } catch (InterruptedException e) {
      giveUp(job, e);
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while a password was checked", RETRY_SOON, e);
    } catch (ExecutionException e) {
      throw unavailable(e.getCause());
    }
  }

  /** Frees the place in the queue at once. What already runs cannot be stopped: it is native code. */
  private void giveUp(HashingJob<?> job, Exception why) {
    job.fail(why);
    lock.lock();
    try {
      queue.remove(job);
      // it may have been the one that there was not enough memory for
      startWhatFits();
    } finally {
      lock.unlock();
    }
  }

  private static UnavailableException unavailable(@Nullable Throwable cause) {
    return cause instanceof UnavailableException known
        ? known
        : new UnavailableException("a password could not be checked: " + cause, RETRY_LATER, cause);
  }

  private UnavailableException tooMany(Standing standing) {
    return new UnavailableException(
        standing == Standing.CLIENT_HOLDS_ITS_SHARE
            ? "a quarter of hashing.queue, all that one client may hold, waits for this client already"
            : "more passwords are waiting to be checked than hashing.queue permits",
        retryAfter(),
        null);
  }

  private static UnavailableException closedPool() {
    return new UnavailableException("the password provider was closed", RETRY_SOON, null);
  }

  /** How long all that is there now will take. */
  private Duration retryAfter() {
    lock.lock();
    try {
      long jobs = (long) queue.size() + running;
      double nanos = (double) jobs * meanNanos / limits.threads();
      long seconds = (long) Math.ceil(nanos / 1e9);
      return Duration.ofSeconds(
          Math.max(RETRY_SOON.toSeconds(), Math.min(seconds, LATEST_RETRY.toSeconds())));
    } finally {
      lock.unlock();
    }
  }

  /** How many wait, for tests. */
  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of those who wait, and drops what is in the background. What is computed comes to its end. */
  @Override
  public void close() {
    List<HashingJob<?>> waiting;
    lock.lock();
    try {
      closed = true;
      background.clear();
      waiting = queue.drain();
    } finally {
      lock.unlock();
    }
    waiting.forEach(job -> job.fail(closedPool()));
    // without interrupting anybody: what is being written in the background must not be torn
    executor.shutdown();
  }
}
