package io.sallyport.authprovider.password.internal;

import io.sallyport.authprovider.password.internal.hash.HashCost;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long every failed password answer takes, counted from the start of its computation, so that its time
 * does not tell whether there is such a user and how the password is stored.
 *
 * <p>It learns how long each kind of hash takes here, and answers for the slowest one: the 99th percentile
 * (nearest rank) of its last {@value #WINDOW} computations and an eighth more, at least {@code min} and at
 * most {@code max}. The eighth is for the hundredth computation, and for what comes between the end of a
 * computation and the answer.
 *
 * <p><b>Security.</b> What somebody can do who sends any requests and measures all answers:
 *
 * <ul>
 *   <li>Make it long: by load, since computations take longer where others compute at the same time. {@code
 *       max} bounds it. Nothing but failed answers waits for it, and they hold no place of the pool.
 *   <li>Make it short: no. A kind of hash counts with its own slowest computations, so other kinds do not
 *       outnumber it, and it is forgotten only when it was not computed for a day. A load that ends is
 *       followed by a time in which answers take longer than they need.
 *   <li>See which hashes there are: the time of all failed answers is that of the slowest kind that somebody
 *       uses. That there is such a kind can be seen, and about how slow it is; not who has it.
 *   <li>See a kind for the first time: whoever is the first of all to try a password against a slower kind
 *       than any before, in the life of the process or after a day, gets an answer later than all
 *       answers before it, once. Every sign-in teaches the kind just as well. Nothing that is known before the
 *       first such hash is read could prevent this, but for the operator: {@code min} is there for stores
 *       with old slow hashes.
 *   <li>See kinds that take longer than {@code max}. The log then tells the operator so, once.
 * </ul>
 *
 * <p><b>Threads.</b> Learning takes a lock for some microseconds, once for each hash that is computed. Asking
 * reads one field.
 */
final class FailureTime {

  private static final Logger LOG = LoggerFactory.getLogger(FailureTime.class);

  /** How many kinds are told apart. Beyond, the quickest is forgotten. */
  static final int MAX_KINDS = 64;

  /** How many computations of a kind count. */
  static final int WINDOW = 256;

  /** How long a kind counts that is not computed any more. */
  static final Duration REMEMBERED = Duration.ofDays(1);

  private final HashCost decoy;
  private final long minNanos;
  private final long maxNanos;

  private final ReentrantLock lock = new ReentrantLock();

  // guarded by the lock
  private final Map<HashCost, RecentTimes> kinds = new HashMap<>();
  private boolean warned;

  private volatile long nanos;

  /**
   * Knows nothing yet.
   *
   * @param decoy what is computed for unknown users; never forgotten
   * @param min the least that a failed answer takes
   * @param max the most that a failed answer is made to take
   */
  FailureTime(HashCost decoy, Duration min, Duration max) {
    if (min.isNegative() || max.compareTo(min) < 0) {
      throw new IllegalArgumentException(
          "min must not be negative, nor max less than min; got " + min + " and " + max);
    }
    this.decoy = decoy;
    this.minNanos = min.toNanos();
    this.maxNanos = max.toNanos();
    this.nanos = minNanos;
  }

  /**
   * Learns of a computation.
   *
   * @param cost its kind
   * @param startedNanos when it began, as {@link System#nanoTime} tells it
   * @param endedNanos when it ended
   */
  void took(HashCost cost, long startedNanos, long endedNanos) {
    lock.lock();
    try {
      forgetOld(endedNanos);
      if (!kinds.containsKey(cost) && kinds.size() >= MAX_KINDS) {
        forgetQuickest();
      }
      kinds
          .computeIfAbsent(cost, kind -> new RecentTimes(WINDOW))
          .add(Math.max(0, endedNanos - startedNanos), endedNanos);
      answerForSlowest();
    } finally {
      lock.unlock();
    }
  }

  private void forgetOld(long now) {
    kinds
        .entrySet()
        .removeIf(kind ->
            !kind.getKey().equals(decoy) && now - kind.getValue().lastAt() > REMEMBERED.toNanos());
  }

  private void forgetQuickest() {
    kinds.entrySet().stream()
        .filter(kind -> !kind.getKey().equals(decoy))
        .min(Entry.comparingByValue(RecentTimes.QUICKEST_FIRST))
        .map(Entry::getKey)
        .ifPresent(kinds::remove);
  }

  private void answerForSlowest() {
    Entry<HashCost, RecentTimes> slowest = kinds.entrySet().stream()
        .max(Entry.comparingByValue(RecentTimes.QUICKEST_FIRST))
        .orElseThrow();
    long p99 = slowest.getValue().p99();
    nanos = Math.max(minNanos, Math.min(p99 + p99 / 8, maxNanos));
    if (p99 > maxNanos && !warned) {
      warned = true;
      warn(slowest.getKey(), p99);
    }
  }

  private void warn(HashCost cost, long p99) {
    LOG.warn(
        "checking a password against {} ({}) takes up to {} ms, longer than hashing.max_pad ({} ms): failed"
            + " answers for users with such a hash can be told from others by their time; raise hashing.max_pad,"
            + " or give the pool less to do at once",
        cost.scheme(),
        cost.parameters(),
        Duration.ofNanos(p99).toMillis(),
        Duration.ofNanos(maxNanos).toMillis());
  }

  /**
   * How long an answer must still be withheld.
   *
   * @param startedNanos when its computation began, as {@link System#nanoTime} tells it
   * @param nowNanos what it tells now
   * @return the time, 0 if it need not be withheld any longer
   */
  long heldNanos(long startedNanos, long nowNanos) {
    return Math.max(0, nanos - (nowNanos - startedNanos));
  }

  /** What is remembered, for tests. */
  Set<HashCost> kinds() {
    lock.lock();
    try {
      return Set.copyOf(kinds.keySet());
    } finally {
      lock.unlock();
    }
  }
}
