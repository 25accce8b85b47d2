package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.HistoryEvent.EventRaised;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events and the waits of one name. The oldest unread event goes to the oldest wait still open,
 * so there are never both.
 */
final class Mailbox {

  /**
   * An event that no wait has taken.
   *
   * @param event its number; 0 if it was carried over from the execution before
   * @param sequence tells those of one number apart
   */
  private record Unread(int event, int sequence, EventRaised raised) {}

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

  /** Takes an event that was raised; {@code sequence} orders those carried over. */
  void raised(int number, int sequence, EventRaised raised) {
    dropClosed();
    WaitStep<?> oldest = waits.pollFirst();
    if (oldest == null) {
      unread.addLast(new Unread(number, sequence, raised));
    } else {
      oldest.received(number, raised.data());
    }
  }

  /** Takes a new wait; if an event is unread the wait is done on return. */
  void waiting(WaitStep<?> wait) {
    Unread oldest = unread.pollFirst();
    if (oldest == null) {
      dropClosed();
      waits.addLast(wait);
    } else {
      wait.received(oldest.event(), oldest.raised().data());
    }
  }

  /**
   * Returns how many events must come before one reaches an open wait. Waits before it that have a
   * time limit or race are not counted: they may give up their place without anybody waking.
   */
  int neededBy(WaitStep<?> wait) {
    int needed = 1;
    for (WaitStep<?> earlier : waits) {
      if (earlier == wait) {
        return needed;
      }
      if (!earlier.done() && !earlier.isFickle()) {
        needed++;
      }
    }
    return 1;
  }

  /** Returns what is unread in all of several, oldest first. */
  static List<EventRaised> unreadOf(Collection<Mailbox> mailboxes) {
    List<Unread> all = new ArrayList<>();
    mailboxes.forEach(mailbox -> all.addAll(mailbox.unread));
    all.sort(Comparator.comparingInt(Unread::event).thenComparingInt(Unread::sequence));
    return all.stream().map(Unread::raised).toList();
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
