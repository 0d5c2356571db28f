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
    long wait = millisToWait(now);
    if (wait == 0) {
      window.begin(now);
    }
    return wait;
  }

  /** How many milliseconds an attempt must wait, zero if it may go on. */
  synchronized long millisToWait(long now) {
    return window.isFull(now) ? Math.max(1, window.millisUntilRoom(now)) : 0;
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
