package io.millrace.storage.orchestration;

import io.millrace.storage.payload.Payload;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Key-values in order of key, so that equal ones always have the same bytes. */
final class KeyValues {

  private KeyValues() {}

  /** Returns an immutable copy in order of key. */
  static Map<String, Payload> copy(Map<String, Payload> keyValues) {
    return keyValues.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(keyValues));
  }
}
