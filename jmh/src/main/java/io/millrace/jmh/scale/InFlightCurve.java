package io.millrace.jmh.scale;

import io.millrace.jmh.engine.EngineTrial;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Throughput and latency by how many instances are in flight. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class InFlightCurve {

  /** How many instances at a time. */
  @Param({"1", "10", "100", "1000", "2000", "10000"})
  public int inFlight;

  private long seed;

  /** For JMH. */
  public InFlightCurve() {}

  /** One measurement. */
  @Benchmark
  public void inFlight() throws Exception {
    EngineTrial.note(
        EngineTrial.run(
            EngineTrial.options("in-flight").inFlight(inFlight).seed(++seed).build(),
            builder -> builder));
  }
}
