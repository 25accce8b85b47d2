package io.millrace.jmh.scale;

import io.millrace.engine.Activity;
import io.millrace.engine.InstanceHandle;
import io.millrace.engine.Millrace;
import io.millrace.engine.Orchestration;
import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.bench.RunContext;
import io.millrace.jmh.stress.CostMeter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Orchestrations that await so many activities one after the other: what a step costs in a long
 * history.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class HistoryCurve {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Orchestration<Integer, Long> STEPS =
      Orchestration.named("steps", Integer.class, Long.class);
  private static final Activity<Integer, Integer> STEP =
      Activity.named("step", Integer.class, Integer.class);

  /** How many activities are awaited one after the other. */
  @Param({"10", "100", "1000", "5000"})
  public int steps;

  /** How many steps in all. */
  @Param("160000")
  public int total;

  private Path folder;
  private Millrace millrace;
  private int started;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public HistoryCurve() {}

  /** Opens the engine, and warms it up. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    folder = Folders.empty(RunContext.folder().resolve("history"));
    millrace =
        Millrace.builder(folder)
            .orchestration(
                STEPS,
                (context, count) -> {
                  long sum = 0;
                  for (int i = 0; i < count; i++) {
                    sum += context.call(STEP, i).await();
                  }
                  return sum;
                })
            .activity(STEP, input -> input + 1)
            .open();
    run(total / 4);
  }

  /** One measurement. */
  @Benchmark
  public void history() throws Exception {
    CostMeter.Reading before = CostMeter.read();
    long begun = System.nanoTime();
    double done = run(total);
    double seconds = (System.nanoTime() - begun) / 1e9;
    CostMeter.Reading cost = CostMeter.read().since(before);
    Figures.note("throughput", done / seconds, "steps/s");
    Figures.note("cpu a step", cost.cpuNanos() / 1e3 / done, "us");
    Figures.note("allocated a step", cost.allocatedBytes() / done, "B");
  }

  /** Runs about so many steps, 32 orchestrations side by side or more; returns how many. */
  private int run(int about) throws Exception {
    int instances = Math.max(32, about / steps);
    int each = Math.min(steps, Math.max(1, about / instances));
    long expected = each * (each + 1L) / 2;
    List<InstanceHandle<Long>> handles = new ArrayList<>(instances);
    for (int i = 0; i < instances; i++) {
      handles.add(millrace.start(STEPS, "s" + started++, each));
    }
    for (InstanceHandle<Long> handle : handles) {
      Long sum = handle.result(LONG);
      if (sum == null || sum != expected) {
        throw new IllegalStateException(
            "expected the sum of all steps, id=" + handle.id() + " sum=" + sum);
      }
    }
    return instances * each;
  }

  /** Closes the engine. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    millrace.close();
    Folders.remove(folder);
  }
}
