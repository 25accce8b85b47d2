package io.millrace.engine.internal.runtime;

import io.millrace.engine.internal.replay.ValueCodec;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.Payloads;
import io.millrace.storage.payload.TypeRef;
import org.jspecify.annotations.Nullable;

/** Users' values as turns write and read them. */
public final class PayloadValues implements ValueCodec {

  private final Payloads payloads;

  /** Makes one over a codec and the types it knows. */
  public PayloadValues(Payloads payloads) {
    this.payloads = payloads;
  }

  @Override
  public Payload encode(@Nullable Object value, TypeRef<?> type) {
    return payloads.encode(value, type);
  }

  @Override
  @SuppressWarnings("NullAway") // a null comes back only where a null was written
  public <T extends @Nullable Object> T decode(Payload payload, TypeRef<T> type) {
    return payloads.decode(payload, type);
  }

  @Override
  public boolean isImmutable(TypeRef<?> type) {
    return payloads.isImmutable(type);
  }
}
