package io.sallyport.spi;

import io.sallyport.api.Decision;

/**
 * Writes down decisions.
 *
 * <p><b>Security.</b> Much of a decision is what the client sent: escape it, so that one decision is one
 * record. Drop nothing silently: an exception ends the request with 503.
 *
 * <p><b>Threads.</b> One instance serves all requests concurrently.
 *
 * @since 0.1
 */
public interface AuditSink extends AutoCloseable {

  /**
   * Writes down a decision before it takes effect.
   *
   * @param decision the decision
   * @throws UnavailableException if it could not be written down
   */
  void record(Decision decision);

  /** Writes what is still held back and frees what the sink holds. Called once. */
  @Override
  default void close() {}
}
