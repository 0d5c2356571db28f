package io.sallyport.authprovider.token.internal.refresh;

import io.sallyport.api.TokenOwner;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many refresh tokens an owner may be given in an hour. Used ones have to be kept until they end, so that a
 * second use is known for what it is; without a bound one client would fill the store with them.
 */
final class RefreshAllowance {

  static final int MAX_AN_HOUR = 500;

  private static final int MAX_OWNERS = 10_000;
  private static final Duration HOUR = Duration.ofHours(1);

  private record Count(Instant since, int given) {
    boolean isOver(Instant now) {
      return Duration.between(since, now).abs().compareTo(HOUR) >= 0;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();

  /** Those who were counted longest ago go first; whoever is forgotten begins a new hour. */
  private final Map<TokenOwner, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<TokenOwner, Count> eldest) {
      return size() > MAX_OWNERS;
    }
  };

  /** Counts one more, if one more is permitted. */
  boolean take(TokenOwner owner, Instant now) {
    lock.lock();
    try {
      Count count = counts.get(owner);
      if (count == null || count.isOver(now)) {
        counts.put(owner, new Count(now, 1));
        return true;
      }
      if (count.given() >= MAX_AN_HOUR) {
        return false;
      }
      counts.put(owner, new Count(count.since(), count.given() + 1));
      return true;
    } finally {
      lock.unlock();
    }
  }
}
