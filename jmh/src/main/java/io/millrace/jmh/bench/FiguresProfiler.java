package io.millrace.jmh.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds to each iteration what the benchmark has noted, and the processor time of the whole process
 * for each operation. JMH makes it, in each fork.
 */
public final class FiguresProfiler implements InternalProfiler {

  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  // written by: JMH's thread between iterations
  private long cpuBefore;

  /** For JMH. */
  public FiguresProfiler() {}

  @Override
  public String getDescription() {
    return "Processor time of the process, and what benchmarks note";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    var unused = Figures.take();
    cpuBefore = process.getProcessCpuTime();
  }

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long cpu = process.getProcessCpuTime() - cpuBefore;
    long operations = Math.max(1, result.getMetadata().getMeasuredOps());
    List<ScalarResult> all = new ArrayList<>();
    all.add(new ScalarResult("cpu", cpu / 1e3 / operations, "us/op", AggregationPolicy.AVG));
    Figures.take()
        .forEach(
            (label, noted) ->
                all.add(
                    new ScalarResult(label, noted.value(), noted.unit(), AggregationPolicy.AVG)));
    return all;
  }
}
