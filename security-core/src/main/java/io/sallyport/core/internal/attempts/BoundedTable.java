package io.sallyport.core.internal.attempts;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Records by their keys, at most so many. Where the table is full of records in which something counts, the
 * keys that come later share records, so that nothing that counts is forgotten, and memory stays bounded.
 *
 * @param <K> the keys
 * @param <R> the records
 */
final class BoundedTable<K, R extends Tracked> {

  /** How many records are shared among the keys that find no room. */
  static final int SHARED = 1 << 14;

  /** A full table is looked through this often at most, since that takes milliseconds. */
  private static final long PAUSE_MILLIS = 10_000;

  private static final long LEAST_MEMORY_MILLIS = 60_000;
  private static final int PART_TO_FREE = 16;

  private final ConcurrentHashMap<K, R> own = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<@Nullable R> shared = new AtomicReferenceArray<>(SHARED);
  private final int most;
  private final long memoryMillis;
  private final Function<Boolean, R> maker;
  private final ToLongFunction<K> index;
  private final AtomicLong nextSweep = new AtomicLong(Long.MIN_VALUE);
  private volatile boolean overflowed;

  /**
   * A table.
   *
   * @param most how many keys have a record of their own
   * @param memoryMillis how long a record is kept at most in which nothing counts
   * @param maker makes a record of its own, or one that is shared
   * @param index what a key without a record of its own is shared by; nobody can foresee it
   */
  BoundedTable(int most, long memoryMillis, Function<Boolean, R> maker, ToLongFunction<K> index) {
    this.most = most;
    this.memoryMillis = memoryMillis;
    this.maker = maker;
    this.index = index;
  }

  /** The record of a key, made if it is not there. */
  R get(K key, long now) {
    R known = own.get(key);
    if (known != null) {
      return known;
    }
    // what counts in a shared record goes on counting, though there may be room again
    R common = sharedOf(key);
    if (common != null && !common.isIdle(now)) {
      return common;
    }
    if (own.mappingCount() < most || makeRoom(now)) {
      return own.computeIfAbsent(key, any -> maker.apply(false));
    }
    return common == null ? makeShared(key) : common;
  }

  /** The record of a key, if anything is known of it. */
  @Nullable
  R find(K key) {
    R known = own.get(key);
    return known == null ? sharedOf(key) : known;
  }

  /** Takes a record out that was given up. */
  void remove(K key, R given) {
    own.remove(key, given);
  }

  long size() {
    return own.mappingCount();
  }

  private @Nullable R sharedOf(K key) {
    return overflowed ? shared.get(placeOf(key)) : null;
  }

  private R makeShared(K key) {
    overflowed = true;
    int place = placeOf(key);
    R made = maker.apply(true);
    R there = shared.compareAndExchange(place, null, made);
    return there == null ? made : there;
  }

  private int placeOf(K key) {
    return (int) index.applyAsLong(key) & (SHARED - 1);
  }

  /** Lets go of records in which nothing counts: the ones that were used longest ago first. */
  private boolean makeRoom(long now) {
    long next = nextSweep.get();
    if (now < next || !nextSweep.compareAndSet(next, now + PAUSE_MILLIS)) {
      return false;
    }
    for (long memory = memoryMillis; ; memory /= 2) {
      long kept = memory;
      own.forEach((key, each) -> {
        if (each.retire(now, kept)) {
          own.remove(key, each);
        }
      });
      if (own.mappingCount() <= most - most / PART_TO_FREE || memory < LEAST_MEMORY_MILLIS) {
        return own.mappingCount() < most;
      }
    }
  }
}
