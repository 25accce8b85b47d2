package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.RowMutation;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts the children that a turn asks for, in its record (C13). One whose id is taken is not
 * started; its parent hears that in the same record. One that is not registered waits until it is,
 * as an activity does (C19).
 */
final class ChildStarts {

  private final EngineState state;
  private final InstanceState parent;
  private final long atMillis;
  private final Set<String> takenIds;
  private Set<String> started = Set.of();
  private int open;

  ChildStarts(EngineState state, InstanceState parent, long atMillis, Set<String> takenIds) {
    this.state = state;
    this.parent = parent;
    this.atMillis = atMillis;
    this.takenIds = takenIds;
    this.open = parent.children().size();
  }

  void start(HistoryEvent.ChildScheduled asked, int event, Decision<RowMutation> decision) {
    Failure refusal = refusal(asked);
    if (refusal == null) {
      insert(asked, event, decision);
    } else if (asked.detached()) {
      state.report(
          "a detached child is not started, parent="
              + parent.row().id()
              + " event="
              + event
              + ": "
              + refusal.message());
    } else {
      decision.mutate(
          new RowMutation.Insert(
              new MessageRow(
                  state.numbers().draw(),
                  parent.number(),
                  parent.row().execution(),
                  atMillis,
                  ChildOutcome.failed(event, asked.childId(), refusal))));
    }
  }

  private @Nullable Failure refusal(HistoryEvent.ChildScheduled asked) {
    String id = asked.childId();
    if (started.isEmpty()) {
      started = new HashSet<>();
    }
    if (takenIds.contains(id) || state.instance(id) != null || !started.add(id)) {
      return new Failure.ApplicationFailure(
          "id taken",
          "an instance with the child's id exists; give the child another id, or none, id="
              + id
              + " orchestration="
              + asked.orchestration(),
          "",
          null);
    }
    if (!asked.detached() && ++open > state.limits().childrenMax()) {
      return new Failure.LimitExceeded(
          "childrenMax",
          "this many awaited children would be open: "
              + open
              + ", childrenMax="
              + state.limits().childrenMax());
    }
    return null;
  }

  private void insert(
      HistoryEvent.ChildScheduled asked, int event, Decision<RowMutation> decision) {
    long number = state.numbers().draw();
    InstanceRow row =
        new InstanceRow(
            number,
            asked.childId(),
            asked.orchestration(),
            asked.version(),
            InstanceStatus.RUNNING,
            1,
            0,
            0,
            atMillis,
            atMillis,
            0,
            parent.number(),
            parent.row().execution(),
            asked.detached() ? -1 : event,
            asked.detached() ? number : parent.row().root(),
            0,
            null,
            null);
    decision.mutate(new RowMutation.Insert(row));
    decision.mutate(
        new RowMutation.Insert(
            new MessageRow(
                state.numbers().draw(),
                number,
                0,
                atMillis,
                new HistoryEvent.Started(asked.input()))));
    state.shared().held().deliver(asked.childId(), number, state.numbers(), atMillis, decision);
  }
}
