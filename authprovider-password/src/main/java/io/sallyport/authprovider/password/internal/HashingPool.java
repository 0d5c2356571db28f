package io.sallyport.authprovider.password.internal;

import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs what costs much on few threads of its own, so that hashing can neither starve other work nor use
 * more memory than threads times the cost of one hash. Whoever asks only waits; nothing is locked.
 */
final class HashingPool implements AutoCloseable {

  private static final Duration RETRY_SOON = Duration.ofSeconds(1);
  private static final Duration RETRY_LATER = Duration.ofSeconds(5);

  /** Nobody waits longer, and no longer wait overflows when it is counted in nanoseconds. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final ThreadPoolExecutor executor;

  /**
   * A pool that starts its threads when they are needed.
   *
   * @param name part of the names of its threads
   * @param threads how many hashes are computed at once
   * @param queue how many more may wait
   */
  HashingPool(String name, int threads, int queue) {
    AtomicInteger number = new AtomicInteger();
    this.executor = new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(queue),
        work -> thread(work, "sallyport-hashing-" + name + "-" + number.incrementAndGet()));
  }

  private static Thread thread(Runnable work, String name) {
    // the thread of a request that happens to start it has nothing to hand down to it
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setContextClassLoader(HashingPool.class.getClassLoader());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Runs work and waits for it.
   *
   * @param work what to run; it may throw unchecked exceptions
   * @param limit how long the caller can wait
   * @return its result
   * @throws UnavailableException if there is no room, or no time, or the pool was closed
   */
  <T> T run(Callable<T> work, Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new UnavailableException("no time is left to check a password", RETRY_SOON, null);
    }
    FutureTask<T> task = new FutureTask<>(work);
    submit(task);
    return await(task, limit);
  }

  private void submit(FutureTask<?> task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      throw executor.isShutdown()
          ? closed(e)
          : new UnavailableException(
              "more passwords are waiting to be checked than hashing.queue permits", RETRY_SOON, e);
    }
  }

  private <T> T await(FutureTask<T> task, Duration limit) {
    try {
      Duration wait = limit.compareTo(LONGEST_WAIT) < 0 ? limit : LONGEST_WAIT;
      return task.get(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      giveUp(task);
      throw new UnavailableException("a password was not checked in time", RETRY_SOON, e);
    } catch (InterruptedException e) {
      giveUp(task);
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while a password was checked", RETRY_SOON, e);
    } catch (CancellationException e) {
      throw closed(e);
    } catch (ExecutionException e) {
      throw unavailable(e.getCause());
    }
  }

  /** Frees the place in the queue at once. What already runs cannot be stopped: it is native code. */
  private void giveUp(FutureTask<?> task) {
    task.cancel(false);
    executor.remove(task);
  }

  private static UnavailableException unavailable(@Nullable Throwable cause) {
    return cause instanceof UnavailableException known
        ? known
        : new UnavailableException("a password could not be checked: " + cause, RETRY_LATER, cause);
  }

  private static UnavailableException closed(Exception cause) {
    return new UnavailableException("the password provider was closed", RETRY_SOON, cause);
  }

  /** How many wait, for tests. */
  int waiting() {
    return executor.getQueue().size();
  }

  /** Lets go of those who wait. Does not wait for those that are computed. */
  @Override
  public void close() {
    for (Runnable waiting : executor.shutdownNow()) {
      ((FutureTask<?>) waiting).cancel(false);
    }
  }
}
