package io.sallyport.core.internal.audit;

import io.sallyport.api.Outcome;
import java.util.Locale;

/** How grave a decision is, gravest first, in the words of the Cloudify Manager. */
enum AuditLevel {
  /** No decision is that grave: a file at this level stays empty. */
  CRITICAL,
  /** Refusals, and requests that could not be decided. */
  ERROR,
  /** Passes on a connector where nobody is asked. */
  WARNING,
  /** Authenticated passes. */
  INFO,
  /** What nobody was asked for: passes under an open rule, preflights, redirects to HTTPS. */
  DEBUG;

  private final String word = name().toLowerCase(Locale.ROOT);

  static AuditLevel of(Outcome outcome) {
    return switch (outcome) {
      case OPEN, PREFLIGHT, REDIRECTED -> DEBUG;
      case ALLOWED -> INFO;
      case BYPASSED -> WARNING;
      case MALFORMED, INSECURE, UNAUTHENTICATED, FORBIDDEN, THROTTLED, UNAVAILABLE -> ERROR;
    };
  }

  /** Whether a file that was configured with {@code threshold} takes records of this level. */
  boolean isWrittenAt(AuditLevel threshold) {
    return compareTo(threshold) <= 0;
  }

  String word() {
    return word;
  }
}
