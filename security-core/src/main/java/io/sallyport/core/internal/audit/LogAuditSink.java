package io.sallyport.core.internal.audit;

import io.sallyport.api.Decision;
import io.sallyport.spi.AuditSink;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each decision to the application's own log, as the same JSON object that the file has: refusals as
 * errors, passes on a bypass port as warnings, passes as information, passes under an open rule for debugging. For applications that configure no
 * audit file.
 */
public final class LogAuditSink implements AuditSink {

  /** The name of the logger. */
  public static final String LOGGER = "io.sallyport.audit";

  private final Logger log = LoggerFactory.getLogger(LOGGER);
  private final AuditLayout layout = new JsonLayout();

  /** Writes to the logger {@value #LOGGER}. */
  public LogAuditSink() {}

  @Override
  public void record(Decision decision) {
    AuditLevel level = AuditLevel.of(decision.outcome());
    switch (level) {
      case DEBUG -> {
        if (log.isDebugEnabled()) {
          log.debug("{}", line(decision, level));
        }
      }
      case INFO -> {
        if (log.isInfoEnabled()) {
          log.info("{}", line(decision, level));
        }
      }
      case WARNING -> {
        if (log.isWarnEnabled()) {
          log.warn("{}", line(decision, level));
        }
      }
      default -> log.error("{}", line(decision, level));
    }
  }

  private String line(Decision decision, AuditLevel level) {
    return new String(layout.line(decision, level), StandardCharsets.UTF_8).stripTrailing();
  }
}
