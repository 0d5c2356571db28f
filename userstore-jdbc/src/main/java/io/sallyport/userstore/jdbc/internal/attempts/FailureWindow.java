package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.spi.LoginLimits.Limit;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How many failures there were of late, and how many attempts are under way that may become some, by slices of the
 * time. Each counts for the time of the limit, and at most one slice of it longer; so what is kept does not grow
 * with the limit.
 *
 * <p>Not safe for threads. Times are handed in, and never run backwards.
 */
final class FailureWindow {

  private static final int SLICES = 15;

  /** More than there ever are, unless the limits were changed meanwhile. */
  private static final int MOST_SLICES = 2 * SLICES;

  private final Limit limit;

  /** The oldest first. */
  private final List<Slice> slices = new ArrayList<>();

  /** What began from a moment on, which is also what its attempts find it by. */
  private record Slice(long start, int failures, int underWay) {

    Slice plus(int moreFailures, int moreUnderWay) {
      return new Slice(start, failures + moreFailures, underWay + moreUnderWay);
    }

    int count() {
      return failures + underWay;
    }
  }

  FailureWindow(Limit limit) {
    this.limit = limit;
  }

  static FailureWindow read(DataInput in, Limit limit) throws IOException {
    FailureWindow window = new FailureWindow(limit);
    int size = in.readUnsignedByte();
    for (int i = 0; i < size; i++) {
      window.slices.add(new Slice(in.readLong(), in.readInt(), in.readInt()));
    }
    return window;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(slices.size());
    for (Slice each : slices) {
      out.writeLong(each.start);
      out.writeInt(each.failures);
      out.writeInt(each.underWay);
    }
  }

  boolean isEmpty() {
    return slices.isEmpty();
  }

  boolean isFull(long now) {
    return sum(now, Slice::count) >= limit.failures();
  }

  int count(long now) {
    return sum(now, Slice::count);
  }

  int failures(long now) {
    return sum(now, Slice::failures);
  }

  private int sum(long now, ToIntFunction<Slice> what) {
    forgetOld(now);
    return slices.stream().mapToInt(what).sum();
  }

  /**
   * Counts an attempt that begins.
   *
   * @return by what its place is found again
   */
  long begin(long now) {
    return add(now, 0, 1);
  }

  /** Counts a failure that was not counted when it began. */
  void addFailure(long now) {
    add(now, 1, 0);
  }

  /** An attempt has ended that was given a place. What has been forgotten already stays forgotten. */
  void end(long place, boolean asFailure) {
    for (int i = 0; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      if (slice.start == place && slice.underWay > 0) {
        replace(i, slice.plus(asFailure ? 1 : 0, -1));
        return;
      }
    }
  }

  /** Forgets failures, and no attempt that is under way: that may be somebody else's guess. */
  void forgetFailures() {
    for (int i = slices.size() - 1; i >= 0; i--) {
      replace(i, slices.get(i).plus(-slices.get(i).failures, 0));
    }
  }

  private void replace(int at, Slice slice) {
    if (slice.count() == 0) {
      slices.remove(at);
    } else {
      slices.set(at, slice);
    }
  }

  /** How long until it is not full any more, if nothing is added; zero if it is not full. */
  long millisUntilRoom(long now) {
    int left = count(now);
    long until = now;
    for (int i = 0; i < slices.size() && left >= limit.failures(); i++) {
      left -= slices.get(i).count();
      until = endOf(slices.get(i));
    }
    return until - now;
  }

  /** When the last of it ends to count; in the past if nothing counts. */
  long end() {
    return slices.isEmpty() ? Long.MIN_VALUE : endOf(slices.get(slices.size() - 1));
  }

  private long add(long now, int failures, int underWay) {
    forgetOld(now);
    int last = slices.size() - 1;
    if (last >= 0 && now < slices.get(last).start + sliceMillis()) {
      slices.set(last, slices.get(last).plus(failures, underWay));
      return slices.get(last).start;
    }
    if (slices.size() == MOST_SLICES) {
      Slice oldest = slices.remove(0);
      slices.set(0, slices.get(0).plus(oldest.failures, oldest.underWay));
    }
    slices.add(new Slice(now, failures, underWay));
    return now;
  }

  private void forgetOld(long now) {
    slices.removeIf(each -> endOf(each) <= now);
  }

  private long endOf(Slice slice) {
    return slice.start + sliceMillis() + limit.time().toMillis();
  }

  private long sliceMillis() {
    return Math.max(1, (limit.time().toMillis() + SLICES - 1) / SLICES);
  }
}
