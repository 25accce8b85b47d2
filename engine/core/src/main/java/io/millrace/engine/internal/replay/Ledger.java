package io.millrace.engine.internal.replay;

import io.millrace.engine.Activity;
import io.millrace.engine.CallOptions;
import io.millrace.engine.Orchestration;
import io.millrace.engine.StateKey;
import io.millrace.engine.internal.Ids;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryEvent.Action;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the code asks for, in order: while it replays, compared by position with what history holds;
 * beyond that, written down. Everything returns the event number that it got.
 */
final class Ledger {

  /** Stands for a value where only the kind and the names of an action matter. */
  private static final Payload UNSAID = Payload.wrap(new byte[1]);

  private final TurnRun run;
  private final Script script;
  private final TurnLimits limits;
  private final @Nullable Differences differences;
  private final ArrayList<Action> actions = new ArrayList<>();

  /** The answers to {@code ctx.version}, by change; shared and empty until there is one. */
  private Map<String, Integer> versions = Map.of();

  private int compensations;

  Ledger(TurnRun run, Script script, TurnLimits limits, @Nullable Differences differences) {
    this.run = run;
    this.script = script;
    this.limits = limits;
    this.differences = differences;
  }

  /** Returns what the code newly asked for, in order. Once it has been left, that is final. */
  List<Action> actions() {
    return Collections.unmodifiableList(actions);
  }

  int call(Activity<?, ?> activity, @Nullable Object given, CallOptions options) {
    count();
    if (script.isReplaying()) {
      if (expected() instanceof HistoryEvent.ActivityScheduled scheduled
          && scheduled.activity().equals(activity.name())
          && scheduled.tag().equals(activity.tag())) {
        if (differences != null) {
          compare(differences, scheduled, activity, given, options);
        }
        return script.pass();
      }
      throw run.diverged(
          new HistoryEvent.ActivityScheduled(activity.name(), activity.tag(), UNSAID));
    }
    Payload input = run.encode(given, activity.inputType(), "the input of activity", activity);
    return record(
        new HistoryEvent.ActivityScheduled(
            activity.name(), activity.tag(), input, Policies.of(options)));
  }

  private void compare(
      Differences hears,
      HistoryEvent.ActivityScheduled recorded,
      Activity<?, ?> activity,
      @Nullable Object given,
      CallOptions options) {
    int event = script.nextEvent();
    String what = "the input of activity " + activity;
    hears.value(event, what, recorded.input(), given, activity.inputType());
    hears.text(
        event,
        "the options of activity " + activity,
        String.valueOf(recorded.policy()),
        String.valueOf(Policies.of(options)));
  }

  int timer(long fireAtMillis) {
    count();
    if (script.isReplaying()) {
      if (expected() instanceof HistoryEvent.TimerCreated created) {
        if (differences != null) {
          differences.text(
              script.nextEvent(),
              "the deadline of a timer",
              EventText.of(created),
              EventText.timer(fireAtMillis));
        }
        return script.pass();
      }
      throw run.diverged(new HistoryEvent.TimerCreated(fireAtMillis));
    }
    return record(new HistoryEvent.TimerCreated(fireAtMillis));
  }

  int await(String name) {
    count();
    if (script.isReplaying()) {
      if (expected() instanceof HistoryEvent.EventAwaited awaited && awaited.name().equals(name)) {
        return script.pass();
      }
      throw run.diverged(new HistoryEvent.EventAwaited(name));
    }
    return record(new HistoryEvent.EventAwaited(name));
  }

  /** Gives up an earlier action. */
  int cancel(int action) {
    if (script.isReplaying()) {
      if (expected() instanceof HistoryEvent.ActionCancelled cancelled
          && cancelled.action() == action) {
        return script.pass();
      }
      throw run.diverged(new HistoryEvent.ActionCancelled(action));
    }
    return record(new HistoryEvent.ActionCancelled(action));
  }

