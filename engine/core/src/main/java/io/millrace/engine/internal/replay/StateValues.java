package io.millrace.engine.internal.replay;

import io.millrace.storage.payload.Payload;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The instance's key-values as the code sees them at its line; as bytes, shared with nobody. */
final class StateValues {

  private record Value(Payload payload, int event) {}

  private final TreeMap<String, Value> values = new TreeMap<>();

  /** Takes over what the execution before left. */
  void begin(Map<String, Payload> carried) {
    carried.forEach((key, payload) -> values.put(key, new Value(payload, 0)));
  }

  @Nullable Payload get(String key) {
    Value value = values.get(key);
    return value == null ? null : value.payload();
  }

  /** Returns the number of the event that set a value; called only if there is one. */
  int setAt(String key) {
    Value value = values.get(key);
    return value == null ? 0 : value.event();
  }

  /** Sets a value, or removes it if it is null. */
  void set(String key, @Nullable Payload payload, int event) {
    if (payload == null) {
      values.remove(key);
    } else {
      values.put(key, new Value(payload, event));
    }
  }

  /** Returns all of them, in order of key. */
  Map<String, Payload> all() {
    TreeMap<String, Payload> all = new TreeMap<>();
    values.forEach((key, value) -> all.put(key, value.payload()));
    return all;
  }
}
