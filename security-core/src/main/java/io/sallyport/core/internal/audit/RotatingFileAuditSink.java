package io.sallyport.core.internal.audit;

import io.sallyport.api.Decision;
import io.sallyport.spi.AuditSink;
import io.sallyport.spi.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Appends each decision that is grave enough to a {@link RotatingFile}.
 *
 * <p><b>Threads.</b> Lines are rendered concurrently and written one after the other.
 */
final class RotatingFileAuditSink implements AuditSink {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final AuditLevel threshold;
  private final AuditLayout layout;
  private final RotatingFile file;
  // a monitor would pin a virtual thread while it waits
  private final ReentrantLock lock = new ReentrantLock();

  RotatingFileAuditSink(AuditLevel threshold, AuditLayout layout, RotatingFile file) {
    this.threshold = threshold;
    this.layout = layout;
    this.file = file;
  }

  @Override
  public void record(Decision decision) {
    AuditLevel level = AuditLevel.of(decision.outcome());
    if (level.isWrittenAt(threshold)) {
      write(layout.line(decision, level));
    }
  }

  private void write(byte[] line) {
    lock.lock();
    try {
      file.append(line);
    } catch (IOException e) {
      throw new UnavailableException("cannot write to the audit log " + file, RETRY_AFTER, e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      file.close();
    } finally {
      lock.unlock();
    }
  }
}
