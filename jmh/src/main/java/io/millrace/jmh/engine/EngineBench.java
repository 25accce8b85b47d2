package io.millrace.jmh.engine;

import io.millrace.buffer.Durability;
import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.bench.RunContext;
import io.millrace.jmh.ladder.BarePipeline;
import io.millrace.jmh.ladder.Trace;
import io.millrace.jmh.stress.DiskProbe;
import io.millrace.jmh.stress.Measured;
import io.millrace.jmh.stress.StressOptionsBuilder;
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

/**
 * The fan-out through an engine, and, where something is journaled and forced, right after it the
 * same number in flight through the bare pipeline in the same JVM.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class EngineBench {

  static final String MEMORY = "ACCEPTED in memory";

  /** The engine's level, or {@link #MEMORY}. */
  @Param({"SYNCED", "APPENDED", "ACCEPTED", MEMORY})
  public String level;

  /** How many instances at a time. */
  @Param({"1", "100", "2000"})
  public int inFlight;

  /** How many instances the trace for the bare pipeline has. */
  @Param("10000")
  public int traced;

  private Trace trace;
  private long seed;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public EngineBench() {}

  /** Reads the trace, or records it. */
  @Setup(Level.Trial)
  public void record() throws Exception {
    if (level.equals("SYNCED")) {
      trace = Trace.in(RunContext.folder().resolve("trace-" + traced), traced);
    }
  }

  /** One measurement. */
  @Benchmark
  public void fanOut() throws Exception {
    StressOptionsBuilder options = EngineTrial.options("engine").inFlight(inFlight).seed(++seed);
    if (level.equals(MEMORY)) {
      options.inMemory();
    } else {
      options.durability(Durability.valueOf(level));
      Figures.note("bare force", DiskProbe.medianForceMicros(RunContext.folder()), "us");
    }
    Measured measured = EngineTrial.run(options.build(), builder -> builder);
    EngineTrial.note(measured);
    if (level.equals("SYNCED")) {
      double bare = bare();
      Figures.note("bare pipeline", bare, "orch/s");
      Figures.note("share of the bare pipeline", measured.perSecond() / bare, "1");
    }
  }

  private double bare() throws Exception {
    Path folder = Folders.empty(RunContext.folder().resolve("bare"));
    try (BarePipeline pipeline = new BarePipeline(folder, Durability.SYNCED, trace)) {
      // Its own warm-up, as long as the engine's.
      var unused = pipeline.measure(inFlight, false, RunContext.time());
      return pipeline.measure(inFlight, false, RunContext.time()).perSecond();
    } finally {
      Folders.remove(folder);
    }
  }
}
