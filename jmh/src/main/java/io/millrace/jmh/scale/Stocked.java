package io.millrace.jmh.scale;

import io.millrace.engine.Millrace;
import io.millrace.engine.MillraceBuilder;
import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.bench.RunContext;
import io.millrace.jmh.engine.EngineTrial;
import io.millrace.jmh.stress.Measured;
import io.millrace.jmh.stress.StressOptions;
import io.millrace.jmh.stress.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * An engine on a directory that holds much, measured beside one on an empty directory. The two take
 * turns in one JVM, so that a noisy machine is unfair to neither.
 */
final class Stocked implements AutoCloseable {

  private static final int IN_FLIGHT = 2_000;

  private final Path folder;
  private final UnaryOperator<MillraceBuilder> change;
  private final Workload workload;
  private final Millrace millrace;
  private final double openSeconds;
  private long seed;

  private Stocked(
      Path folder,
      UnaryOperator<MillraceBuilder> change,
      Workload workload,
      Millrace millrace,
      double openSeconds) {
    this.folder = folder;
    this.change = change;
    this.workload = workload;
    this.millrace = millrace;
    this.openSeconds = openSeconds;
  }

  /**
   * Opens it, and notes how long that took.
   *
   * @param change what differs from a builder's defaults; for the empty one too
   */
  static Stocked open(Path folder, UnaryOperator<MillraceBuilder> change)
      throws IOException, InterruptedException {
    // Code that is cold would be slow on the empty one, which comes first.
    var unused = EngineTrial.run(options(0), change);
    // Earlier runs left their instances in the fixture: ids must be new ones.
    Workload workload = new Workload(options(System.currentTimeMillis()));
    MillraceBuilder builder = workload.register(change.apply(Millrace.builder(folder)));
    long begun = System.nanoTime();
    Millrace millrace = builder.open();
    return new Stocked(folder, change, workload, millrace, (System.nanoTime() - begun) / 1e9);
  }

  private static StressOptions options(long seed) throws IOException {
    int inFlight = RunContext.time().compareTo(Duration.ofSeconds(1)) < 0 ? 50 : IN_FLIGHT;
    return EngineTrial.options("empty").inFlight(inFlight).seed(seed).build();
  }

  Path folder() {
    return folder;
  }

  /** Measures both and notes them. */
  void measure() throws IOException, InterruptedException {
    Measured empty = EngineTrial.run(options(++seed), change);
    Measured full = workload.measure(millrace).requireSuccess();
    EngineTrial.note(full);
    Figures.note("empty", empty.perSecond(), "orch/s");
    Figures.note("share of the empty one", 100 * full.perSecond() / empty.perSecond(), "%");
    Figures.note("open", openSeconds, "s");
  }

  @Override
  public void close() {
    millrace.close();
  }
}
