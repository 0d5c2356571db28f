package io.sallyport.core.internal.gate;

import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls a store or a provider such that a slow one holds no more threads than its share.
 *
 * <p>Without a time-out a call runs on the request's thread and only its place is counted. With one it
 * runs on a thread of the part's own, since nothing else can be left behind when the time is over.
 */
final class BoundedCalls implements AutoCloseable {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final long IDLE_SECONDS = 30;

  private final String what;
  private final Semaphore places;
  private final @Nullable Duration timeout;
  private final @Nullable ExecutorService threads;

  BoundedCalls(String what, CallLimits limits) {
    this.what = what;
    this.places = new Semaphore(limits.maxConcurrent());
    this.timeout = limits.timeout();
    this.threads = limits.timeout() == null ? null : threads(what, limits.maxConcurrent());
  }

  private static ExecutorService threads(String what, int most) {
    return new ThreadPoolExecutor(
        0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
          Thread thread = new Thread(task, "sallyport-" + what);
          thread.setDaemon(true);
          return thread;
        });
  }

  <T> T call(Supplier<T> call) {
    if (timeout != null && threads != null) {
      return callWithin(timeout, threads, call);
    }
    if (!places.tryAcquire()) {
      throw unavailable("has all its places taken", null);
    }
    try {
      return call.get();
    } finally {
      places.release();
    }
  }

  private <T> T callWithin(Duration limit, ExecutorService executor, Supplier<T> call) {
    Future<T> answer;
    try {
      answer = executor.submit(call::get);
    } catch (RejectedExecutionException e) {
      throw unavailable("has all its threads taken", e);
    }
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw unavailable("did not answer within " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("was interrupted", e);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } catch (CancellationException e) {
      throw unavailable("was closed", e);
    } finally {
      answer.cancel(true);
    }
  }

  private RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException exception) {
      return exception;
    }
    return unavailable("failed", cause);
  }

  private UnavailableException unavailable(String problem, @Nullable Throwable cause) {
    return new UnavailableException(what + " " + problem, RETRY_AFTER, cause);
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdownNow();
    }
  }
}
