package io.millrace.jmh.scale;

import io.millrace.engine.MillraceBuilder;
import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.bench.RunContext;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Throughput with so many instances that wait for a year, right after the same without them, in a
 * heap of 512 MiB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(jvmArgs = "-Xmx512m")
public class SleepersCurve {

  private static final long LAG_BYTES_MAX = 16L << 20;

  /** How many instances sleep. */
  @Param({"100000", "1000000"})
  public int sleeping;

  private Stocked stocked;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public SleepersCurve() {}

  /** Makes the fixture if there is none, and opens it. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    Path folder = Fixture.SLEEPING.in(RunContext.fixtures(), sleeping);
    stocked = Stocked.open(folder, SleepersCurve::small);
  }

  /** Both measurements. */
  @Benchmark
  public void asleep() throws Exception {
    stocked.measure();
    Figures.note("heap at most", Runtime.getRuntime().maxMemory() >> 20, "MiB");
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() {
    stocked.close();
  }

  /** What the store lags behind is in memory too: a small heap wants a small lag. */
  private static MillraceBuilder small(MillraceBuilder builder) {
    return Fixture.sleeper(builder)
        .buffer(options -> options.lagBytesMax(LAG_BYTES_MAX).lagBytesHard(2 * LAG_BYTES_MAX));
  }
}
