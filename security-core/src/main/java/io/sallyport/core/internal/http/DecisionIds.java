package io.sallyport.core.internal.http;

import io.sallyport.api.DecisionId;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Counts requests behind a prefix that is random for each instance. */
public final class DecisionIds {

  private static final int PREFIX_BYTES = 6;

  private final String prefix;
  private final AtomicLong count = new AtomicLong();

  /** Begins to count. */
  public DecisionIds() {
    byte[] random = new byte[PREFIX_BYTES];
    new SecureRandom().nextBytes(random);
    prefix = HexFormat.of().formatHex(random);
  }

  /** Whether an id is one of these. */
  boolean include(DecisionId id) {
    return prefix.equals(id.process());
  }

  /** The id of the next request. */
  public DecisionId next() {
    return new DecisionId(prefix, count.incrementAndGet(), 0);
  }
}
