package io.millrace.engine.replaying;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.NondeterminismReport;
import io.millrace.engine.OrchestrationFunction;
import io.millrace.engine.internal.replay.QuarantineCause;
import io.millrace.engine.internal.replay.TurnLimits;
import io.millrace.engine.internal.replay.TurnOutcome;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import java.util.ArrayList;
import java.util.List;

/** A row of the replay tables: code, history, messages, and the whole outcome. */
final class ReplayCase {

  /** What is asked of the engine and what it has to answer; two cases with equal ones are one. */
  record Fingerprint(List<HistoryRow> history, List<HistoryEvent.Message> on, Object outcome) {}

  /** An outcome that sets the instance aside because code and history differ. */
  record Diverges(
      int event, NondeterminismReport.Difference difference, String expected, String found) {}

  /** An outcome that sets the instance aside because of its history. */
  record Unreadable(int event, String message) {}

  /** An outcome that sets the instance aside because of its code or a limit. */
  record SetAside(String beginning) {}

  /** An outcome that fails the instance by a limit. */
  record FailsByLimit(String limit) {}

  final String name;
  private final Scene scene;
  private final List<HistoryRow> history = new ArrayList<>();
  private List<HistoryEvent.Message> messages = List.of();
  private Object outcome = "nothing said";

  private ReplayCase(String name, Scene scene) {
    this.name = name;
    this.scene = scene;
  }

  static ReplayCase given(String name, OrchestrationFunction<String, String> code) {
    return new ReplayCase(name, Scene.of(code));
  }

  static ReplayCase given(
      String name, TurnLimits limits, OrchestrationFunction<String, String> code) {
    return new ReplayCase(name, Scene.of(limits, code));
  }

  /** Adds an earlier turn. */
  ReplayCase past(HistoryEvent... events) {
    scene.past(events);
    history.add(scene.lastRow());
    return this;
  }

  /** Adds an earlier turn as it is, right or wrong. */
  ReplayCase row(int turn, int firstEvent, HistoryEvent... events) {
    HistoryRow row = new HistoryRow(7, 1, turn, firstEvent, Scene.timeOf(turn), List.of(events));
    scene.row(row);
    history.add(row);
    return this;
  }

  /** Says what the new turn takes. */
  ReplayCase on(HistoryEvent.Message... taken) {
    messages = List.of(taken);
    return this;
  }

  ReplayCase gives(TurnOutcome expected) {
    outcome = expected;
    return this;
  }

  ReplayCase diverges(
      int event, NondeterminismReport.Difference difference, String expected, String found) {
    outcome = new Diverges(event, difference, expected, found);
    return this;
  }

  ReplayCase unreadable(int event, String message) {
    outcome = new Unreadable(event, message);
    return this;
  }

  ReplayCase setAsideBecause(String beginning) {
    outcome = new SetAside(beginning);
    return this;
  }

  ReplayCase failsByLimit(String limit) {
    outcome = new FailsByLimit(limit);
    return this;
  }

  Fingerprint fingerprint() {
    return new Fingerprint(history, messages, outcome);
  }

  /** Runs it, twice, since a turn may be delivered twice. */
  void check() {
    HistoryEvent.Message[] taken = messages.toArray(HistoryEvent.Message[]::new);
    assertThat(plain(scene.turn(taken))).isEqualTo(outcome);
    assertThat(plain(scene.turn(taken))).as("the second time").isEqualTo(outcome);
  }

  private Object plain(TurnOutcome found) {
    if (outcome instanceof FailsByLimit
        && found instanceof TurnOutcome.Failed failed
        && failed.failure() instanceof Failure.LimitExceeded limit
        && failed.actions().isEmpty()) {
      return new FailsByLimit(limit.limit());
    }
    if (!(found instanceof TurnOutcome.Quarantined quarantined)) {
      return found;
    }
    QuarantineCause cause = quarantined.cause();
    if (cause instanceof QuarantineCause.Nondeterministic nondeterministic) {
      NondeterminismReport report = nondeterministic.report();
      return new Diverges(report.event(), report.difference(), report.expected(), report.found());
    }
    if (cause instanceof QuarantineCause.UnreadableHistory unreadable) {
      return new Unreadable(unreadable.event(), unreadable.message());
    }
    String message = cause.toFailure().message();
    return outcome instanceof SetAside aside && message.startsWith(aside.beginning())
        ? aside
        : message;
  }

  @Override
  public String toString() {
    return name;
  }
}
