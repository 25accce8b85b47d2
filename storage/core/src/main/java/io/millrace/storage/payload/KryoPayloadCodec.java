package io.millrace.storage.payload;

import io.millrace.storage.internal.payload.Binding;
import io.millrace.storage.internal.payload.PayloadInput;
import io.millrace.storage.internal.payload.PayloadOutput;
import io.millrace.storage.internal.payload.ScratchPool;
import io.millrace.storage.internal.payload.TypeTable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The default codec: compact binary, on Kryo's buffers with type plans of our own. A payload is the
 * marker, the shape of the value (a kind, or a user type's number), and the value. Thread-safe.
 */
public final class KryoPayloadCodec implements PayloadCodec {

  /** The marker of its payloads, {@code 'K'}. */
  public static final byte MARKER = 'K';

  /** How much larger than the limit a refused value is measured, to say by how much it is over. */
  private static final int MEASURED_BEYOND_MAX = 16 << 20;

  private final TypeTable types;
  private final ConcurrentHashMap<TypeRef<?>, Binding> bindings = new ConcurrentHashMap<>();
  private final ScratchPool<PayloadOutput> outputs = new ScratchPool<>();
  private final ScratchPool<PayloadInput> inputs = new ScratchPool<>();

  /** Makes one for the types of a data directory. */
  public KryoPayloadCodec(PayloadTypes types) {
    this.types = types.table();
  }

  @Override
  public byte marker() {
    return MARKER;
  }

  @Override
  public Payload encode(@Nullable Object value, TypeRef<?> declared, int bytesMax) {
    Binding binding = binding(declared);
    PayloadOutput out = outputs.take();
    if (out == null || out.bytesMax() != bytesMax) {
      out = new PayloadOutput(bytesMax);
    }
    if (!binding.write(out, value)) {
      throw tooLarge(binding, value, declared, bytesMax);
    }
    Payload payload = Payload.wrap(out.toBytes());
    if (out.rewind()) {
      outputs.give(out);
    }
    return payload;
  }

  @Override
  public <T extends @Nullable Object> @Nullable T decode(Payload payload, TypeRef<T> declared) {
    Binding binding = binding(declared);
    PayloadInput in = inputs.take();
    if (in == null) {
      in = new PayloadInput();
    }
    in.begin(payload);
    Object value = binding.read(in);
    in.finish();
    inputs.give(in);
    @SuppressWarnings("unchecked") // the binding was made from the type that T stands for
    T typed = (T) value;
    return typed;
  }

  @Override
  public void check(TypeRef<?> declared) {
    binding(declared);
  }

  @Override
  public String render(Payload payload) {
    return PayloadText.render(payload, types);
  }

  private Binding binding(TypeRef<?> declared) {
    Binding binding = bindings.get(declared);
    if (binding == null) {
      Binding made = new Binding(declared.type(), MARKER, types);
      Binding raced = bindings.putIfAbsent(declared, made);
      binding = raced == null ? made : raced;
    }
    return binding;
  }

  private static PayloadException tooLarge(
      Binding binding, @Nullable Object value, TypeRef<?> declared, int bytesMax) {
    int measuredMax = (int) Math.min(Integer.MAX_VALUE - 8L, (long) bytesMax + MEASURED_BEYOND_MAX);
    PayloadOutput measure = new PayloadOutput(measuredMax);
    String size =
        binding.write(measure, value) ? "" + measure.position() : "more than " + measuredMax;
    return new PayloadException(
        "cannot store a value of %s: expected at most payloadBytesMax=%d bytes, bytes=%s; keep large data elsewhere and pass a reference to it, or raise the limit"
            .formatted(declared, bytesMax, size));
  }
}
