package io.millrace.jmh.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jmh.bench.Figures;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadTypes;
import io.millrace.storage.payload.Payloads;
import io.millrace.storage.payload.TypeRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

/** A user's value, an order with lines, to bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PayloadBench {

  /** Which codec. */
  @Param public CodecBench.Form codec;

  /** How many lines the order has. */
  @Param({"1", "20", "1000"})
  public int lines;

  private Order order;
  private byte[] bytes;
  private ValueForm form;

  /** A way to write an order as bytes. */
  private interface ValueForm {
    byte[] encode(Order order) throws IOException;

    @Nullable Object decode(byte[] bytes) throws IOException;
  }

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public PayloadBench() {}

  /** Makes the order and its bytes. */
  @Setup
  public void prepare() throws IOException {
    order = order(lines);
    form =
        switch (codec) {
          case KRYO -> new Kryo();
          case JSON -> new Json();
          case JAVA -> new Serialized();
        };
    bytes = form.encode(order);
    if (!order.equals(form.decode(bytes))) {
      throw new IllegalStateException("a codec does not read what it wrote, codec=" + codec);
    }
  }

  private static Order order(int count) {
    Random random = new Random(1);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(
          new Line("sku-" + random.nextInt(100_000), 1 + random.nextInt(9), random.nextInt(9_999)));
    }
    return new Order("order-17", "customer-" + random.nextInt(1_000), true, lines);
  }

  /** Says how long the form is. */
  @TearDown(Level.Iteration)
  public void note() {
    Figures.note("bytes", bytes.length, "B");
  }

  /** To bytes. */
  @Benchmark
  public byte[] encode() throws IOException {
    return form.encode(order);
  }

  /** From bytes. */
  @Benchmark
  public @Nullable Object decode() throws IOException {
    return form.decode(bytes);
  }

  private static final class Kryo implements ValueForm {
    private static final TypeRef<Order> ORDER = TypeRef.of(Order.class);
    private final Payloads payloads = Payloads.kryo(new PayloadTypes(List.of()));

    @Override
    public byte[] encode(Order order) {
      return payloads.encode(order, ORDER).array();
    }

    @Override
    public @Nullable Object decode(byte[] bytes) {
      return payloads.decode(Payload.wrap(bytes), ORDER);
    }
  }

  private static final class Json implements ValueForm {
    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public byte[] encode(Order order) throws IOException {
      return mapper.writeValueAsBytes(order);
    }

    @Override
    public Object decode(byte[] bytes) throws IOException {
      return mapper.readValue(bytes, Order.class);
    }
  }

  private static final class Serialized implements ValueForm {
    @Override
    public byte[] encode(Order order) throws IOException {
      ByteArrayOutputStream to = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(to)) {
        out.writeObject(order);
      }
      return to.toByteArray();
    }

    @Override
    @SuppressWarnings("BanSerializableRead") // our own bytes, in a benchmark
    public Object decode(byte[] bytes) throws IOException {
      try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
        return in.readObject();
      } catch (ClassNotFoundException e) {
        throw new IOException("expected a class of this one, message=" + e.getMessage(), e);
      }
    }
  }
}