  /** Starts a child. Returns what stands in history; its number is {@link #lastEvent}. */
  HistoryEvent.ChildScheduled child(
      Orchestration<?, ?> child, @Nullable Object given, @Nullable String id, boolean detached) {
    count();
    String childId = id != null ? id : mintedId();
    if (script.isReplaying()) {
      if (expected() instanceof HistoryEvent.ChildScheduled scheduled
          && scheduled.orchestration().equals(child.name())
          && scheduled.version().equals(child.version())
          && scheduled.detached() == detached) {
        if (differences != null) {
          int event = script.nextEvent();
          String what = "child " + child;
          differences.value(
              event, "the input of " + what, scheduled.input(), given, child.inputType());
          differences.text(event, "the id of " + what, scheduled.childId(), childId);
        }
        script.pass();
        return scheduled;
      }
      throw run.diverged(
          new HistoryEvent.ChildScheduled(
              child.name(), child.version(), childId, UNSAID, detached));
    }
    Ids.require(childId, limits.idCharsMax());
    Payload input = run.encode(given, child.inputType(), "the input of child", child);
    HistoryEvent.ChildScheduled scheduled =
        new HistoryEvent.ChildScheduled(child.name(), child.version(), childId, input, detached);
    record(scheduled);
    return scheduled;
  }

  private String mintedId() {
    return run.instanceId() + "/" + run.execution() + "." + script.nextEvent();
  }

  /** Returns the number of what was asked for last. */
  int lastEvent() {
    return script.nextEvent() - 1;
  }

  int status(@Nullable Object given, TypeRef<?> type) {
    count();
    if (script.isReplaying()) {
      if (expected() instanceof HistoryEvent.CustomStatusSet set) {
        if (differences != null) {
          differences.value(script.nextEvent(), "the custom status", set.status(), given, type);
        }
        return script.pass();
      }
      throw run.diverged(new HistoryEvent.CustomStatusSet(UNSAID));
    }
    return record(new HistoryEvent.CustomStatusSet(run.encode(given, type, "the status", "")));
  }

  int put(StateKey<?> key, @Nullable Object given, StateValues state) {
    count();
    if (script.isReplaying()) {
      Payload recorded =
          expected() instanceof HistoryEvent.KeyValueSet set && set.key().equals(key.name())
              ? set.value()
              : null;
      if (recorded != null) {
        if (differences != null) {
          differences.value(
              script.nextEvent(), "the value of key " + key, recorded, given, key.type());
        }
        state.set(key.name(), recorded, script.nextEvent());
        return script.pass();
      }
      throw run.diverged(new HistoryEvent.KeyValueSet(key.name(), UNSAID));
    }
    Payload value = run.encode(given, key.type(), "the value of key", key);
    int event = record(new HistoryEvent.KeyValueSet(key.name(), value));
    state.set(key.name(), value, event);
    return event;
  }

  int remove(StateKey<?> key, StateValues state) {
    count();
    state.set(key.name(), null, 0);
    HistoryEvent.KeyValueSet removal = new HistoryEvent.KeyValueSet(key.name(), null);
    if (script.isReplaying()) {
      if (removal.equals(expected())) {
        return script.pass();
      }
      throw run.diverged(removal);
    }
    return record(removal);
  }

  /**
   * Returns which version of a changed place this execution runs: what it was told first, what
   * history holds here, the oldest where it passed without asking, the newest where nobody has.
   */
  int version(String changeId, int min, int max) {
    Integer known = versions.get(changeId);
    int version = known != null ? known : place(changeId, min, max);
    if (version < min || version > max) {
      throw run.divergedIn(changeId, version, min, max);
    }
    if (known == null) {
      versions = versions.isEmpty() ? new HashMap<>() : versions;
      versions.put(changeId, version);
    }
    return version;
  }

  private int place(String changeId, int min, int max) {
    if (!script.isReplaying()) {
      record(new HistoryEvent.VersionMarked(changeId, max));
      return max;
    }
    if (expected() instanceof HistoryEvent.VersionMarked marked
        && marked.changeId().equals(changeId)) {
      if (marked.version() >= min && marked.version() <= max) {
        script.pass();
      }
      return marked.version();
    }
    return min;
  }

  /** Counts what the code asks for after it was told to stop. */
  private void count() {
    if (run.delivered().isCancelTold()) {
      compensations++;
      if (compensations > limits.compensationActionsMax()
          && (!script.isReplaying() || expected() instanceof HistoryEvent.ExecutionFailed)) {
        throw run.beyondCompensation(limits.compensationActionsMax());
      }
    }
  }

  private @Nullable HistoryEvent expected() {
    return run.expected();
  }

  private int record(Action action) {
    if (actions.size() >= limits.actionsMax()) {
      throw run.beyondActions(limits.actionsMax());
    }
    actions.add(action);
    return script.pass();
  }
}
