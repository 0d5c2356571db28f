package io.sallyport.examples.webapp;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is written to the log of this process while it is open. */
final class CapturedLog extends Handler implements AutoCloseable {

  private static final Logger ROOT = Logger.getLogger("");

  private final StringWriter lines = new StringWriter();

  CapturedLog() {
    setFormatter(new SimpleFormatter());
    ROOT.addHandler(this);
  }

  String text() {
    return lines.toString();
  }

  @Override
  public synchronized void publish(LogRecord line) {
    lines.append(getFormatter().formatMessage(line)).append('\n');
    if (line.getThrown() != null) {
      line.getThrown().printStackTrace(new PrintWriter(lines, true));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    ROOT.removeHandler(this);
  }
}
