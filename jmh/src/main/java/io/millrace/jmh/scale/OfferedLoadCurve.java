package io.millrace.jmh.scale;

import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.bench.RunContext;
import io.millrace.jmh.engine.EngineTrial;
import io.millrace.jmh.stress.Measured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/**
 * Starts that are due at a rate, whatever comes back: latency from when each was due, by the share
 * of what the engine can do at most.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class OfferedLoadCurve {

  private static final int SATURATING = 2_000;
  private static final int ROUNDS = 3;

  /** Percent of the saturation load. */
  @Param({"10", "25", "50", "75", "90", "100", "110"})
  public int percent;

  private double saturation;
  private long seed;

  /** For JMH. */
  public OfferedLoadCurve() {}

  /** Reads what the engine can do at most, or finds out first, once for all rates of a run. */
  @Setup(Level.Trial)
  public void saturate() throws Exception {
    Path file = RunContext.folder().resolve("saturation");
    if (Files.exists(file)) {
      saturation = Double.parseDouble(Files.readString(file));
      return;
    }
    Duration time = RunContext.time();
    for (int round = 0; round < (time.toMillis() < 1_000 ? 1 : ROUNDS); round++) {
      Measured measured =
          EngineTrial.run(
              EngineTrial.options("saturation").inFlight(SATURATING).seed(--seed).build(),
              builder -> builder);
      saturation = Math.max(saturation, measured.perSecond());
    }
    seed = 0;
    Files.writeString(file, Double.toString(saturation));
  }

  /** One measurement. */
  @Benchmark
  public void offered() throws Exception {
    double rate = saturation * percent / 100;
    EngineTrial.note(
        EngineTrial.run(
            EngineTrial.options("offered").ratePerSecond(rate).seed(++seed).build(),
            builder -> builder));
    Figures.note("offered", rate, "orch/s");
    Figures.note("saturation", saturation, "orch/s");
  }
}
