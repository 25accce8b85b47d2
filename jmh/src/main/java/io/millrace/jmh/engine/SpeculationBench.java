package io.millrace.jmh.engine;

import io.millrace.buffer.Durability;
import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.bench.RunContext;
import io.millrace.jmh.ladder.BarePipeline;
import io.millrace.jmh.ladder.Trace;
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
 * Rung 7: the same pipeline and the same commands, with turns that wait until their cause is synced
 * and with turns that follow it at once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SpeculationBench {

  /** Whether a turn follows its cause at once. */
  @Param({"false", "true"})
  public boolean speculation;

  /** How many instances at a time. */
  @Param({"1", "2000"})
  public int inFlight;

  /** How many instances the trace has. */
  @Param("10000")
  public int traced;

  private Path folder;
  private BarePipeline pipeline;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public SpeculationBench() {}

  /** Opens the pipeline and warms it up. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    Trace trace = Trace.in(RunContext.folder().resolve("trace-" + traced), traced);
    folder = Folders.empty(RunContext.folder().resolve("speculation"));
    pipeline = new BarePipeline(folder, Durability.SYNCED, trace);
    var unused = pipeline.measure(inFlight, speculation, RunContext.time());
  }

  /** One measurement. */
  @Benchmark
  public void trace() throws Exception {
    BarePipeline.Result result = pipeline.measure(inFlight, speculation, RunContext.time());
    Figures.note("throughput", result.perSecond(), "orch/s");
    EngineTrial.noteLatencies(result.latencies());
    Figures.note("forces a command", result.forcesPerCommand(), "1");
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    pipeline.close();
    Folders.remove(folder);
  }
}
