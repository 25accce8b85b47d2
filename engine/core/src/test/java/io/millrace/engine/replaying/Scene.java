package io.millrace.engine.replaying;

import io.millrace.engine.Activity;
import io.millrace.engine.Event;
import io.millrace.engine.NondeterminismReport;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationFunction;
import io.millrace.engine.StateKey;
import io.millrace.engine.internal.replay.Examination;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.engine.internal.replay.QuarantineCause;
import io.millrace.engine.internal.replay.Replayer;
import io.millrace.engine.internal.replay.Turn;
import io.millrace.engine.internal.replay.TurnLimits;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.engine.internal.replay.Wake;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One row of the table: a function, the earlier turns, the new messages; then the whole outcome.
 * Turn n happens at {@link #T0} + n seconds.
 */
final class Scene {

  static final long T0 = 1_700_000_000_000L;
  static final Activity<String, String> A = Activity.named("a", String.class, String.class);
  static final Activity<String, String> B = Activity.named("b", String.class, String.class);
  static final Activity<String, String> C = Activity.named("c", String.class, String.class);
  static final Orchestration<String, String> SCENE =
      Orchestration.named("scene", String.class, String.class);
  static final Event<String> GO = Event.named("go", String.class);
  static final Event<String> STOP = Event.named("stop", String.class);
  static final StateKey<String> K = StateKey.named("k", String.class);
  static final Orchestration<String, String> CHILD =
      Orchestration.named("child", String.class, String.class);

  final TextCodec codec = new TextCodec();
  final List<String> warnings = new ArrayList<>();
  private final Replayer replayer;
  private final OrchestrationCode<String, String> code;
  private final List<HistoryRow> past = new ArrayList<>();

  private Scene(OrchestrationFunction<String, String> function, TurnLimits limits) {
    this.code = new OrchestrationCode<>(SCENE, function);
    this.replayer = new Replayer(codec, limits, warnings::add);
  }

  static Scene of(OrchestrationFunction<String, String> function) {
    return new Scene(function, TurnLimits.DEFAULT);
  }

  static Scene of(TurnLimits limits, OrchestrationFunction<String, String> function) {
    return new Scene(function, limits);
  }

  /** Adds an earlier turn: its messages, then what it asked for. */
  Scene past(HistoryEvent... events) {
    int first = past.stream().mapToInt(row -> row.events().size()).sum();
    return row(new HistoryRow(7, 1, past.size() + 1, first, timeOf(past.size() + 1), list(events)));
  }

  HistoryRow lastRow() {
    return past.get(past.size() - 1);
  }

  /** Adds an earlier turn as it is, right or wrong. */
  Scene row(HistoryRow row) {
    past.add(row);
    return this;
  }

  /** Runs the turn that takes these messages. */
  TurnOutcome turn(HistoryEvent.Message... messages) {
    return replayer.run(
        new Turn(code, "scene-1", 7, 1, past, List.of(messages), timeOf(past.size() + 1)));
  }

  /** Runs the code over the earlier turns alone. */
  Examination examine(boolean comparing) {
    return replayer.examine(new Turn(code, "scene-1", 7, 1, past, List.of(), 0), comparing);
  }

  /** Runs a turn that must find the code at odds with its history. */
  NondeterminismReport diverging(HistoryEvent.Message... messages) {
    QuarantineCause cause = quarantined(messages);
    if (cause instanceof QuarantineCause.Nondeterministic nondeterministic) {
      return nondeterministic.report();
    }
    throw new AssertionError("expected nondeterminism, found " + cause);
  }

  /** Runs a turn that must set the instance aside. */
  QuarantineCause quarantined(HistoryEvent.Message... messages) {
    TurnOutcome outcome = turn(messages);
    if (outcome instanceof TurnOutcome.Quarantined quarantined) {
      return quarantined.cause();
    }
    throw new AssertionError("expected a quarantine, found " + outcome);
  }

  /** Runs a turn that must fail the instance. */
  Failure failing(HistoryEvent.Message... messages) {
    TurnOutcome outcome = turn(messages);
    if (outcome instanceof TurnOutcome.Failed failed) {
      return failed.failure();
    }
    throw new AssertionError("expected a failure, found " + outcome);
  }

  static long timeOf(int turn) {
    return T0 + turn * 1_000L;
  }

  private static List<HistoryEvent> list(HistoryEvent... events) {
    return Arrays.asList(events);
  }

  // -- events

  static Payload text(String value) {
    return new TextCodec().encode(value, TypeRef.of(String.class));
  }

  static HistoryEvent.Message started(String input) {
    return new HistoryEvent.Started(text(input));
  }

  /** The start of an execution that continues another. */
  static HistoryEvent.Message carrying(
      String input, Map<String, String> keyValues, HistoryEvent.EventRaised... events) {
    return new HistoryEvent.Started(text(input), List.of(events), texts(keyValues));
  }

  private static Map<String, Payload> texts(Map<String, String> values) {
    Map<String, Payload> texts = new TreeMap<>();
    values.forEach((key, value) -> texts.put(key, text(value)));
    return texts;
  }

  static HistoryEvent.Message result(int action, String value) {
    return new HistoryEvent.ActivityCompleted(action, text(value));
  }

  static HistoryEvent.Message failure(int action, String message) {
    return new HistoryEvent.ActivityFailed(action, boom(message));
  }

  static HistoryEvent.Message fired(int action) {
    return new HistoryEvent.TimerFired(action);
  }

  static HistoryEvent.EventRaised raised(String name, String data) {
    return new HistoryEvent.EventRaised(name, text(data));
  }

  static HistoryEvent.Message cancel(String reason) {
    return new HistoryEvent.CancelRequested(reason);
  }

  static HistoryEvent.Action called(String activity, String input) {
    return new HistoryEvent.ActivityScheduled(activity, "", text(input));
  }

  static HistoryEvent.Action child(String name, String version, String id, String input) {
    return new HistoryEvent.ChildScheduled(name, version, id, text(input), false);
  }

  static HistoryEvent.Action detached(String name, String version, String id, String input) {
    return new HistoryEvent.ChildScheduled(name, version, id, text(input), true);
  }

  static HistoryEvent.Action marked(String changeId, int version) {
    return new HistoryEvent.VersionMarked(changeId, version);
  }

  static HistoryEvent.Action status(String value) {
    return new HistoryEvent.CustomStatusSet(text(value));
  }

  static HistoryEvent.Action put(String key, String value) {
    return new HistoryEvent.KeyValueSet(key, text(value));
  }

  static HistoryEvent.Action removed(String key) {
    return new HistoryEvent.KeyValueSet(key, null);
  }

  static HistoryEvent.Message childResult(int action, String value) {
    return new HistoryEvent.ChildCompleted(action, text(value));
  }

  static HistoryEvent.Message childFailure(int action, String id, String message) {
    return new HistoryEvent.ChildFailed(
        action, new Failure.ChildFailed(id, "shop.Boom: " + message, boom(message)));
  }

  static HistoryEvent.Action timer(long fireAtMillis) {
    return new HistoryEvent.TimerCreated(fireAtMillis);
  }

  static HistoryEvent.Action awaited(String event) {
    return new HistoryEvent.EventAwaited(event);
  }

  static HistoryEvent.Action gaveUp(int action) {
    return new HistoryEvent.ActionCancelled(action);
  }

  static Failure boom(String message) {
    return new Failure.ApplicationFailure("shop.Boom", message, "at shop", null);
  }

  // -- outcomes

  static TurnOutcome waits(Wake wake, HistoryEvent.Action... actions) {
    return new TurnOutcome.Waiting(List.of(actions), wake);
  }

  static TurnOutcome completes(String output, HistoryEvent.Action... actions) {
    return new TurnOutcome.Completed(List.of(actions), text(output));
  }

  static TurnOutcome fails(Failure failure, HistoryEvent.Action... actions) {
    return new TurnOutcome.Failed(List.of(actions), failure);
  }

  static TurnOutcome cancels(String reason, HistoryEvent.Action... actions) {
    return new TurnOutcome.Cancelled(List.of(actions), reason);
  }

  static TurnOutcome continues(
      String version,
      String input,
      List<HistoryEvent.EventRaised> carried,
      Map<String, String> keyValues,
      HistoryEvent.Action... actions) {
    return new TurnOutcome.ContinuedAsNew(
        List.of(actions), version, text(input), carried, texts(keyValues));
  }

  static Wake on(int action) {
    return new Wake.Completion(action);
  }

  static Wake limit(int action) {
    return new Wake.TimeLimit(action);
  }

  static Wake event(String name, int count) {
    return new Wake.Raised(name, count);
  }

  static Wake all(Wake... parts) {
    return new Wake.All(List.of(parts), true);
  }

  static Wake settled(Wake... parts) {
    return new Wake.All(List.of(parts), false);
  }

  static Wake any(Wake... parts) {
    return new Wake.Any(List.of(parts));
  }
}
