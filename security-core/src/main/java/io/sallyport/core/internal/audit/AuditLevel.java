package io.sallyport.core.internal.audit;

import io.sallyport.api.Outcome;
import java.util.Locale;

/** How grave a decision is, gravest first, in the words of the Cloudify Manager. */
enum AuditLevel {
  /** No decision is that grave: a file at this level stays empty. */
  CRITICAL,
  /** Refusals, and requests that could not be decided. */
  ERROR,
  /** No decision has this level: it writes down what {@link #ERROR} does. */
  WARNING,
  /** Authenticated passes. */
  INFO,
  /** Passes under an open rule. */
  DEBUG;

  private final String word = name().toLowerCase(Locale.ROOT);

  static AuditLevel of(Outcome outcome) {
    if (outcome == Outcome.OPEN) {
      return DEBUG;
    }
    return outcome == Outcome.ALLOWED ? INFO : ERROR;
  }

  /** Whether a file that was configured with {@code threshold} takes records of this level. */
  boolean isWrittenAt(AuditLevel threshold) {
    return compareTo(threshold) <= 0;
  }

  String word() {
    return word;
  }
}
