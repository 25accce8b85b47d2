package io.millrace.engine.internal.replay;

import io.millrace.storage.payload.Payload;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The events and the waits of one name. The oldest unread event goes to the oldest wait still open,
 * so there are never both.
 */
final class Mailbox {

  private record Unread(int event, Payload data) {}

  private final String event;
  private final ArrayDeque<Unread> unread = new ArrayDeque<>(2);
  private final ArrayDeque<WaitStep<?>> waits = new ArrayDeque<>(2);

  Mailbox(String event) {
    this.event = event;
  }

  /** Returns the events' name. */
  String event() {
    return event;
  }

  /** Takes an event that was raised. */
  void raised(int number, Payload data) {
    dropClosed();
    WaitStep<?> oldest = waits.pollFirst();
    if (oldest == null) {
      unread.addLast(new Unread(number, data));
    } else {
      oldest.received(number, data);
    }
  }

  /** Takes a new wait; if an event is unread the wait is done on return. */
  void waiting(WaitStep<?> wait) {
    Unread oldest = unread.pollFirst();
    if (oldest == null) {
      dropClosed();
      waits.addLast(wait);
    } else {
      wait.received(oldest.event(), oldest.data());
    }
  }

  /**
   * Returns how many events must come before one reaches an open wait. Waits before it that have a
   * time limit are not counted: they may give up their place without anybody waking.
   */
  int neededBy(WaitStep<?> wait) {
    int needed = 1;
    for (WaitStep<?> earlier : waits) {
      if (earlier == wait) {
        return needed;
      }
      if (!earlier.done() && !earlier.isLimited()) {
        needed++;
      }
    }
    return 1;
  }

  /** Forgets the oldest waits that timed out or were cancelled. */
  private void dropClosed() {
    @Nullable WaitStep<?> oldest = waits.peekFirst();
    while (oldest != null && oldest.done()) {
      waits.removeFirst();
      oldest = waits.peekFirst();
    }
  }
}
