package io.millrace.jmh.scale;

import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.bench.RunContext;
import java.nio.file.Path;
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
 * Throughput with so many finished instances in the store, right after the same on an empty one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StoreSizeCurve {

  /** How many finished instances are there. */
  @Param({"1000000", "10000000"})
  public int finished;

  private Stocked stocked;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public StoreSizeCurve() {}

  /** Makes the fixture if there is none, and opens it. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    Path folder = Fixture.FINISHED.in(RunContext.fixtures(), finished);
    stocked = Stocked.open(folder, builder -> builder);
  }

  /** Both measurements. */
  @Benchmark
  public void stored() throws Exception {
    stocked.measure();
    Figures.note("fixture", Fixture.bytes(stocked.folder()) / 1e6, "MB");
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() {
    stocked.close();
  }
}
