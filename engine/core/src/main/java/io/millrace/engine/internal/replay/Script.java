package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an execution's events turn by turn: the earlier turns from history, then the new one from
 * the inbox. In each turn first the messages, then the actions that the code asked for then. Knows
 * the number of the next event at any time.
 */
final class Script {

  /** The history contradicts itself; the message says how. */
  static final class Inconsistent extends Exception {
    private static final long serialVersionUID = 1L;

    Inconsistent(String message) {
      super(message);
    }
  }

  private final Turn turn;
  private final List<HistoryRow> rows;
  private final int recordedTurns;
  private final boolean onlyRecorded;

  /** From 0; {@link #recordedTurns} is the new turn. */
  private int open = -1;

  /** What the open turn holds; the new one holds only its messages. */
  private List<? extends HistoryEvent> events = List.of();

  private int at;
  private int nextEvent;
  private long atMillis;

  /**
   * Makes one.
   *
   * @param turn what to read
   * @param onlyRecorded whether to end after the earlier turns, without a new one
   */
  Script(Turn turn, boolean onlyRecorded) {
    this.turn = turn;
    this.onlyRecorded = onlyRecorded;
    this.rows = turn.history();
    this.recordedTurns = rows.size();
  }

  /** Tells whether the open turn is an earlier one. */
  boolean isReplaying() {
    return open < recordedTurns;
  }

  /** Returns the number that the next message or action takes. */
  int nextEvent() {
    return nextEvent;
  }

  /** Returns the open turn's time, Unix time. */
  long atMillis() {
    return atMillis;
  }

  /** Returns the time of the first turn, Unix time. */
  long firstMillis() {
    return recordedTurns == 0 ? turn.atMillis() : rows.get(0).atMillis();
  }

  /** Returns how many events there are before anything new is asked for. */
  int knownEvents() {
    if (recordedTurns == 0) {
      return turn.messages().size();
    }
    HistoryRow last = rows.get(recordedTurns - 1);
    return last.firstEvent() + last.events().size() + turn.messages().size();
  }

  /** Opens the next turn. Returns false if the last one is open already. */
  boolean openNext() throws Inconsistent {
    if (open == (onlyRecorded ? recordedTurns - 1 : recordedTurns)) {
      return false;
    }
    if (at < events.size() && EventKinds.isEnding(events.get(at))) {
      throw new Inconsistent("found a turn after the end of the execution");
    }
    open++;
    at = 0;
    if (open == recordedTurns) {
      events = turn.messages();
      atMillis = turn.atMillis();
      return true;
    }
    HistoryRow row = rows.get(open);
    if (row.turn() != open + 1
        || row.firstEvent() != nextEvent
        || row.execution() != turn.execution()
        || row.instance() != turn.instance()) {
      throw new Inconsistent(
          "expected turn="
              + (open + 1)
              + " firstEvent="
              + nextEvent
              + " execution="
              + turn.execution()
              + " instance="
              + turn.instance()
              + ", found turn="
              + row.turn()
              + " firstEvent="
              + row.firstEvent()
              + " execution="
              + row.execution()
              + " instance="
              + row.instance());
    }
    if (row.events().isEmpty()) {
      throw new Inconsistent("expected at least one event in turn=" + row.turn() + ", found none");
    }
    events = row.events();
    atMillis = row.atMillis();
    return true;
  }

  /** Returns the number of the open turn, from 1. */
  int turn() {
    return open + 1;
  }

  /** Returns the open turn's next message and passes it, or null if there is no more. */
  HistoryEvent.@Nullable Message nextMessage() {
    if (at < events.size()) {
      Object event = events.get(at);
      if (EventKinds.isMessage(event)) {
        pass();
        return (HistoryEvent.Message) event;
      }
    }
    return null;
  }

  /** Returns what the open turn, an earlier one, holds next; null if it holds no more. */
  @Nullable HistoryEvent expected() throws Inconsistent {
    if (at >= events.size()) {
      return null;
    }
    HistoryEvent event = events.get(at);
    if (EventKinds.isMessage(event)) {
      throw new Inconsistent(
          "expected an action after the turn's messages, found a message, event=" + nextEvent);
    }
    if (EventKinds.isEnding(event) && (at + 1 < events.size() || open + 1 < recordedTurns)) {
      throw new Inconsistent("found events after the end of the execution, event=" + nextEvent);
    }
    return event;
  }

  /** Passes the next event. Returns its number. */
  int pass() {
    at++;
    return nextEvent++;
  }

  /** Returns what history holds from here on, for a report; null if it ends here. */
  @Nullable HistoryEvent upcoming() {
    if (at < events.size()) {
      return events.get(at);
    }
    if (open + 1 < recordedTurns && !rows.get(open + 1).events().isEmpty()) {
      return rows.get(open + 1).events().get(0);
    }
    return null;
  }

  /** Returns up to so many events of history before the next one, for a report. */
  List<HistoryEvent> before(int count) {
    List<HistoryEvent> before = new ArrayList<>();
    for (int number = Math.max(0, nextEvent - count); number < nextEvent; number++) {
      HistoryEvent event = find(number);
      if (event != null) {
        before.add(event);
      }
    }
    return before;
  }

  /** Returns the message or action with a number, for a report; null if there is none. */
  @Nullable HistoryEvent find(int number) {
    for (HistoryRow row : rows) {
      int place = number - row.firstEvent();
      if (place >= 0 && place < row.events().size()) {
        return row.events().get(place);
      }
    }
    return null;
  }
}
