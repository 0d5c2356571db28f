package io.sallyport.core;

import io.sallyport.api.TokenOwner;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many signed tokens of one owner are ended one by one. Each leaves something behind that must be remembered
 * until it would have ended by itself, and whoever can sign in can make as many as they like.
 *
 * <p>One instance serves all threads.
 */
final class RevocationAllowance {

  /** The most of one owner within {@link #PERIOD}. */
  static final int MOST = 1000;

  static final Duration PERIOD = Duration.ofHours(1);

  private static final int MAX_OWNERS = 10_000;

  private final Map<TokenOwner, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<TokenOwner, Count> eldest) {
      return size() > MAX_OWNERS;
    }
  };

  private record Count(Instant since, int number) {

    boolean isOver(Instant now) {
      return now.isBefore(since) || !now.isBefore(since.plus(PERIOD));
    }
  }

  /** Counts one more; false if it is one too many. The next one begins anew then. */
  synchronized boolean permits(TokenOwner owner, Instant now) {
    Count count = counts.get(owner);
    if (count == null || count.isOver(now)) {
      count = new Count(now, 0);
    }
    if (count.number() == MOST) {
      counts.remove(owner);
      return false;
    }
    counts.put(owner, new Count(count.since(), count.number() + 1));
    return true;
  }
}
