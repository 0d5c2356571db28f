package io.sallyport.authprovider.token.internal.store;

import io.sallyport.spi.UnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Where changes are entered, one after the other, and what has become of them. */
interface Ledger extends AutoCloseable {

  /**
   * What is in force.
   *
   * @throws UnavailableException if that is not known
   */
  TokenTable table();

  /**
   * Decides on changes and enters them in one step; they are durable then, as far as this ledger is.
   *
   * @return whether there were any
   * @throws UnavailableException if they cannot be entered now
   */
  boolean enter(Decision decision);

  /** Enters, some time, that tokens were used. */
  void touch(Map<String, Instant> lastUsed);

  @Override
  void close();

  /** What is to change. */
  interface Decision {
    /**
     * Decides while nobody else changes anything.
     *
     * @param table what is in force
     * @return the changes, none if there is nothing to change
     * @throws UnavailableException if what is wished for cannot be
     */
    List<Change> on(TokenTable table);
  }
}
