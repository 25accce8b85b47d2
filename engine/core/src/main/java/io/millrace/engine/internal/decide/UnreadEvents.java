package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.HistoryEvent;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * How many raised events of an execution no wait has asked for, and about how many bytes they take:
 * waits and events meet by name, oldest first, as replay lets them meet. Decide thread.
 */
final class UnreadEvents {

  // written by: decide thread
  private final Map<String, Box> boxes = new HashMap<>(4);
  private int count;
  private long bytes;

  int count() {
    return count;
  }

  long bytes() {
    return bytes;
  }

  /** Tells whether a wait is open that takes the next event of a name. */
  boolean isAwaited(String name) {
    Box box = boxes.get(name);
    return box != null && !box.waits.isEmpty();
  }

  void raised(HistoryEvent.EventRaised event) {
    Box box = box(event.name());
    if (box.waits.isEmpty()) {
      long size = Sizes.of(event);
      box.unread.add(size);
      count++;
      bytes += size;
    } else {
      box.waits.remove();
    }
  }

  void awaited(int action, String name) {
    Box box = box(name);
    Long oldest = box.unread.poll();
    if (oldest == null) {
      box.waits.add(action);
    } else {
      count--;
      bytes -= oldest;
    }
  }

  /** A wait gave up its place. */
  void cancelled(int action, String name) {
    box(name).waits.remove(action);
  }

  private Box box(String name) {
    return boxes.computeIfAbsent(name, ignored -> new Box());
  }

  /** Of one name. */
  private static final class Box {
    final ArrayDeque<Long> unread = new ArrayDeque<>(2);
    final ArrayDeque<Integer> waits = new ArrayDeque<>(2);
  }
}
