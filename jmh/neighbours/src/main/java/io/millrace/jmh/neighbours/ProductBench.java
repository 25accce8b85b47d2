package io.millrace.jmh.neighbours;

import io.millrace.jmh.bench.Effort;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.bench.Remarks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** Fan-outs through one engine, with as many in flight as suit it best. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ProductBench {

  /** An engine and its level, as {@link Neighbours} has them. */
  @Param("MILLRACE SYNCED")
  public String product;

  /** How much time it gets. */
  @Param("QUICK")
  public Effort effort;

  private Product neighbour;
  private Path folder;
  private Product.@Nullable Running running;
  private Load load;
  private int inFlight;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public ProductBench() {}

  /** Finds the number in flight. */
  @Setup(Level.Trial)
  public void sweep() throws Exception {
    neighbour = Neighbours.product(product);
    folder = Folders.home().resolve("product");
    try {
      open();
      Duration trial = atLeast(Duration.ofMillis(effort.pick(200L, 1500L, 5000L)));
      // Once without counting, so that the first level is not the one that warms all up.
      var unused = load.run(levels().get(0), trial);
      Sweep sweep = Sweep.over(levels(), level -> load.run(level, trial).perSecond());
      inFlight = sweep.fastest();
      if (sweep.endedInFailure()) {
        closeRunning();
        open();
      }
      Remarks.note(neighbour.remark() + " Sweep: " + sweep.words() + ".");
    } catch (Exception | LinkageError e) {
      throw leftOut(e);
    }
  }

  private List<Integer> levels() {
    return effort.pick(
        List.of(10), List.of(20, 80, 1000, 4000), List.of(1, 20, 80, 300, 1000, 2000, 4000));
  }

  private Duration atLeast(Duration wanted) {
    return wanted.compareTo(neighbour.shortest()) < 0 ? neighbour.shortest() : wanted;
  }

  private void open() throws Exception {
    Folders.empty(folder);
    Product.Running opened = neighbour.open(folder);
    running = opened;
    load = new Load(opened);
  }

  /** Fan-outs for a while. */
  @Benchmark
  public void run() throws Exception {
    try {
      Product.Running opened = Objects.requireNonNull(running);
      Cost cost = new Cost(opened::serverCpuNanos);
      Load.Result result =
          load.run(inFlight, atLeast(Duration.ofMillis(effort.pick(200L, 4000L, 10_000L))));
      cost.note(result.completed(), result.perSecond(), inFlight, result.latencies());
    } catch (Exception e) {
      throw leftOut(e);
    }
  }

  /** Checks that the store holds what was answered. */
  @TearDown(Level.Iteration)
  public void verify() throws Exception {
    try {
      load.verify();
    } catch (Exception e) {
      throw leftOut(e);
    }
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    closeRunning();
    Folders.remove(folder);
  }

  private void closeRunning() throws Exception {
    Product.Running opened = running;
    running = null;
    if (opened != null) {
      opened.close();
    }
  }

  /** Says in the report why there is no figure, and stops what runs. */
  private Exception leftOut(Throwable why) throws IOException {
    Remarks.note(product + " has no figure here: " + Reason.of(why));
    try {
      closeRunning();
    } catch (Exception closing) {
      why.addSuppressed(closing);
    }
    return new IllegalStateException(product + " failed", why);
  }
}
