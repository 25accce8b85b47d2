package io.millrace.jmh.ring;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Handing commands to one consumer, and waiting for none. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RingBench {

  private static final Object COMMAND = new Object();
  private static final int IDLE_MILLIS = 50;

  /** What hands over. */
  @Param public Channel.Kind channel;

  private Channel open;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public RingBench() {}

  /** Starts the consumer. */
  @Setup
  public void open() {
    open = channel.open();
  }

  /** Ends it. */
  @TearDown
  public void close() throws InterruptedException {
    open.close();
  }

  /** One command. */
  @Benchmark
  public void handOver() throws InterruptedException {
    open.put(COMMAND);
  }

  /** No command. */
  @Benchmark
  public void idle() throws InterruptedException {
    Thread.sleep(IDLE_MILLIS);
  }
}
