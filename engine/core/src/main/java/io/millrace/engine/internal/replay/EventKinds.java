package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.HistoryEvent;

/**
 * Tells what kind an event is. To ask whether an object is of a final class is one comparison; to
 * ask in vain whether it is of an interface searches a list, and a replay asks twice for each event
 * of a long history: that was half of its time.
 */
final class EventKinds {

  private EventKinds() {}

  /** Tells whether it is a {@link HistoryEvent.Message}. */
  static boolean isMessage(Object event) {
    return event instanceof HistoryEvent.ActivityCompleted
        || event instanceof HistoryEvent.TimerFired
        || event instanceof HistoryEvent.EventRaised
        || event instanceof HistoryEvent.ChildCompleted
        || event instanceof HistoryEvent.ActivityFailed
        || event instanceof HistoryEvent.ChildFailed
        || event instanceof HistoryEvent.Started
        || event instanceof HistoryEvent.CancelRequested;
  }

  /** Tells whether it is a {@link HistoryEvent.Ending}. */
  static boolean isEnding(Object event) {
    return event instanceof HistoryEvent.ExecutionCompleted
        || event instanceof HistoryEvent.ExecutionFailed
        || event instanceof HistoryEvent.ExecutionCancelled
        || event instanceof HistoryEvent.ExecutionContinued
        || event instanceof HistoryEvent.ExecutionTerminated;
  }
}
