package io.millrace.engine.internal.decide;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The children of an instance's current execution that it awaits and that have not ended: their
 * numbers by the event that asked for them. Decide thread.
 */
final class OpenChildren {

  // written by: decide thread
  private @Nullable Map<Integer, Long> byAction;

  int size() {
    return byAction == null ? 0 : byAction.size();
  }

  void opened(int action, long number) {
    if (byAction == null) {
      byAction = new LinkedHashMap<>(4);
    }
    byAction.put(action, number);
  }

  /** It has ended, or was given up. */
  void closed(int action) {
    if (byAction != null && byAction.remove(action) != null && byAction.isEmpty()) {
      byAction = null;
    }
  }

  /** Returns the number of the child that an event asked for; 0 if it is not open. */
  long number(int action) {
    return byAction == null ? 0 : byAction.getOrDefault(action, 0L);
  }

  /** Hands over the numbers of all, oldest first. */
  void forEach(LongConsumer action) {
    if (byAction != null) {
      byAction.values().forEach(action::accept);
    }
  }
}
