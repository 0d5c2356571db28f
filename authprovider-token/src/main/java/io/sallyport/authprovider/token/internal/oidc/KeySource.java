package io.sallyport.authprovider.token.internal.oidc;

import io.sallyport.authprovider.token.internal.jws.VerificationKey;
import io.sallyport.authprovider.token.internal.keys.JwkSet;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer, kept up to date by one thread. A request takes what is there; only for a key that
 * is not, it may cause one more fetch and wait a little for it. Fetches are one at a time, and none begins
 * sooner after the last one than the pace permits, whatever is sent here.
 */
final class KeySource implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KeySource.class);

  /** More requests than this do not wait at the same time, so that a slow issuer holds no others up. */
  static final int MAX_WAITING = 4;

  private static final int MAX_TOLD = 5;

  /** Gets the keys from wherever they are. */
  @FunctionalInterface
  interface Fetch {

    JwkSet fetch() throws FetchFailedException;
  }

  /**
   * How often and how long.
   *
   * @param refreshAfter how old keys become before they are fetched again
   * @param keepFor how old they become at most where that fails
   * @param pace the time from one fetch to the next at least
   * @param maxWait how long a request waits at most
   */
  record Times(Duration refreshAfter, Duration keepFor, Duration pace, Duration maxWait) {}

  private record Fetched(JwkSet keys, Instant at) {}

  private final String issuer;
  private final Fetch fetch;
  private final Times times;
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor thread;
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  private volatile @Nullable Fetched fetched;
  private volatile boolean failing;

  // both guarded by this
  private @Nullable CompletableFuture<Void> underWay;
  private @Nullable Instant lastBegun;

  /** The keys of an issuer, of which the first fetch has begun; it may fail. */
  static KeySource started(
      String name, String issuer, Fetch fetch, Times times, InstantSource clock) {
    KeySource source = new KeySource(name, issuer, fetch, times, clock);
    source.keepFresh();
    long pace = times.pace().toMillis();
    Future<?> unused =
        source.thread.scheduleWithFixedDelay(source::keepFresh, pace, pace, TimeUnit.MILLISECONDS);
    return source;
  }

  KeySource(String name, String issuer, Fetch fetch, Times times, InstantSource clock) {
    this.issuer = issuer;
    this.fetch = fetch;
    this.times = times;
    this.clock = clock;
    this.thread = new ScheduledThreadPoolExecutor(1, task -> {
      Thread made = new Thread(task, "sallyport-oidc-" + name);
      made.setDaemon(true);
      made.setContextClassLoader(KeySource.class.getClassLoader());
      return made;
    });
  }

  /**
   * The key of a name.
   *
   * @param remaining how long the answer may still take
   * @throws UnavailableException if it cannot be known now whether there is such a key
   */
  Optional<VerificationKey> find(@Nullable String keyId, Duration remaining) {
    Optional<VerificationKey> known = held(keyId);
    if (known.isPresent() || (keyId == null && current().isPresent())) {
      return known;
    }
    await(begin(), remaining);
    Optional<VerificationKey> found = held(keyId);
    if (found.isEmpty() && (failing || current().isEmpty())) {
      throw unavailable("the keys of the issuer " + issuer + " cannot be had now");
    }
    return found;
  }

  /** The key of a name as it was fetched last; never fetches and never waits. */
  Optional<VerificationKey> held(@Nullable String keyId) {
    return current().flatMap(keys -> keys.find(keyId));
  }

  private Optional<JwkSet> current() {
    Fetched last = fetched;
    return last == null || isOver(last.at(), times.keepFor())
        ? Optional.empty()
        : Optional.of(last.keys());
  }

  /** Fetches what is old, or was not to be had the last time. */
  void keepFresh() {
    Fetched last = fetched;
    if (failing || last == null || isOver(last.at(), times.refreshAfter())) {
      CompletableFuture<Void> unused = begin();
    }
  }

  /** A fetch that is under way, begun now if the pace permits it; null if it does not. */
  private synchronized @Nullable CompletableFuture<Void> begin() {
    if (underWay != null) {
      return underWay;
    }
    if (lastBegun != null && !isOver(lastBegun, times.pace())) {
      return null;
    }
    CompletableFuture<Void> begun = new CompletableFuture<>();
    try {
      thread.execute(() -> run(begun));
    } catch (RejectedExecutionException e) {
      return null; // closed
    }
    lastBegun = clock.instant();
    underWay = begun;
    return begun;
  }

  private void run(CompletableFuture<Void> begun) {
    try {
      Instant at = clock.instant();
      JwkSet keys = fetch.fetch();
      tellOfSkipped(keys);
      fetched = new Fetched(keys, at);
      if (failing) {
        LOG.info("The keys of the issuer {} are to be had again.", issuer);
      }
      failing = false;
    } catch (FetchFailedException | RuntimeException | StackOverflowError e) {
      if (!thread.isShutdown()) {
        tell(e);
      }
      failing = true;
    } finally {
      synchronized (this) {
        underWay = null;
      }
      begun.complete(null);
    }
  }

  /** One line for one outage, however often it is tried. */
  private void tell(Throwable e) {
    if (!failing) {
      LOG.warn(
          "The keys of the issuer {} cannot be fetched: {}. What is known is kept for {} after the last"
              + " fetch; tried again every {}.",
          issuer,
          e.getMessage(),
          times.keepFor(),
          times.pace());
    }
    LOG.debug("Why the keys of the issuer {} cannot be fetched", issuer, e);
  }

  private void tellOfSkipped(JwkSet keys) {
    Fetched last = fetched;
    if (!keys.skipped().isEmpty()
        && (last == null || !last.keys().skipped().equals(keys.skipped()))) {
      LOG.warn(
          "Of the keys of the issuer {} {} are not used: {}",
          issuer,
          keys.skipped().size(),
          keys.skipped().stream().limit(MAX_TOLD).collect(Collectors.joining("; ")));
    }
    if (keys.keys().isEmpty()) {
      LOG.warn("The issuer {} has no key that can be used; all of its tokens are refused.", issuer);
    }
  }

  private void await(@Nullable CompletableFuture<Void> begun, Duration remaining) {
    if (begun == null) {
      return;
    }
    if (!waiting.tryAcquire()) {
      throw unavailable("enough requests wait for the keys of the issuer " + issuer + " already");
    }
    try {
      Duration wait = remaining.compareTo(times.maxWait()) < 0 ? remaining : times.maxWait();
      begun.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unavailable("the issuer " + issuer + " takes long to tell its keys");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a fetch ends without an exception", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while waiting for the issuer " + issuer);
    } finally {
      waiting.release();
    }
  }

  private UnavailableException unavailable(String message) {
    return new UnavailableException(message, times.pace(), null);
  }

  /** Whether a time has passed. A clock that was set back makes it pass at once. */
  private boolean isOver(Instant since, Duration time) {
    Instant now = clock.instant();
    return now.isBefore(since) || !now.isBefore(since.plus(time));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
