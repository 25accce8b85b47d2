package io.millrace.cli;

import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadException;
import io.millrace.storage.payload.PayloadText;
import io.millrace.storage.payload.PayloadTypes;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events and values as text, from the descriptors that the store holds. */
final class EventText {

  /** The fields that say where an event stands rather than what it is. */
  static final Set<String> ITS_PLACE = Set.of("turn", "at", "event", "first", "what");

  private final PayloadTypes types;
  private final int width;

  EventText(PayloadTypes types, int width) {
    this.types = types;
    this.width = width;
  }

  /** Returns what an event is, and its fields that say something. */
  Map<String, @Nullable Object> fields(HistoryEvent event) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(
        "what",
        event
            .getClass()
            .getSimpleName()
            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
            .toLowerCase(Locale.ROOT));
    for (RecordComponent component : event.getClass().getRecordComponents()) {
      Object value = read(component, event);
      if (value != null && says(value)) {
        fields.put(component.getName(), shown(component.getName(), value));
      }
    }
    return fields;
  }

  private static @Nullable Object read(RecordComponent component, HistoryEvent event) {
    try {
      return component.getAccessor().invoke(event);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's component cannot be read: " + component, e);
    }
  }

  private static boolean says(Object value) {
    return !value.equals("")
        && !value.equals(false)
        && !(value instanceof List<?> list && list.isEmpty())
        && !(value instanceof Map<?, ?> map && map.isEmpty());
  }

  private Object shown(String name, Object value) {
    if (value instanceof Payload payload) {
      return value(payload);
    }
    if (value instanceof Map<?, ?> map) {
      return map.keySet().toString();
    }
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Long millis && name.endsWith("AtMillis")) {
      return Instant.ofEpochMilli(millis).toString();
    }
    return value instanceof Number ? value : cut(value.toString());
  }

  /** Returns a value in a form like JSON. */
  String value(Payload payload) {
    try {
      return cut(PayloadText.render(payload, types));
    } catch (PayloadException e) {
      return "<" + payload.size() + " bytes that cannot be read: " + e.getMessage() + ">";
    }
  }

  private String cut(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", "\u00b7");
    return plain.length() <= width ? plain : plain.substring(0, width) + "...";
  }
}
