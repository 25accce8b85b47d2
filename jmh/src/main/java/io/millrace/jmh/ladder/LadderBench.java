package io.millrace.jmh.ladder;

import io.millrace.buffer.Durability;
import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.stress.CostMeter;
import java.nio.file.Path;
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

/** One trace down one rung. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LadderBench {

  /** A rung and its level, as {@link LadderSuite#STEPS} has them. */
  @Param("GROUP_COMMIT SYNCED")
  public String step;

  /** How many instances at a time. */
  @Param("200")
  public int inFlight;

  /** How many instances in all. */
  @Param("1000")
  public int count;

  private Path folder;
  private Trace trace;
  private Candidate.Opened opened;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public LadderBench() {}

  /** Reads the trace, or records it. */
  @Setup(Level.Trial)
  public void record() throws Exception {
    Path home = Folders.home();
    trace = Trace.in(home.resolve("trace-" + count), count);
    folder = home.resolve("rung");
  }

  /** Opens an empty store. */
  @Setup(Level.Iteration)
  public void open() throws Exception {
    Folders.empty(folder);
    String[] words = step.split(" ");
    opened = LadderSuite.candidate(words[0]).open(folder, Durability.valueOf(words[1]));
  }

  /** All of the trace. */
  @Benchmark
  public void run() throws Exception {
    CostMeter.Reading before = CostMeter.read();
    long begun = System.nanoTime();
    Histogram latencies = opened.run(trace, inFlight);
    double seconds = (System.nanoTime() - begun) / 1e9;
    CostMeter.Reading cost = CostMeter.read().since(before);
    int instances = trace.instances().size();
    Figures.note("throughput", instances / seconds, "orch/s");
    for (double percentile : new double[] {50, 99, 99.9}) {
      Figures.note(
          "p" + Double.toString(percentile).replace(".0", ""),
          latencies.getValueAtPercentile(percentile) / 1e6,
          "ms");
    }
    Figures.note("max", latencies.getMaxValue() / 1e6, "ms");
    Figures.note("cpu an orchestration", cost.cpuNanos() / 1e3 / instances, "us");
    Figures.note("allocated an orchestration", (double) cost.allocatedBytes() / instances, "B");
    opened
        .counts()
        .forEach((name, value) -> Figures.note(name + " a command", value / trace.commands(), "1"));
  }

  /** Checks the rows and closes. */
  @TearDown(Level.Iteration)
  public void verify() throws Exception {
    opened.verify(trace);
    opened.close();
    Figures.note(
        "store bytes an orchestration", Folders.bytes(folder, ".db") / (double) count, "B");
    Folders.remove(folder);
  }
}
