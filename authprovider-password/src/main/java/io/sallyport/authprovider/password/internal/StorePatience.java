package io.sallyport.authprovider.password.internal;

import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a store alone whose hashes cannot be replaced: for a minute at first, and then twice as long each
 * time, up to an hour. The operator is told when that begins and when it ends, not each time. A store that
 * asks for less than a minute, as one does that writes for several users together, is given just that.
 */
final class StorePatience {

  private static final Logger LOG = LoggerFactory.getLogger(StorePatience.class);

  static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final LongSupplier ticker;
  private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

  /** Whether it was told, too; one that a busy store asked for is not worth telling. */
  private record Pause(long sinceNanos, Duration length, boolean told) {

    Pause longer(long now) {
      Duration twice = length.multipliedBy(2);
      return new Pause(now, twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE, true);
    }

    boolean isOver(long now) {
      return now - sinceNanos >= length.toNanos();
    }
  }

  /**
   * Knows of no failing store.
   *
   * @param ticker {@link System#nanoTime}, or what stands for it in a test
   */
  StorePatience(LongSupplier ticker) {
    this.ticker = ticker;
  }

  /** Whether it is worth trying. */
  boolean isReady(String store) {
    Pause pause = pauses.get(store);
    return pause == null || pause.isOver(ticker.getAsLong());
  }

  /** A store has no way to replace a hash. It may get one when its file becomes writable, say. */
  void cannotWrite(String store) {
    pauseAfter(
        store,
        () -> LOG.info(
            "users of userstore {} sign in with outdated hashes, which stay since that store cannot be"
                + " written; upgrade: false keeps Sallyport from trying",
            Quoted.of(store)));
  }

  /** Replacing a hash broke down. */
  void failed(String store, Throwable why) {
    if (why instanceof UnavailableException busy && busy.retryAfter().compareTo(FIRST_PAUSE) < 0) {
      pauseAsAsked(store, busy.retryAfter());
      LOG.debug("hashes of userstore {} are not replaced yet", Quoted.of(store), why);
      return;
    }
    pauseAfter(
        store,
        () -> LOG.warn(
            "outdated hashes of userstore {} cannot be replaced now; logins go on with the old ones, and"
                + " it is tried again after {} s or more: {}",
            Quoted.of(store),
            FIRST_PAUSE.toSeconds(),
            String.valueOf(why)));
    LOG.debug("why hashes of userstore {} cannot be replaced", Quoted.of(store), why);
  }

  private void pauseAsAsked(String store, Duration length) {
    long now = ticker.getAsLong();
    pauses.merge(
        store,
        new Pause(now, length, false),
        (before, asked) -> before.isOver(now) ? new Pause(now, length, before.told) : before);
  }

  private void pauseAfter(String store, Runnable tell) {
    long now = ticker.getAsLong();
    Pause first = new Pause(now, FIRST_PAUSE, true);
    // several writers may fail at once, and only one of them tells it or makes it longer
    Pause before = pauses.putIfAbsent(store, first);
    if (before == null || (!before.told && pauses.replace(store, before, first))) {
      tell.run();
    } else if (before.told && before.isOver(now)) {
      pauses.replace(store, before, before.longer(now));
    }
  }

  /** A store could be written. */
  void wrote(String store) {
    Pause before = pauses.remove(store);
    if (before != null && before.told) {
      LOG.info("outdated hashes of userstore {} are replaced again", Quoted.of(store));
    }
  }
}
