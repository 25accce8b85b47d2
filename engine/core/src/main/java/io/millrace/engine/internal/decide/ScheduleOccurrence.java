package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.CommandRefusedException;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.Overlap;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.ScheduleRow;

/**
 * An occurrence of a schedule starts its instance (C8), or goes by, as the overlap rule and the
 * catch-up window say. Start and progress of the schedule are one record, so that it happens once.
 * The instance's id is made of the schedule's and the occurrence's time.
 */
public final class ScheduleOccurrence extends ClientCommand {

  private final ScheduleEntry entry;
  private final long occurrenceMillis;
  private final boolean triggered;

  // written by: decide thread, before the acknowledgement
  private boolean started;

  private ScheduleOccurrence(
      long atMillis, ScheduleEntry entry, long occurrenceMillis, boolean triggered, Reply reply) {
    super(atMillis, ScheduleAlarm.instanceId(entry.id(), occurrenceMillis), reply);
    this.entry = entry;
    this.occurrenceMillis = occurrenceMillis;
    this.triggered = triggered;
  }

  /** An alarm has gone off. Nobody hears what becomes of it. */
  public static ScheduleOccurrence of(long atMillis, ScheduleAlarm alarm, Reply reply) {
    return new ScheduleOccurrence(atMillis, alarm.schedule(), alarm.atMillis(), false, reply);
  }

  /** A client wants one now. */
  public static ScheduleOccurrence triggered(long atMillis, ScheduleEntry entry, Reply reply) {
    return new ScheduleOccurrence(atMillis, entry, atMillis, true, reply);
  }

  /** Tells whether it started its instance; after the acknowledgement. */
  public boolean started() {
    return started;
  }

  /** Refuses an occurrence of a schedule that has been changed, held or deleted meanwhile. */
  private boolean isLate(Decision<RowMutation> decision) {
    ScheduleRow row = entry.row();
    boolean late =
        entry.isDeleted()
            || (!triggered && (row.paused() || row.nextAtMillis() != occurrenceMillis));
    if (late) {
      decision.refuse(
          triggered
              ? refusal(
                  CommandRefusedException.Reason.UNKNOWN_SCHEDULE,
                  "the schedule was deleted meanwhile, id=" + entry.id())
              : LateException.INSTANCE);
    }
    return late;
  }

  @Override
  void decideResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    decideTaken(decision);
  }

  @Override
  void decideStored(InstanceRow row, Decision<RowMutation> decision) {
    decideTaken(decision);
  }

  /** Somebody has used the id: the occurrence counts as started. */
  private void decideTaken(Decision<RowMutation> decision) {
    if (!isLate(decision)) {
      goOn(entry.row().lastInstance(), decision);
    }
  }

  @Override
  void decideUnknown(EngineState state, Decision<RowMutation> decision) {
    if (isLate(decision) || isMissed(decision)) {
      return;
    }
    ScheduleRow row = entry.row();
    if (entry.runningInstance() != 0 && row.overlap() == Overlap.SKIP) {
      goOn(row.lastInstance(), decision);
      return;
    }
    if (entry.runningInstance() != 0 && row.overlap() == Overlap.CANCEL_RUNNING) {
      state.send(
          entry.runningInstance(),
          0,
          new HistoryEvent.CancelRequested("its schedule has started the next one, id=" + id()),
          atMillis(),
          decision);
    }
    long number = state.numbers().draw();
    decision.mutate(
        new RowMutation.Insert(
            InstanceRow.started(number, id(), row.orchestration(), row.version(), atMillis())));
    decision.mutate(
        new RowMutation.Insert(
            new MessageRow(
                state.numbers().draw(),
                number,
                0,
                atMillis(),
                new HistoryEvent.Started(row.input()))));
    goOn(number, decision);
  }

  /** Past the catch-up window it goes by, with all others that are too late by now. */
  private boolean isMissed(Decision<RowMutation> decision) {
    long earliest = atMillis() - entry.row().catchUpMillis();
    if (triggered || occurrenceMillis >= earliest) {
      return false;
    }
    ScheduleRow row = entry.row();
    decision.mutate(
        new RowMutation.Update(
            entry.rowAfter(
                row.lastAtMillis(), entry.times().after(earliest - 1), row.lastInstance())));
    return true;
  }

  private void goOn(long lastInstance, Decision<RowMutation> decision) {
    ScheduleRow row = entry.row();
    ScheduleRow next =
        triggered
            ? entry.rowAfter(row.lastAtMillis(), row.nextAtMillis(), lastInstance)
            : entry.rowAfter(occurrenceMillis, entry.times().after(occurrenceMillis), lastInstance);
    if (!next.equals(row)) {
      decision.mutate(new RowMutation.Update(next));
    }
  }

  @Override
  void decidedResident(EngineState state, InstanceState instance, Decision<RowMutation> decision) {
    decidedSchedule(state, decision);
  }

  @Override
  void decidedAbsent(EngineState state, Decision<RowMutation> decision) {
    InstanceRow row = StartInstance.inserted(decision);
    if (row != null) {
      InstanceState instance = new InstanceState(row, decision.position(), state.code(row));
      state.lay(instance, decision);
      state.known(id());
      state.admit(instance);
      started = true;
      state.counters().started++;
      state.schedules().running(entry, row.number());
      state.releaseTurn(instance, atMillis());
    }
    decidedSchedule(state, decision);
  }

  @Override
  void refused(EngineState state, RuntimeException why) {
    if (!triggered && why != LateException.INSTANCE) {
      state.schedules().again(entry, atMillis());
    }
  }

  private void decidedSchedule(EngineState state, Decision<RowMutation> decision) {
    ScheduleRow next = ScheduleCommand.rowIn(decision);
    if (next == null) {
      return;
    }
    ScheduleRow before = entry.row();
    state.schedules().changed(entry, next, decision.position());
    if (!started && !triggered && next.lastAtMillis() == before.lastAtMillis()) {
      state.schedules().missed(before, next);
    }
  }
}
