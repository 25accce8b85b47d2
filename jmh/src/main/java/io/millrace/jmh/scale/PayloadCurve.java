package io.millrace.jmh.scale;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.MillraceBuilder;
import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.engine.EngineTrial;
import io.millrace.jmh.stress.Measured;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Throughput by how many bytes each activity is given and gives back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PayloadCurve {

  private static final int IN_FLIGHT_BYTES = 16 << 20;
  private static final int IN_FLIGHT_MAX = 200;
  private static final int ACTIVITIES = 5;

  /** Bytes of each payload. */
  @Param({"16", "256", "4096", "65536", "262144", "1048576"})
  public int payload;

  private long seed;

  /** For JMH. */
  public PayloadCurve() {}

  /** One measurement. */
  @Benchmark
  public void payload() throws Exception {
    int inFlight = Math.min(IN_FLIGHT_MAX, Math.max(2, IN_FLIGHT_BYTES / payload / ACTIVITIES));
    Measured measured =
        EngineTrial.run(
            EngineTrial.options("payload")
                .payloadBytes(payload)
                .inFlight(inFlight)
                .seed(++seed)
                .build(),
            PayloadCurve::roomy);
    EngineTrial.note(measured);
    Figures.note(
        "payload through activities",
        measured.perSecond() * ACTIVITIES * payload / (1 << 20),
        "MiB/s");
  }

  /** The largest payload, its prefix and four more like it must fit into one record. */
  private static MillraceBuilder roomy(MillraceBuilder builder) {
    return builder
        .limits(EngineLimits.defaults().withPayloadBytesMax(2 << 20))
        .buffer(options -> options.recordBytesMax(16 << 20).segmentBytes(64L << 20));
  }
}
