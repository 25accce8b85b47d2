package io.millrace.jmh.flush;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.PipelineStatistics;
import io.millrace.buffer.WriteAheadBuffer;
import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.bench.RunContext;
import io.millrace.jmh.engine.EngineTrial;
import io.millrace.jmh.ladder.Trace;
import io.millrace.jmh.ladder.TraceDriver;
import io.millrace.jmh.stress.CostMeter;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
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

/** A trace through the whole buffer, synced, until all of it is in the store. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FlushBench {

  private static final Duration LONG = Duration.ofMinutes(2);

  /** When the store catches up, as a settings file has it. */
  @Param({
    "count(100)",
    "count(1000)",
    "count(10000)",
    "count(100000)",
    "eager",
    "balanced",
    "lazy",
    "manual"
  })
  public String policy;

  /** Whether changes of one row are folded together. */
  @Param({"true", "false"})
  public boolean coalescing;

  /** How many instances at a time. */
  @Param("1000")
  public int inFlight;

  /** How many instances in all. */
  @Param("10000")
  public int count;

  private Trace trace;
  private Path folder;
  private WriteAheadBuffer<RowMutation> buffer;
  private InOrderStore store;
  private long expectedRows;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public FlushBench() {}

  /** Reads the trace, or records it. */
  @Setup(Level.Trial)
  public void record() throws Exception {
    trace = Trace.in(RunContext.folder().resolve("trace-" + count), count);
    expectedRows = trace.rows().size();
    folder = RunContext.folder().resolve("flush");
  }

  /** Opens an empty buffer. */
  @Setup(Level.Iteration)
  public void open() throws Exception {
    Folders.empty(folder);
    buffer =
        WriteAheadBuffer.open(
            folder.resolve("buffer"),
            (file, id) -> {
              store = new InOrderStore(file);
              return store;
            },
            coalescing ? RowMutationCodec.factory() : NeverFolded.factory(),
            BufferOptions.builder()
                .flushPolicy(FlushPolicy.parse(policy))
                .futureExecutor(Runnable::run)
                .build());
  }

  /** All of the trace. */
  @Benchmark
  public void flush() throws Exception {
    CostMeter.Reading before = CostMeter.read();
    long begun = System.nanoTime();
    Histogram latencies =
        TraceDriver.run(
            trace,
            inFlight,
            (command, acknowledged) -> {
              var unused = buffer.write(command).thenRun(acknowledged);
            });
    buffer.flush(LONG);
    double seconds = (System.nanoTime() - begun) / 1e9;
    CostMeter.Reading cost = CostMeter.read().since(before);
    PipelineStatistics done = buffer.statistics();
    Figures.note("throughput", count / seconds, "orch/s");
    EngineTrial.noteLatencies(latencies);
    Figures.note("cpu an orchestration", cost.cpuNanos() / 1e3 / count, "us");
    Figures.note("rows an orchestration", (double) done.storeMutations() / count, "1");
    Figures.note(
        "mutations in a commit",
        (double) done.storeMutations() / Math.max(1, done.storeCommits()),
        "1");
    Figures.note("store commits", (double) done.storeCommits(), "1");
  }

  /** Checks how many rows there are, and closes. */
  @TearDown(Level.Iteration)
  public void close() throws Exception {
    check();
    buffer.close();
    Folders.remove(folder);
  }

  private void check() throws SQLException {
    long rows = store.rows();
    if (rows != expectedRows) {
      throw new IllegalStateException(
          "expected the rows that the trace leaves, rows=" + rows + " expected=" + expectedRows);
    }
  }
}
