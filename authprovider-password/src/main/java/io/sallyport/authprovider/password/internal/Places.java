package io.sallyport.authprovider.password.internal;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** A number of places, each of which is free again some time after it was given back. Safe for threads. */
final class Places {

  /** Times of {@link System#nanoTime}, which may overflow, and are never far apart. */
  private static final Comparator<Long> EARLIEST_FIRST = (one, other) -> Long.signum(one - other);

  private final int most;
  private final LongSupplier ticker;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by the lock
  private int taken;
  private final PriorityQueue<Long> freeAt = new PriorityQueue<>(EARLIEST_FIRST);

  /**
   * Places that are free.
   *
   * @param most how many there are
   * @param ticker {@link System#nanoTime}, or what stands for it in a test
   */
  Places(int most, LongSupplier ticker) {
    this.most = most;
    this.ticker = ticker;
  }

  /** Takes a place if one is free. */
  boolean take() {
    lock.lock();
    try {
      long now = ticker.getAsLong();
      for (Long at = freeAt.peek(); at != null && at - now <= 0; at = freeAt.peek()) {
        freeAt.poll();
        taken--;
      }
      if (taken == most) {
        return false;
      }
      taken++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place back, to be taken when so much time has passed. */
  void giveBackAfter(Duration time) {
    lock.lock();
    try {
      freeAt.add(ticker.getAsLong() + time.toNanos());
    } finally {
      lock.unlock();
    }
  }
}
