package io.sallyport.authprovider.password.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a short time which credentials were right, so that the same client's next request need not
 * compute the same hash again. Only what was right is remembered, and only as a {@link CredentialKey}, of
 * which the stored hash is a part: a user with another hash is not found.
 *
 * <p>Each key may be in one of eight places, and the oldest one there makes room. What is remembered ends a
 * fixed time after it was computed, however often it is used.
 *
 * <p><b>Security.</b> Whoever uses it has read the user afresh, and asked whether it may sign in.
 *
 * <p><b>Threads.</b> Takes no lock. Of two that remember at once, one may be forgotten.
 */
final class VerifiedCredentials {

  private static final int PLACES = 8;

  private final AtomicReferenceArray<@Nullable Entry> table;
  private final int groups;
  private final Duration maxAge;
  private final Moments moments;
  private final AtomicLong sweptAt;

  private record Entry(CredentialKey key, Moment computedAt) {}

  /**
   * An empty memory.
   *
   * @param entries how many are remembered at most, rounded up to a multiple of eight; none if 0
   * @param maxAge how long
   * @param moments tells the time
   */
  VerifiedCredentials(int entries, Duration maxAge, Moments moments) {
    this.groups = (entries + PLACES - 1) / PLACES;
    this.table = new AtomicReferenceArray<>(groups * PLACES);
    this.maxAge = maxAge;
    this.moments = moments;
    this.sweptAt = new AtomicLong(moments.now().nanos());
  }

  boolean contains(CredentialKey key) {
    if (groups == 0) {
      return false;
    }
    Moment now = moments.now();
    sweepIfDue(now);
    int first = firstPlace(key);
    for (int i = first; i < first + PLACES; i++) {
      Entry entry = table.get(i);
      if (entry != null && entry.key.equals(key) && entry.computedAt.isWithin(maxAge, now)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Remembers credentials that were right.
   *
   * @param computedAt when that was found out, or before
   */
  void remember(CredentialKey key, Moment computedAt) {
    if (groups > 0) {
      table.set(placeFor(key), new Entry(key, computedAt));
    }
  }

  /** Its own place, a free one, or else the oldest one's. */
  private int placeFor(CredentialKey key) {
    long now = moments.ticker().getAsLong();
    int first = firstPlace(key);
    int oldest = first;
    long greatestAge = Long.MIN_VALUE;
    for (int i = first; i < first + PLACES; i++) {
      Entry entry = table.get(i);
      if (entry == null || entry.key.equals(key)) {
        return i;
      }
      long age = now - entry.computedAt.nanos();
      if (age > greatestAge) {
        greatestAge = age;
        oldest = i;
      }
    }
    return oldest;
  }

  /** The bits that the hash code is not made of, spread over the groups. */
  private int firstPlace(CredentialKey key) {
    return (int) Math.multiplyHigh(key.second() >>> 1, (long) groups << 1) * PLACES;
  }

  /** Lets nothing lie about that is of no use any more. */
  private void sweepIfDue(Moment now) {
    long last = sweptAt.get();
    if (now.nanos() - last < maxAge.toNanos() || !sweptAt.compareAndSet(last, now.nanos())) {
      return;
    }
    for (int i = 0; i < table.length(); i++) {
      Entry entry = table.get(i);
      if (entry != null && !entry.computedAt.isWithin(maxAge, now)) {
        table.compareAndSet(i, entry, null);
      }
    }
  }

  /** How many are held, for tests. */
  int size() {
    int size = 0;
    for (int i = 0; i < table.length(); i++) {
      size += table.get(i) == null ? 0 : 1;
    }
    return size;
  }

  void clear() {
    for (int i = 0; i < table.length(); i++) {
      table.set(i, null);
    }
  }
}
