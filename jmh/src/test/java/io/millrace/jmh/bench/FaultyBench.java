package io.millrace.jmh.bench;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Runs, or leaves a remark and throws. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
public class FaultyBench {

  /** Whether it runs. */
  @Param("true")
  public boolean sound;

  /** For JMH. */
  public FaultyBench() {}

  /** Runs or throws. */
  @Benchmark
  public void run() throws IOException {
    if (!sound) {
      Remarks.note("left out: nothing listens,\nport=1");
      throw new IllegalStateException("nothing listens, port=1");
    }
  }
}
