package io.sallyport.authprovider.token.internal.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Holds all for as long as the process lives. */
public final class MemoryLedger implements Ledger {

  private static final Duration FORGETS_EVERY = Duration.ofMinutes(1);

  private final TokenTable table = new TokenTable();
  private final InstantSource clock;
  private Instant forgotten;

  /** An empty ledger. */
  public MemoryLedger(InstantSource clock) {
    this.clock = clock;
    this.forgotten = clock.instant();
  }

  @Override
  public TokenTable table() {
    return table;
  }

  @Override
  public synchronized boolean enter(Decision decision) {
    forgetNowAndThen();
    List<Change> changes = decision.on(table);
    changes.forEach(table::apply);
    return !changes.isEmpty();
  }

  /** Before changes, since nothing grows without one. */
  private void forgetNowAndThen() {
    Instant now = clock.instant();
    // also if the clock was moved back
    if (Duration.between(forgotten, now).abs().compareTo(FORGETS_EVERY) >= 0) {
      forgotten = now;
      table.forget(now);
    }
  }

  @Override
  public void touch(Map<String, Instant> lastUsed) {
    table.touch(lastUsed);
  }

  @Override
  public void close() {}
}
