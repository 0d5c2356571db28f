package io.sallyport.core.internal.audit;

import io.sallyport.api.Decision;

/**
 * Renders a decision as one line of bounded length, whatever the client sent.
 *
 * <p><b>Threads.</b> One instance serves all requests concurrently.
 */
interface AuditLayout {

  /** The line in UTF-8, with the line feed that ends it and no other. */
  byte[] line(Decision decision, AuditLevel level);
}
