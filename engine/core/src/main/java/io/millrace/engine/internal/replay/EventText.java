package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.HistoryEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says what history holds, and what code asked for, in words. */
final class EventText {

  private EventText() {}

  static String call(String activity, String tag) {
    return "a call of activity \""
        + activity
        + "\""
        + (tag.isEmpty() ? "" : ", tag \"" + tag + "\"");
  }

  static String timer(long fireAtMillis) {
    return "a timer until " + Instant.ofEpochMilli(fireAtMillis);
  }

  static String wait(String event) {
    return "a wait for event \"" + event + "\"";
  }

  static String cancel(int action, @Nullable HistoryEvent cancelled) {
    return "the cancelling of event " + action + (cancelled == null ? "" : ", " + of(cancelled));
  }

  /** Describes an event of the history, without its values. */
  static String of(HistoryEvent event) {
    if (event instanceof HistoryEvent.ActivityScheduled scheduled) {
      return call(scheduled.activity(), scheduled.tag());
    }
    if (event instanceof HistoryEvent.TimerCreated timer) {
      return timer(timer.fireAtMillis());
    }
    if (event instanceof HistoryEvent.EventAwaited awaited) {
      return wait(awaited.name());
    }
    if (event instanceof HistoryEvent.ActionCancelled cancelled) {
      return cancel(cancelled.action(), null);
    }
    if (event instanceof HistoryEvent.Ending) {
      return "the end of the execution";
    }
    return message(event);
  }

  private static String message(HistoryEvent event) {
    if (event instanceof HistoryEvent.ActivityCompleted completed) {
      return "the result of event " + completed.action();
    }
    if (event instanceof HistoryEvent.ActivityFailed failed) {
      return "the failure of event " + failed.action();
    }
    if (event instanceof HistoryEvent.TimerFired fired) {
      return "the firing of timer " + fired.action();
    }
    if (event instanceof HistoryEvent.EventRaised raised) {
      return "event \"" + raised.name() + "\" raised";
    }
    if (event instanceof HistoryEvent.CancelRequested) {
      return "a request to cancel";
    }
    return "the start of the execution";
  }
}
