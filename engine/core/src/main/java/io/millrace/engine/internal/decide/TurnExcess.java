package io.millrace.engine.internal.decide;

import io.millrace.engine.EngineLimits;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds which limit a turn would pass (rule R15). */
final class TurnExcess {

  private final EngineLimits limits;
  private final InstanceState instance;
  private final List<HistoryEvent.Action> actions;
  private final long bytes;

  private TurnExcess(
      EngineLimits limits, InstanceState instance, List<HistoryEvent.Action> actions, long bytes) {
    this.limits = limits;
    this.instance = instance;
    this.actions = actions;
    this.bytes = bytes;
  }

  /**
   * Returns the limit that a turn passes, with both numbers, or null.
   *
   * @param bytes about how many bytes its messages and actions take, written down
   */
  static @Nullable Failure of(
      EngineLimits limits, InstanceState instance, List<HistoryEvent.Action> actions, long bytes) {
    TurnExcess excess = new TurnExcess(limits, instance, actions, bytes);
    Failure found =
        above(
            "turnActionsMax",
            limits.turnActionsMax(),
            "actions that one turn asks for",
            actions.size());
    found = found != null ? found : excess.ofHistory();
    found = found != null ? found : excess.ofOpen();
    return found != null ? found : excess.ofAttributes();
  }

  private @Nullable Failure ofHistory() {
    Failure found =
        above(
            "historyEventsMax",
            limits.historyEventsMax(),
            "events of the history; let the code continue as new before",
            instance.row().events() + instance.taken() + actions.size() + 1);
    return found != null
        ? found
        : above(
            "historyBytesMax",
            limits.historyBytesMax(),
            "bytes of the history; let the code continue as new before",
            instance.history().bytes() + bytes);
  }

  private @Nullable Failure ofOpen() {
    int tasks = instance.tasks().size();
    int timers = instance.timers() == null ? 0 : instance.timers().size();
    for (int i = 0; i < actions.size(); i++) {
      Object action = actions.get(i);
      if (action instanceof HistoryEvent.ActivityScheduled) {
        tasks++;
      } else if (action instanceof HistoryEvent.TimerCreated) {
        timers++;
      }
    }
    Failure found = above("openTasksMax", limits.openTasksMax(), "open activities", tasks);
    return found != null
        ? found
        : above("openTimersMax", limits.openTimersMax(), "open timers", timers);
  }

  private @Nullable Failure ofAttributes() {
    AttributesRow after = Rows.attributesAfter(instance.number(), instance.attributes(), actions);
    if (after == null) {
      return null;
    }
    Payload status = after.customStatus();
    Failure found =
        above(
            "customStatusBytesMax",
            limits.customStatusBytesMax(),
            "bytes of the custom status",
            status == null ? 0 : status.size());
    found =
        found != null
            ? found
            : above("keyValuesMax", limits.keyValuesMax(), "key-values", after.keyValues().size());
    return found != null
        ? found
        : above(
            "keyValueBytesMax",
            limits.keyValueBytesMax(),
            "bytes of key-values",
            Sizes.of(after.keyValues()));
  }

  private static @Nullable Failure above(String limit, long most, String what, long found) {
    return found <= most
        ? null
        : new Failure.LimitExceeded(
            limit, what + ": " + found + ", more than " + limit + "=" + most);
  }
}
