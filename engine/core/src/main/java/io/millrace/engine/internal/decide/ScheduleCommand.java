package io.millrace.engine.internal.decide;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.Decision;
import io.millrace.engine.CommandRefusedException;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.ScheduleRow;
import org.jspecify.annotations.Nullable;

/** What a client asks about a schedule, by its id. It is its own acknowledgement. */
public abstract sealed class ScheduleCommand extends Command implements Acknowledgement
    permits DeleteSchedule, PauseSchedule, PutSchedule {

  private final String id;
  private final Reply reply;

  ScheduleCommand(long atMillis, String id, Reply reply) {
    super(atMillis);
    this.id = id;
    this.reply = reply;
  }

  final String id() {
    return id;
  }

  @Override
  public final void acknowledged(long position) {
    reply.done(this);
  }

  @Override
  public final void failed(RuntimeException cause) {
    reply.failed(cause);
  }

  @Override
  void decide(EngineState state, Decision<RowMutation> decision) {
    ScheduleEntry entry = state.schedules().find(id);
    if (entry == null) {
      decision.refuse(
          new CommandRefusedException(
              CommandRefusedException.Reason.UNKNOWN_SCHEDULE,
              "there is no schedule with this id; create it first, id=" + id));
    } else {
      decideKnown(state, entry, decision);
    }
  }

  @Override
  void decided(EngineState state, Decision<RowMutation> decision) {
    ScheduleEntry entry = state.schedules().find(id);
    if (entry != null && !decision.mutations().isEmpty()) {
      decidedKnown(state, entry, decision);
    }
  }

  abstract void decideKnown(EngineState state, ScheduleEntry entry, Decision<RowMutation> decision);

  /** What was decided changes the schedule. */
  abstract void decidedKnown(
      EngineState state, ScheduleEntry entry, Decision<RowMutation> decision);

  @Override
  final void decideTooLarge(
      EngineState state, long bytes, long limit, Decision<RowMutation> decision) {
    decision.refuse(
        new CommandRefusedException(
            CommandRefusedException.Reason.LIMIT,
            "expected a schedule that fits into one record, recordBytesMax="
                + limit
                + " bytes="
                + bytes
                + " id="
                + id));
  }

  /** Returns the schedule's row as the decision has it, or null. */
  static @Nullable ScheduleRow rowIn(Decision<RowMutation> decision) {
    for (RowMutation mutation : decision.mutations()) {
      if (mutation instanceof RowMutation.Insert insert
          && insert.row() instanceof ScheduleRow row) {
        return row;
      }
      if (mutation instanceof RowMutation.Update update
          && update.row() instanceof ScheduleRow row) {
        return row;
      }
    }
    return null;
  }

  /** Who hears what became of it. Called by pipeline threads; hands over. */
  public interface Reply {

    /** It is durable as asked. */
    void done(ScheduleCommand command);

    /** It was refused, or the pipeline failed or closed. */
    void failed(RuntimeException cause);
  }
}
