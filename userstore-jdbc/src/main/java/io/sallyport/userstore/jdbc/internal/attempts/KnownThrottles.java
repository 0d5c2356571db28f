package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.userstore.jdbc.internal.attempts.RowKeys.Client;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Clients whose failures alone are too many: nothing ends that but time, so the database need not be asked until
 * then. A client that goes on trying costs it nothing.
 *
 * <p>Safe for threads.
 */
final class KnownThrottles {

  private static final int MOST = 10_000;
  private static final long LONGEST_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final long NANOS_IN_MILLI = Duration.ofMillis(1).toNanos();

  private final ConcurrentHashMap<Client, Throttle> throttles = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /**
   * What the database has said.
   *
   * @param at when, by {@link System#nanoTime}
   * @param millis for how long
   */
  private record Throttle(long at, long millis) {

    long millisLeft(long now) {
      return millis - (now - at) / NANOS_IN_MILLI;
    }

    boolean isCurrent(long now) {
      return now - at < Math.min(millis, LONGEST_MILLIS) * NANOS_IN_MILLI;
    }
  }

  KnownThrottles(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void add(Client client, long millis) {
    long now = nanos.getAsLong();
    if (throttles.size() >= MOST) {
      throttles.values().removeIf(each -> !each.isCurrent(now));
    }
    if (throttles.size() < MOST) {
      throttles.put(client, new Throttle(now, millis));
    }
  }

  /** How long a client must wait; empty if the database must be asked. */
  OptionalLong millisLeft(Client client) {
    Throttle known = throttles.get(client);
    if (known == null) {
      return OptionalLong.empty();
    }
    long now = nanos.getAsLong();
    if (known.isCurrent(now)) {
      return OptionalLong.of(known.millisLeft(now));
    }
    throttles.remove(client, known);
    return OptionalLong.empty();
  }
}
