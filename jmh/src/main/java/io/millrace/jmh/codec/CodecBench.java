package io.millrace.jmh.codec;

import io.millrace.jmh.bench.Figures;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

/** One row of history to bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBench {

  /** Which codec. */
  @Param public Form codec;

  /** Bytes of each payload. */
  @Param({"16", "1024", "65536"})
  public int payload;

  private RowMutation row;
  private byte[] bytes;
  private RowForm form;

  /** What makes bytes of rows. */
  public enum Form {
    /** The engine's own. */
    KRYO,
    /** Jackson. */
    JSON,
    /** {@link java.io.ObjectOutputStream}. */
    JAVA;

    RowForm make() {
      return switch (this) {
        case KRYO -> new KryoForm();
        case JSON -> new JsonForm();
        case JAVA -> new JavaForm();
      };
    }
  }

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public CodecBench() {}

  /** Makes the row and its bytes. */
  @Setup
  public void prepare() throws IOException, MalformedMutationException {
    row = new RowMutation.Insert(firstTurn(payload));
    form = codec.make();
    bytes = form.encode(row);
    if (!form.decode(bytes).equals(form.same(row))) {
      throw new IllegalStateException("a codec does not read what it wrote, codec=" + codec);
    }
  }

  /** Says how long the form is. */
  @TearDown(org.openjdk.jmh.annotations.Level.Iteration)
  public void note() {
    Figures.note("bytes", bytes.length, "B");
  }

  /** To bytes. */
  @Benchmark
  public byte[] encode() throws IOException {
    return form.encode(row);
  }

  /** From bytes. */
  @Benchmark
  public Object decode() throws IOException, MalformedMutationException {
    return form.decode(bytes);
  }

  private static HistoryRow firstTurn(int payloadBytes) {
    Random random = new Random(1);
    List<HistoryEvent> events = new ArrayList<>();
    events.add(new HistoryEvent.Started(payload(payloadBytes, random)));
    for (int i = 0; i < 5; i++) {
      events.add(
          new HistoryEvent.ActivityScheduled("stress-task", "", payload(payloadBytes, random)));
    }
    return new HistoryRow((1L << 43) + 17, 1, 1, 0, 1_767_225_600_000L, events);
  }

  /** Each event has bytes of its own: Java serialization writes an array that comes twice once. */
  private static Payload payload(int bytes, Random random) {
    byte[] filling = new byte[bytes + 1];
    random.nextBytes(filling);
    filling[0] = 1;
    return Payload.wrap(filling);
  }
}
