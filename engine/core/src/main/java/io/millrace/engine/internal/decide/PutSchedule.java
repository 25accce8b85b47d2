package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.engine.CommandRefusedException;
import io.millrace.engine.internal.schedule.Cron;
import io.millrace.engine.internal.schedule.CronTimes;
import io.millrace.storage.orchestration.Overlap;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.ScheduleRow;
import io.millrace.storage.payload.Payload;
import java.time.ZoneId;
import java.util.Objects;

/** A client makes a schedule, or changes what an existing one does. */
public final class PutSchedule extends ScheduleCommand {

  private final Wanted wanted;
  private final boolean replace;

  // written by: decide thread, before the acknowledgement
  private boolean changed;

  /**
   * Makes one.
   *
   * @param replace whether an existing one that differs is changed; refused otherwise
   */
  public PutSchedule(long atMillis, String id, Wanted wanted, boolean replace, Reply reply) {
    super(atMillis, id, reply);
    this.wanted = wanted;
    this.replace = replace;
  }

  /** Tells whether this made or changed the schedule; after the acknowledgement. */
  public boolean changed() {
    return changed;
  }

  @Override
  void decide(EngineState state, Decision<RowMutation> decision) {
    ScheduleEntry entry = state.schedules().find(id());
    if (entry != null) {
      decideKnown(state, entry, decision);
    } else if (state.schedules().size() >= state.limits().schedulesMax()) {
      decision.refuse(
          new CommandRefusedException(
              CommandRefusedException.Reason.LIMIT,
              "there are as many schedules as may be; delete one, schedulesMax="
                  + state.limits().schedulesMax()
                  + " id="
                  + id()));
    } else {
      decision.mutate(new RowMutation.Insert(row(state.numbers().draw(), false, 0, 0, atMillis())));
    }
  }

  @Override
  void decideKnown(EngineState state, ScheduleEntry entry, Decision<RowMutation> decision) {
    ScheduleRow old = entry.row();
    if (wanted.equals(Wanted.of(old))) {
      return;
    }
    if (!replace) {
      decision.refuse(
          new CommandRefusedException(
              CommandRefusedException.Reason.SCHEDULE_EXISTS,
              "there is a schedule with this id that does something else; replace it, or choose"
                  + " another id, id="
                  + id()
                  + " found="
                  + Wanted.of(old)
                  + " asked="
                  + wanted));
      return;
    }
    decision.mutate(
        new RowMutation.Update(
            row(
                old.number(),
                old.paused(),
                old.lastAtMillis(),
                old.lastInstance(),
                old.createdAtMillis())));
  }

  private ScheduleRow row(
      long number, boolean paused, long lastAtMillis, long lastInstance, long createdAtMillis) {
    CronTimes times = new CronTimes(Cron.parse(wanted.cron()), ZoneId.of(wanted.zone()));
    return new ScheduleRow(
        number,
        id(),
        wanted.cron(),
        wanted.zone(),
        wanted.orchestration(),
        wanted.version(),
        wanted.input(),
        wanted.overlap(),
        wanted.catchUpMillis(),
        paused,
        lastAtMillis,
        times.after(Math.max(atMillis(), lastAtMillis)),
        lastInstance,
        createdAtMillis);
  }

  @Override
  void decided(EngineState state, Decision<RowMutation> decision) {
    ScheduleRow row = rowIn(decision);
    if (row == null) {
      return;
    }
    changed = true;
    ScheduleEntry entry = state.schedules().find(id());
    if (entry == null) {
      state.schedules().added(new ScheduleEntry(row), decision.position());
    } else {
      state.schedules().changed(entry, row, decision.position());
    }
  }

  @Override
  void decidedKnown(EngineState state, ScheduleEntry entry, Decision<RowMutation> decision) {
    state.schedules().changed(entry, Objects.requireNonNull(rowIn(decision)), decision.position());
  }

  /**
   * What a schedule is to do.
   *
   * @param cron when; parsed before
   * @param zone the time zone's id; looked up before
   * @param orchestration the name of what it starts
   * @param version and its version
   * @param input what each instance is given
   * @param overlap what happens while the last instance still runs
   * @param catchUpMillis how late an occurrence may still be handled
   */
  public record Wanted(
      String cron,
      String zone,
      String orchestration,
      String version,
      Payload input,
      Overlap overlap,
      long catchUpMillis) {

    static Wanted of(ScheduleRow row) {
      return new Wanted(
          row.cron(),
          row.zone(),
          row.orchestration(),
          row.version(),
          row.input(),
          row.overlap(),
          row.catchUpMillis());
    }
  }
}
