package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether there is room for one more token. The tokens are counted now and then, off the requests' way, and this node's
 * own are added: they are counted by a request only where that comes near the limit, so that the limit may be exceeded
 * by what other nodes save in a minute, and no more.
 *
 * <p>Safe for threads.
 */
final class Capacity {

  private static final long UNKNOWN = -1;
  private static final long COUNTS_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  /** A tenth of the limit, or so many tokens, is near; and so many are counted each time. */
  private static final long NEAR = 1000;

  private final TokenTable tokens;
  private final long maxTokens;
  private final Supplier<Instant> now;
  private final LongSupplier nanos;

  private final AtomicLong estimate = new AtomicLong(UNKNOWN);
  private volatile long countedAt;
  private volatile long searchedAt;

  /**
   * Room for tokens.
   *
   * @param now an instant before which what has expired may go
   */
  Capacity(TokenTable tokens, long maxTokens, Supplier<Instant> now, LongSupplier nanos) {
    this.tokens = tokens;
    this.maxTokens = maxTokens;
    this.now = now;
    this.nanos = nanos;
    this.searchedAt = nanos.getAsLong() - COUNTS_EVERY_NANOS;
  }

  /** Counts. */
  void count() {
    long began = nanos.getAsLong();
    estimate.set(tokens.size());
    countedAt = began;
  }

  /** One more is there. */
  void saved() {
    estimate.incrementAndGet();
  }

  /** Whether there is room, made by deleting what has expired if need be. */
  boolean isThere() {
    if (mustCount()) {
      count();
    }
    if (estimate.get() >= maxTokens && isSearchDue()) {
      searchedAt = nanos.getAsLong();
      deleteExpired();
      count();
    }
    return estimate.get() < maxTokens;
  }

  private boolean mustCount() {
    long known = estimate.get();
    boolean small = maxTokens <= NEAR;
    boolean near = known >= maxTokens - Math.max(maxTokens / 10, NEAR);
    return known == UNKNOWN
        || small
        || (near && nanos.getAsLong() - countedAt >= COUNTS_EVERY_NANOS);
  }

  private boolean isSearchDue() {
    return nanos.getAsLong() - searchedAt >= COUNTS_EVERY_NANOS;
  }

  private void deleteExpired() {
    // enough for those who wait now; the next one goes on
    tokens.deleteSome(now.get(), false);
  }

  UnavailableException full() {
    return new UnavailableException(
        "token_store: holds " + estimate.get() + " tokens, and max_tokens is " + maxTokens
            + "; delete tokens that nobody needs, or raise max_tokens",
        Duration.ofMinutes(1),
        null);
  }
}
