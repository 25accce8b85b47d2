package io.millrace.jmh.neighbours;

import io.millrace.buffer.Durability;
import io.millrace.jmh.bench.Effort;
import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.bench.Remarks;
import io.millrace.jmh.ladder.Candidate;
import io.millrace.jmh.ladder.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

/** One trace into one store, with as many instances in flight as suit it best. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StoreBench {

  /** A store and its level, as {@link Neighbours} has them. */
  @Param("SQLITE SYNCED")
  public String store;

  /** How much time it gets. */
  @Param("QUICK")
  public Effort effort;

  private Path home;
  private Path folder;
  private StoreNeighbour neighbour;
  private Trace trace;
  private int inFlight;
  private Candidate.Opened opened;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public StoreBench() {}

  /** Finds the number in flight. */
  @Setup(Level.Trial)
  public void sweep() throws Exception {
    home = Folders.home();
    folder = home.resolve("store");
    neighbour = Neighbours.store(store, home.resolve("server"));
    try {
      Trace small = Trace.in(home.resolve("trace-" + sweepCount()), sweepCount());
      // Once without counting, so that the first level is not the one that warms all up.
      var unused = perSecond(small, levels().get(0));
      Sweep sweep = Sweep.over(levels(), level -> perSecond(small, level));
      inFlight = sweep.fastest();
      trace = Trace.in(home.resolve("trace-" + count()), count());
      Remarks.note(neighbour.remark() + " Sweep: " + sweep.words() + ".");
    } catch (Exception | LinkageError e) {
      throw leftOut(e);
    }
  }

  private List<Integer> levels() {
    return effort.pick(
        List.of(10), List.of(100, 500, 2000), List.of(20, 100, 500, 1000, 2000, 4000));
  }

  private int sweepCount() {
    return effort.pick(20, 1000, 2000);
  }

  private int count() {
    return effort.pick(20, 5000, 10_000);
  }

  private double perSecond(Trace small, int level) throws Exception {
    openEmpty();
    try (Candidate.Opened one = opened) {
      long begun = System.nanoTime();
      var unused = one.run(small, level);
      return small.instances().size() / ((System.nanoTime() - begun) / 1e9);
    }
  }

  private void openEmpty() throws Exception {
    Folders.empty(folder);
    opened = neighbour.open(folder, Durability.SYNCED);
  }

  /** Opens an empty store. */
  @Setup(Level.Iteration)
  public void open() throws Exception {
    try {
      openEmpty();
    } catch (Exception e) {
      throw leftOut(e);
    }
  }

  /** All of the trace. */
  @Benchmark
  public void run() throws Exception {
    try {
      Cost cost = new Cost(neighbour::serverCpuNanos);
      long begun = System.nanoTime();
      Histogram latencies = opened.run(trace, inFlight);
      double seconds = (System.nanoTime() - begun) / 1e9;
      int instances = trace.instances().size();
      cost.note(instances, instances / seconds, inFlight, latencies);
      opened
          .counts()
          .forEach(
              (name, value) -> {
                if (name.equals("forces")) {
                  Figures.note("forces a command", value / trace.commands(), "1");
                }
              });
    } catch (Exception e) {
      throw leftOut(e);
    }
  }

  /** Checks the rows and closes. */
  @TearDown(Level.Iteration)
  public void verify() throws Exception {
    try (Candidate.Opened measured = opened) {
      measured.verify(trace);
    } catch (Exception e) {
      throw leftOut(e);
    }
  }

  /** Stops what runs beside. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    neighbour.close();
    Folders.remove(folder);
    Folders.remove(home.resolve("server"));
  }

  /** Says in the report why there is no figure, and stops what runs beside. */
  private Exception leftOut(Throwable why) throws IOException {
    Remarks.note(store + " has no figure here: " + Reason.of(why));
    try {
      neighbour.close();
    } catch (Exception closing) {
      why.addSuppressed(closing);
    }
    return new IllegalStateException(store + " failed", why);
  }
}
