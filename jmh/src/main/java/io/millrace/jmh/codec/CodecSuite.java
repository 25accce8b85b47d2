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
        + " fan-out, with payloads of 16 B, 1 KiB and 64 KiB: time, bytes and allocation of each"
        + " codec. Our rows are not Serializable; Java serialization gets a mirror of them.";
  }

  @Override
  public List<Plan> plans(Effort effort) {
    return List.of(
        Plan.steady(
            CodecBench.class,
            effort,
            Map.of("payload", effort.pick(List.of("16"), List.of(), List.of()))));
  }

  @Override
  public List<ChartSpec> charts() {
    return List.of(
        ChartSpec.bars("Time to encode", "encode", Figure.SCORE),
        ChartSpec.bars("Time to decode", "decode", Figure.SCORE),
        ChartSpec.bars("Bytes of the form", "encode", "bytes"),
        ChartSpec.bars("Bytes allocated to encode", "encode", "gc.alloc.rate.norm"),
        ChartSpec.bars("Bytes allocated to decode", "decode", "gc.alloc.rate.norm"));
  }
}
