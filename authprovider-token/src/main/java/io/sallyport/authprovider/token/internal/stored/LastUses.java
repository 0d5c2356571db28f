package io.sallyport.authprovider.token.internal.stored;

import io.sallyport.api.StoredToken;
import io.sallyport.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down when tokens were last used: each at most once a minute, all of a moment in one call, on a thread
 * of its own. What the store does not take is dropped, since nothing hangs on it.
 */
final class LastUses implements AutoCloseable {

  static final int MAX_TOKENS = 65_536;
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Duration DELAY = Duration.ofMillis(500);
  private static final long MAX_CLOSE_SECONDS = 2;
  private static final Logger LOG = LoggerFactory.getLogger(LastUses.class);

  private final TokenStore store;
  private final InstantSource clock;
  private final ScheduledExecutorService thread;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean failing = new AtomicBoolean();

  /** The uses of the last minute, and those not yet written among them. */
  private final Map<String, Instant> recent = new ConcurrentHashMap<>();

  private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();

  LastUses(TokenStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    var executor = new ScheduledThreadPoolExecutor(1, task -> {
      Thread made = new Thread(task, "sallyport-token-uses");
      made.setDaemon(true);
      // not that of an application whose request happens to be the first
      made.setContextClassLoader(LastUses.class.getClassLoader());
      return made;
    });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.thread = executor;
  }

  /** Notes a use. Costs the request two look-ups in maps; never throws. */
  void note(StoredToken token, Instant now) {
    if (token.lastUsedAt().filter(last -> isRecent(last, now)).isPresent()
        || !isFirstOfTheMinute(token.id(), now)) {
      return;
    }
    unwritten.put(token.id(), now);
    if (scheduled.compareAndSet(false, true)) {
      try {
        var unused = thread.schedule(this::write, DELAY.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        unwritten.remove(token.id()); // closed meanwhile: nobody would write it
      }
    }
  }

  private boolean isFirstOfTheMinute(String id, Instant now) {
    Instant last = recent.get(id);
    if (last != null) {
      return !isRecent(last, now) && recent.replace(id, last, now);
    }
    // whoever finds it full goes without: it is emptied by the next write
    return recent.size() < MAX_TOKENS && recent.putIfAbsent(id, now) == null;
  }

  /** Within a minute either way, so that a clock that was put back does not stop the writing. */
  private static boolean isRecent(Instant last, Instant now) {
    return Duration.between(last, now).abs().compareTo(PAUSE) < 0;
  }

  /** How many tokens are remembered, written or not. */
  int size() {
    return Math.max(recent.size(), unwritten.size());
  }

  private void write() {
    scheduled.set(false);
    Map<String, Instant> batch = new HashMap<>(unwritten);
    batch.forEach(unwritten::remove);
    Instant now = clock.instant();
    recent.values().removeIf(last -> !isRecent(last, now));
    if (batch.isEmpty()) {
      return;
    }
    try {
      store.touch(batch);
      failing.set(false);
    } catch (RuntimeException e) {
      if (!failing.getAndSet(true)) {
        LOG.warn(
            "The token store does not take when tokens were last used; that is dropped until it does: {}",
            e.toString());
      }
    }
  }

  /** Writes what is left, if the store takes it soon, and ends the thread. */
  @Override
  public void close() {
    try {
      thread.execute(this::write);
      thread.shutdown();
      if (!thread.awaitTermination(MAX_CLOSE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (RejectedExecutionException e) {
      return; // closed already
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
