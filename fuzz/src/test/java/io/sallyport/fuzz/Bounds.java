package io.sallyport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What reading one input costs, or may cost at most. Measured for this thread alone, since the machine may be busy with
 * something else.
 *
 * @param processorTime the time
 * @param bytes the memory, what was thrown away again included
 */
public record Bounds(Duration processorTime, long bytes) {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final long MIB = 1024 * 1024;

  /** What no header field and no small file needs, classes loaded for the first time included. */
  public static final Bounds SMALL = new Bounds(Duration.ofSeconds(2), 64 * MIB);

  /**
   * Runs something, and fails if it costs more. It runs once more before it fails, since classes may have
   * been loaded and instrumented on the way.
   */
  public void check(Runnable reading) {
    if (!cost(reading).isWithin(this)) {
      Bounds cost = cost(reading);
      assertThat(cost.isWithin(this)).as("%s is within %s", cost, this).isTrue();
    }
  }

  private boolean isWithin(Bounds limit) {
    return bytes <= limit.bytes && processorTime.compareTo(limit.processorTime) <= 0;
  }

  private static Bounds cost(Runnable reading) {
    long thread = Thread.currentThread().getId();
    long time = THREADS.getCurrentThreadCpuTime();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    reading.run();
    return new Bounds(
        Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - time),
        THREADS.getThreadAllocatedBytes(thread) - bytes);
  }
}
