package io.sallyport.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The CPU time of the whole process for each operation, in nanoseconds: all threads, those of the hashing
 * pool, the collector and the compiler as well. On a machine that others use too it says more than the
 * time on the wall, which has their work in it.
 */
public final class CpuProfiler implements InternalProfiler {

  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private long before;

  /** Makes the profiler, as JMH does. */
  public CpuProfiler() {}

  @Override
  public String getDescription() {
    return "CPU time of the process for each operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = process.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long operations = Math.max(1, result.getMetadata().getMeasuredOps());
    double each = (double) (process.getProcessCpuTime() - before) / operations;
    return List.of(new ScalarResult("cpu", each, "ns/op", AggregationPolicy.AVG));
  }
}
