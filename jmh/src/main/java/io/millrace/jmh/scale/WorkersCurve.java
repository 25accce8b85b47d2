package io.millrace.jmh.scale;

import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.engine.EngineTrial;
import io.millrace.jmh.stress.Measured;
import io.millrace.jmh.stress.StressOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Activities that block for 10 ms, by how many workers run them: the share of what any engine could
 * do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class WorkersCurve {

  private static final Duration DELAY = Duration.ofMillis(10);
  private static final int ACTIVITIES = 5;

  /** How many threads run activities. */
  @Param({"1", "2", "4", "8", "16", "32", "64", "128", "256"})
  public int workers;

  private long seed;

  /** For JMH. */
  public WorkersCurve() {}

  /** One measurement. */
  @Benchmark
  public void workers() throws Exception {
    // Twice as many activities wait as can run, so that no worker waits for one.
    int inFlight = Math.max(2, 3 * workers / ACTIVITIES);
    StressOptions options =
        EngineTrial.options("workers")
            .activityWorkers(workers)
            .activityDelay(DELAY)
            .inFlight(inFlight)
            .seed(++seed)
            .build();
    Measured measured = EngineTrial.run(options, builder -> builder);
    EngineTrial.note(measured);
    Figures.note("ceiling", options.ceilingPerSecond(), "orch/s");
    Figures.note(
        "share of the ceiling", 100 * measured.perSecond() / options.ceilingPerSecond(), "%");
  }
}
