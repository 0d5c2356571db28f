package io.sallyport.core.internal.gate;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Tells which of many equal events are worth a line in a log: one a second, however many there are. Safe for threads. */
final class SparingReports {

  private static final long PAUSE_NANOS = 1_000_000_000;

  private final LongSupplier ticker;
  private boolean toldAny;
  private long toldAt;
  private long untold;

  /**
   * Nothing was told yet.
   *
   * @param ticker {@link System#nanoTime}, or what stands for it in a test
   */
  SparingReports(LongSupplier ticker) {
    this.ticker = ticker;
  }

  /** How many were not told since the last one that was; empty if this one is not to be told either. */
  synchronized OptionalLong next() {
    long now = ticker.getAsLong();
    if (toldAny && now - toldAt < PAUSE_NANOS) {
      untold++;
      return OptionalLong.empty();
    }
    OptionalLong before = OptionalLong.of(untold);
    toldAny = true;
    toldAt = now;
    untold = 0;
    return before;
  }
}
