package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.payload.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a failed execution was before its failed step (C42). The step is the activity whose
 * failure is the execution's; the turn that took it goes, and all turns after it. What else those
 * turns took waits in the inbox again. If no activity failed so, the last turn alone goes, and runs
 * again as it is: with code that was mended, perhaps.
 */
final class Rewinding {

  private final Past past;
  private final int cut;
  private final int failedAction;
  private final List<HistoryEvent> keptEvents = new ArrayList<>();
  private final List<HistoryEvent.Message> inbox = new ArrayList<>();
  private final Map<Integer, HistoryEvent.Action> open = new TreeMap<>();

  private Rewinding(Past past, int cut, int failedAction) {
    this.past = past;
    this.cut = cut;
    this.failedAction = failedAction;
  }

  /** Returns what is to be done. */
  static Rewinding of(Past past) {
    Failure failure = Objects.requireNonNull(past.row().failure(), "failure");
    List<HistoryRow> turns = past.history();
    for (int turn = 0; turn < turns.size(); turn++) {
      for (HistoryEvent event : turns.get(turn).events()) {
        if (event instanceof HistoryEvent.ActivityFailed failed
            && failed.failure().equals(failure)) {
          return new Rewinding(past, turn, failed.action()).look();
        }
        if (event instanceof HistoryEvent.ChildFailed failed && failed.failure().equals(failure)) {
          return new Rewinding(past, turn, failed.action()).look();
        }
      }
    }
    return new Rewinding(past, turns.size() - 1, -1).look();
  }

  private Rewinding look() {
    List<HistoryRow> turns = past.history();
    for (int turn = 0; turn < turns.size(); turn++) {
      for (HistoryEvent event : turns.get(turn).events()) {
        if (turn < cut) {
          keep(event);
        } else if (event instanceof HistoryEvent.Message message) {
          putBack(message);
        }
      }
    }
    return this;
  }

  private void keep(HistoryEvent event) {
    int number = keptEvents.size();
    keptEvents.add(event);
    if (event instanceof HistoryEvent.ActionCancelled cancelled) {
      open.remove(cancelled.action());
    } else if (event instanceof HistoryEvent.Action action) {
      open.put(number, action);
    } else if (event instanceof HistoryEvent.Message message) {
      open.remove(actionOf(message));
    }
  }

  private void putBack(HistoryEvent.Message message) {
    int action = actionOf(message);
    if (action < 0) {
      inbox.add(message);
    } else if (action != failedAction && open.remove(action) != null) {
      inbox.add(message);
    }
  }

  /** Returns the action that a message is about, -1 for none. */
  private static int actionOf(HistoryEvent.Message message) {
    if (message instanceof HistoryEvent.ActivityCompleted completed) {
      return completed.action();
    }
    if (message instanceof HistoryEvent.ActivityFailed failed) {
      return failed.action();
    }
    if (message instanceof HistoryEvent.ChildCompleted completed) {
      return completed.action();
    }
    if (message instanceof HistoryEvent.ChildFailed failed) {
      return failed.action();
    }
    return message instanceof HistoryEvent.TimerFired fired ? fired.action() : -1;
  }

  /** Returns why it cannot be, or null. */
  @Nullable String refusal() {
    for (HistoryEvent.Action action : open.values()) {
      if (action instanceof HistoryEvent.ChildScheduled child && !child.detached()) {
        return "it awaited a child that has failed or was asked to stop with it; restart it instead,"
            + " child="
            + child.childId();
      }
    }
    return null;
  }

  /** Returns the turns that stay. */
  List<HistoryRow> kept() {
    return past.history().subList(0, cut);
  }

  /** Returns how many events those hold. */
  int events() {
    return keptEvents.size();
  }

  /** Returns what waits in the inbox again, in order. */
  List<HistoryEvent.Message> inbox() {
    return inbox;
  }

  /** Returns the actions that have not ended, by their event. */
  Map<Integer, HistoryEvent.Action> open() {
    return open;
  }

  /** Returns what the code had said by then, null if nothing is kept of it. */
  @Nullable AttributesRow attributes() {
    AttributesRow now = past.attributes();
    if (now == null) {
      return null;
    }
    Map<String, Payload> values = new TreeMap<>();
    for (HistoryEvent event : keptEvents) {
      if (event instanceof HistoryEvent.Started started) {
        values.putAll(started.keyValues());
      } else if (event instanceof HistoryEvent.KeyValueSet set && set.value() != null) {
        values.put(set.key(), set.value());
      } else if (event instanceof HistoryEvent.KeyValueSet set) {
        values.remove(set.key());
      }
    }
    return new AttributesRow(now.instance(), now.customStatusVersion(), now.customStatus(), values);
  }
}
