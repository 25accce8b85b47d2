package io.millrace.jmh.codec;

import io.millrace.jmh.bench.BenchSuite;
import io.millrace.jmh.bench.ChartSpec;
import io.millrace.jmh.bench.Effort;
import io.millrace.jmh.bench.Figure;
import io.millrace.jmh.bench.Plan;
import java.util.List;
import java.util.Map;

/** Kryo against Jackson's JSON and Java serialization. Found by the service loader. */
public final class CodecSuite implements BenchSuite {

  /** For the service loader. */
  public CodecSuite() {}

  @Override
  public String name() {
    return "codec";
  }

  @Override
  public String about() {
    return "One row of history with six events, as the engine writes it after the first turn of the"
        + " fan-out, with payloads of 16 B, 1 KiB and 64 KiB: time, bytes and allocation of"
        + " each codec. Our rows are not Serializable; Java serialization gets a mirror of"
        + " them. Payload is a user's value, an order with 1, 20 and 1,000 lines, by the"
        + " engine's payload codec and by the same two others.";
  }

  @Override
  public List<Plan> plans(Effort effort) {
    return List.of(
        Plan.steady(
            CodecBench.class,
            effort,
            Map.of("payload", effort.pick(List.of("16"), List.of("1024"), List.of()))),
        Plan.steady(
            PayloadBench.class,
            effort,
            Map.of("lines", effort.pick(List.of("1"), List.of("20"), List.of()))));
  }

  @Override
  public List<ChartSpec> charts() {
    return List.of(
        ChartSpec.bars("Events: time to encode", "CodecBench.encode", Figure.SCORE),
        ChartSpec.bars("Events: time to decode", "CodecBench.decode", Figure.SCORE),
        ChartSpec.bars("Events: bytes of the form", "CodecBench.encode", "bytes"),
        ChartSpec.bars("Events: allocated to encode", "CodecBench.encode", "gc.alloc.rate.norm"),
        ChartSpec.bars("Events: allocated to decode", "CodecBench.decode", "gc.alloc.rate.norm"),
        ChartSpec.bars("Values: time to encode", "PayloadBench.encode", Figure.SCORE),
        ChartSpec.bars("Values: time to decode", "PayloadBench.decode", Figure.SCORE),
        ChartSpec.bars("Values: bytes of the form", "PayloadBench.encode", "bytes"));
  }
}
