package io.sallyport.core.internal.attempts;

import java.util.Arrays;

/**
 * How many failures there were of late, and how many attempts are under way that may become some. Each
 * counts for the time of the limit, and at most one slice of it longer.
 *
 * <p>Not safe for threads: whoever owns it sees to that. Times are handed in, and never run backwards.
 */
final class FailureWindow {

  private static final long[] NONE = {};
  private static final int NUMBER = 0;
  private static final int COUNTS = 1;
  private static final int STRIDE = 2;
  private static final int INT_BITS = 32;
  private static final long INT_MASK = 0xffff_ffffL;

  private final FailureLimit limit;

  /** For each slice its number, then failures in the upper and attempts in the lower half; the oldest first. */
  private long[] slices = NONE;

  private int used;

  FailureWindow(FailureLimit limit) {
    this.limit = limit;
  }

  /** Failures and attempts under way. */
  int count(long now) {
    return failures(now) + underWay(now);
  }

  int failures(long now) {
    forgetOld(now);
    int sum = 0;
    for (int i = COUNTS; i < used; i += STRIDE) {
      sum += (int) (slices[i] >>> INT_BITS);
    }
    return sum;
  }

  private int underWay(long now) {
    forgetOld(now);
    int sum = 0;
    for (int i = COUNTS; i < used; i += STRIDE) {
      sum += (int) (slices[i] & INT_MASK);
    }
    return sum;
  }

  boolean isFull(long now) {
    return used != 0 && count(now) >= limit.failures();
  }

  /** Counts an attempt that begins. */
  void begin(long now) {
    add(now, 1);
  }

  /** Counts a failure that was not counted when it began. */
  void addFailure(long now) {
    add(now, 1L << INT_BITS);
  }

  /** An attempt that began then has ended. What has been forgotten already stays forgotten. */
  void end(long began, boolean asFailure) {
    long number = limit.sliceOf(began);
    for (int i = 0; i < used; i += STRIDE) {
      if (slices[i + NUMBER] == number) {
        if ((slices[i + COUNTS] & INT_MASK) != 0) {
          slices[i + COUNTS] += (asFailure ? 1L << INT_BITS : 0) - 1;
        }
        if (slices[i + COUNTS] == 0) {
          remove(i);
        }
        return;
      }
    }
  }

  /** Forgets failures, and no attempt that is under way: that may be somebody else's guess. */
  void forgetFailures() {
    int kept = 0;
    for (int i = 0; i < used; i += STRIDE) {
      long underWay = slices[i + COUNTS] & INT_MASK;
      if (underWay != 0) {
        slices[kept + NUMBER] = slices[i + NUMBER];
        slices[kept + COUNTS] = underWay;
        kept += STRIDE;
      }
    }
    used = kept;
  }

  /** How long until it is not full any more, if nothing is added. */
  long millisUntilRoom(long now) {
    int left = count(now);
    for (int i = 0; i < used; i += STRIDE) {
      left -= (int) (slices[i + COUNTS] >>> INT_BITS) + (int) (slices[i + COUNTS] & INT_MASK);
      if (left < limit.failures()) {
        return limit.endOf(slices[i + NUMBER]) - now;
      }
    }
    return 0;
  }

  private void add(long now, long what) {
    forgetOld(now);
    long number = limit.sliceOf(now);
    int last = used - STRIDE;
    if (last >= 0 && slices[last + NUMBER] == number) {
      slices[last + COUNTS] += what;
      return;
    }
    if (used == slices.length) {
      slices = Arrays.copyOf(slices, Math.max(STRIDE, used * 2));
    }
    slices[used + NUMBER] = number;
    slices[used + COUNTS] = what;
    used += STRIDE;
  }

  private void forgetOld(long now) {
    int old = 0;
    while (old < used && limit.endOf(slices[old + NUMBER]) <= now) {
      old += STRIDE;
    }
    if (old > 0) {
      System.arraycopy(slices, old, slices, 0, used - old);
      used -= old;
    }
  }

  private void remove(int at) {
    System.arraycopy(slices, at + STRIDE, slices, at, used - at - STRIDE);
    used -= STRIDE;
  }
}
