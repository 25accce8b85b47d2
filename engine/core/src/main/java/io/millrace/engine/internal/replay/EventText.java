package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.HistoryEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says what history holds, and what code asked for, in words; never a value. */
final class EventText {

  private EventText() {}

  static String timer(long fireAtMillis) {
    return "a timer until " + Instant.ofEpochMilli(fireAtMillis);
  }

  /** Describes an event, and what it gives up if it does that. */
  static String of(HistoryEvent event, Script script) {
    if (event instanceof HistoryEvent.ActionCancelled cancelled) {
      @Nullable HistoryEvent action = script.find(cancelled.action());
      return of(event) + (action == null ? "" : ", " + of(action));
    }
    return of(event);
  }

  /** Describes an event. */
  static String of(HistoryEvent event) {
    if (event instanceof HistoryEvent.Action action) {
      return action(action);
    }
    return event instanceof HistoryEvent.Message message
        ? message(message)
        : ending((HistoryEvent.Ending) event);
  }

  private static String action(HistoryEvent.Action action) {
    if (action instanceof HistoryEvent.ActivityScheduled scheduled) {
      return "a call of activity \""
          + scheduled.activity()
          + "\""
          + (scheduled.tag().isEmpty() ? "" : ", tag \"" + scheduled.tag() + "\"");
    }
    if (action instanceof HistoryEvent.TimerCreated timer) {
      return timer(timer.fireAtMillis());
    }
    if (action instanceof HistoryEvent.EventAwaited awaited) {
      return "a wait for event \"" + awaited.name() + "\"";
    }
    if (action instanceof HistoryEvent.ChildScheduled child) {
      return (child.detached() ? "a detached start of child \"" : "a call of child \"")
          + child.orchestration()
          + "\", version \""
          + child.version()
          + "\"";
    }
    if (action instanceof HistoryEvent.KeyValueSet set) {
      return (set.value() == null ? "the removing of key \"" : "the setting of key \"")
          + set.key()
          + "\"";
    }
    if (action instanceof HistoryEvent.VersionMarked marked) {
      return "version " + marked.version() + " of change \"" + marked.changeId() + "\"";
    }
    if (action instanceof HistoryEvent.ActionCancelled cancelled) {
      return "the cancelling of event " + cancelled.action();
    }
    return "the setting of the custom status";
  }

  private static String message(HistoryEvent.Message event) {
    if (event instanceof HistoryEvent.ActivityCompleted completed) {
      return "the result of event " + completed.action();
    }
    if (event instanceof HistoryEvent.ActivityFailed failed) {
      return "the failure of event " + failed.action();
    }
    if (event instanceof HistoryEvent.ChildCompleted completed) {
      return "the result of child " + completed.action();
    }
    if (event instanceof HistoryEvent.ChildFailed failed) {
      return "the failure of child " + failed.action();
    }
    if (event instanceof HistoryEvent.TimerFired fired) {
      return "the firing of timer " + fired.action();
    }
    if (event instanceof HistoryEvent.EventRaised raised) {
      return "event \"" + raised.name() + "\" raised";
    }
    return event instanceof HistoryEvent.CancelRequested
        ? "a request to cancel"
        : "the start of the execution";
  }

  private static String ending(HistoryEvent.Ending ending) {
    if (ending instanceof HistoryEvent.ExecutionContinued continued) {
      return "the end of the execution: it continued as new, as version " + continued.version();
    }
    if (ending instanceof HistoryEvent.ExecutionFailed) {
      return "the end of the execution: it failed";
    }
    if (ending instanceof HistoryEvent.ExecutionCancelled) {
      return "the end of the execution: it was cancelled";
    }
    return ending instanceof HistoryEvent.ExecutionTerminated
        ? "the end of the execution: it was terminated"
        : "the end of the execution: it completed";
  }
}
