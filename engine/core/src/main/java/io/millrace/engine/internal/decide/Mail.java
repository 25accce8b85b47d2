package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.buffer.Effect;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.RowMutation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one instance's record holds for others: new instances, and messages (rule R20). They are
 * laid over those at once, ahead of durability; what leaves the engine because of them waits for
 * the record. Decide thread; used for one decision.
 */
final class Mail implements Effect {

  private final EngineState state;
  private final Outlet outlet;

  // written by: decide thread, before the effect is released
  private final Map<Long, InstanceState> receivers = new LinkedHashMap<>(2);
  private final List<Told> told = new ArrayList<>(0);
  private long atMillis;

  Mail(EngineState state, Outlet outlet) {
    this.state = state;
    this.outlet = outlet;
  }

  /** Tells whether a mutation of an instance's record concerns another instance. */
  static boolean isFor(RowMutation mutation, long sender) {
    if (!(mutation instanceof RowMutation.Insert insert)) {
      return false;
    }
    if (insert.row() instanceof MessageRow message) {
      return message.instance() != sender;
    }
    return insert.row() instanceof InstanceRow instance && instance.number() != sender;
  }

  /** Lays one mutation over the instance that it is for. */
  void lay(InstanceState sender, RowMutation mutation, Decision<RowMutation> decision) {
    RowMutation.Insert insert = (RowMutation.Insert) mutation;
    if (insert.row() instanceof InstanceRow row) {
      InstanceState made = new InstanceState(row, decision.position(), state.code(row));
      state.known(row.id());
      state.admit(made);
      state.counters().started++;
      if (row.parentAction() >= 0) {
        sender.children().opened(row.parentAction(), row.number());
      }
      receivers.put(row.number(), made);
      return;
    }
    MessageRow message = (MessageRow) insert.row();
    InstanceState receiver = state.instance(message.instance());
    if (receiver == null) {
      state.arrivals().keep(message, decision.position());
    } else {
      receivers.put(receiver.number(), receiver);
      atMillis = message.arrivedAtMillis();
      receiver.fold(mutation);
      receiver.position(decision.position());
      state.used(receiver);
      if (message.message() instanceof HistoryEvent.CancelRequested cancel) {
        receiver.tasks().forEach(task -> tell(task, cancel.reason()));
      }
    }
  }

  private void tell(ActivityWork task, String reason) {
    task.askCancel();
    told.add(new Told(task, reason));
  }

  /** All of the record is laid: wakes the receivers. */
  void laid(Decision<RowMutation> decision) {
    if (!told.isEmpty()) {
      decision.whenDurable(this);
    }
    receivers.values().forEach(receiver -> state.releaseTurn(receiver, atMillis));
  }

  @Override
  public void release() {
    for (Told one : told) {
      one.work.cancel(one.reason);
      outlet.tellCancelled(one.work);
    }
  }

  private record Told(ActivityWork work, String reason) {}
}
