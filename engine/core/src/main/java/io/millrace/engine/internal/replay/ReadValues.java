package io.millrace.engine.internal.replay;

import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values that the turns of one execution have read, so that a replay reads none of them again.
 * Holds only deeply immutable ones (rule R27): whoever gets one cannot change it for the next turn.
 * A value counts only for the very payload that it was read from, so that what a turn that never
 * counted has left here does no harm.
 *
 * <p>Belongs to one turn at a time, and goes from one to the next by way of the decide thread. A
 * turn that is void takes it along.
 */
public final class ReadValues {

  /** Stands for a value that is not here. */
  static final Object MISSING = new Object();

  // By the number of the event that brought the payload.
  private @Nullable Payload[] payloads;
  private @Nullable TypeRef<?>[] types;
  private @Nullable Object[] values;

  /**
   * Makes one that is empty.
   *
   * @param events about how many events there are
   */
  public ReadValues(int events) {
    int room = Math.max(16, events);
    payloads = new @Nullable Payload[room];
    types = new @Nullable TypeRef<?>[room];
    values = new @Nullable Object[room];
  }

  /** Returns what was read, which may be null, or {@link #MISSING}. */
  @SuppressWarnings("ReferenceEquality") // comparing bytes costs more than reading some of them
  @Nullable Object find(int event, Payload payload, TypeRef<?> type) {
    return event >= 0
            && event < payloads.length
            && payloads[event] == payload
            && type.equals(types[event])
        ? values[event]
        : MISSING;
  }

  /** Keeps what was read; of one event only the latest. */
  void keep(int event, Payload payload, TypeRef<?> type, @Nullable Object value) {
    if (event < 0) {
      return;
    }
    if (event >= payloads.length) {
      int room = Math.max(event + 1, payloads.length * 2);
      payloads = Arrays.copyOf(payloads, room);
      types = Arrays.copyOf(types, room);
      values = Arrays.copyOf(values, room);
    }
    payloads[event] = payload;
    types[event] = type;
    values[event] = value;
  }
}
