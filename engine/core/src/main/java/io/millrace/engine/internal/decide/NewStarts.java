package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.Orchestration;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.storage.orchestration.ExecutionEnd;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.payload.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an instance begins, for the first time or again. */
final class NewStarts {

  private NewStarts() {}

  /** Adds a new instance to a decision, with what was held for it. Returns its number. */
  static long first(
      EngineState state,
      String id,
      Orchestration<?, ?> what,
      Payload input,
      long atMillis,
      Decision<RowMutation> decision) {
    long number = state.numbers().draw();
    decision.mutate(
        new RowMutation.Insert(
            InstanceRow.started(number, id, what.name(), what.version(), atMillis)));
    started(state, number, input, atMillis, decision);
    state.shared().held().deliver(id, number, state.numbers(), atMillis, decision);
    return number;
  }

  /** Adds the next execution of an instance that has ended; it begins with nothing of the last. */
  static void again(
      EngineState state,
      InstanceRow ended,
      String version,
      Payload input,
      long nowMillis,
      Decision<RowMutation> decision) {
    long atMillis = Math.max(nowMillis, ended.updatedAtMillis());
    long began = ended.execution() == 1 ? ended.createdAtMillis() : ended.finishedAtMillis();
    decision.mutate(
        new RowMutation.Insert(
            Rows.executionOver(ended, end(ended.status()), began, ended.finishedAtMillis())));
    started(state, ended.number(), input, atMillis, decision);
    decision.mutate(new RowMutation.Delete(RowKey.of(Table.ATTRIBUTES, ended.number())));
    decision.mutate(
        new RowMutation.Update(Rows.withoutParent(Rows.nextExecution(ended, version, atMillis))));
  }

  private static ExecutionEnd end(InstanceStatus status) {
    return switch (status) {
      case COMPLETED -> ExecutionEnd.COMPLETED;
      case FAILED -> ExecutionEnd.FAILED;
      case CANCELLED -> ExecutionEnd.CANCELLED;
      default -> ExecutionEnd.TERMINATED;
    };
  }

  private static void started(
      EngineState state,
      long number,
      Payload input,
      long atMillis,
      Decision<RowMutation> decision) {
    decision.mutate(
        new RowMutation.Insert(
            new MessageRow(
                state.numbers().draw(), number, 0, atMillis, new HistoryEvent.Started(input))));
  }

  /**
   * What was decided stands: the instance comes into memory.
   *
   * @return whether one began
   */
  static boolean decided(
      EngineState state,
      OrchestrationCode<?, ?> code,
      long atMillis,
      Decision<RowMutation> decision) {
    InstanceRow row = begun(decision);
    if (row == null) {
      return false;
    }
    InstanceState instance = new InstanceState(row, decision.position(), code);
    state.lay(instance, decision);
    state.known(row.id());
    state.admit(instance);
    state.counters().started++;
    state.releaseTurn(instance, atMillis);
    return true;
  }

  private static @Nullable InstanceRow begun(Decision<RowMutation> decision) {
    List<RowMutation> mutations = decision.mutations();
    for (int i = 0; i < mutations.size(); i++) {
      RowMutation mutation = mutations.get(i);
      if (mutation instanceof RowMutation.Update update
          && update.row() instanceof InstanceRow row) {
        return row;
      }
    }
    return StartInstance.inserted(decision);
  }
}
