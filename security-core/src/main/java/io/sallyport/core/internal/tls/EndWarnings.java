package io.sallyport.core.internal.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of certificates that end soon or have ended: as soon as that is so, then once a day.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class EndWarnings {

  static final Duration NOTICE = Duration.ofDays(14);

  private static final Logger LOG = LoggerFactory.getLogger(EndWarnings.class);

  private final Path file;
  private final InstantSource clock;
  private Map<X509Certificate, Long> told = Map.of();

  EndWarnings(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Takes a look at the certificates that are in force. */
  void look(List<X509Certificate> certificates) {
    Instant now = clock.instant();
    Map<X509Certificate, Long> present = new HashMap<>();
    for (X509Certificate certificate : certificates) {
      Duration left = Duration.between(now, certificate.getNotAfter().toInstant());
      if (left.compareTo(NOTICE) <= 0) {
        long days = Math.floorDiv(left.toSeconds(), Duration.ofDays(1).toSeconds());
        present.put(certificate, days);
        if (!Long.valueOf(days).equals(told.get(certificate))) {
          warn(certificate, left, days);
        }
      }
    }
    told = present;
  }

  private void warn(X509Certificate certificate, Duration left, long days) {
    Instant end = certificate.getNotAfter().toInstant();
    String name = SubjectName.of(certificate);
    if (left.isNegative()) {
      LOG.warn(
          "The certificate of {} in {} has expired on {}; replace the file, it is taken up without a restart.",
          name,
          file,
          end);
    } else {
      LOG.warn(
          "The certificate of {} in {} ends on {}, within {} days; replace the file, it is taken up without"
              + " a restart.",
          name,
          file,
          end,
          days + 1);
    }
  }
}
