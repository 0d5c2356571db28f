package io.sallyport.core.internal.attempts;

/** What counts against one client. Safe for threads. */
final class ClientRecord implements Tracked {

  private static final long GONE = -1;

  private final FailureWindow window;
  private boolean retired;

  ClientRecord(FailureLimit limit) {
    this.window = new FailureWindow(limit);
  }

  /**
   * Counts an attempt.
   *
   * @return how many milliseconds it must wait, zero if it may go on; negative if this record was given up
   */
  synchronized long begin(long now) {
    if (retired) {
      return GONE;
    }
    if (window.isFull(now)) {
      return Math.max(1, window.millisUntilRoom(now));
    }
    window.begin(now);
    return 0;
  }

  synchronized void end(long began, boolean asFailure) {
    window.end(began, asFailure);
  }

  @Override
  public synchronized boolean retire(long now, long memory) {
    retired |= window.count(now) == 0;
    return retired;
  }

  @Override
  public synchronized boolean isIdle(long now) {
    return window.count(now) == 0;
  }
}
