package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.RowMutation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The turns of an instance that was in memory without them were read, or not (rule R26). If they
 * alone cannot be read, the instance is set aside (C21), and each release tries to read them again.
 */
public final class HistoryRead extends InstanceCommand {

  private final HistoryRequest request;
  private final @Nullable List<HistoryRow> found;
  private final @Nullable Failure why;

  private HistoryRead(
      long atMillis,
      HistoryRequest request,
      @Nullable List<HistoryRow> found,
      @Nullable Failure why) {
    super(atMillis, request.number());
    this.request = request;
    this.found = found;
    this.why = why;
  }

  static HistoryRead found(long atMillis, HistoryRequest request, List<HistoryRow> turns) {
    return new HistoryRead(atMillis, request, turns, null);
  }

  static HistoryRead unreadable(long atMillis, HistoryRequest request, Failure why) {
    return new HistoryRead(atMillis, request, null, why);
  }

  /** The store could not be read. */
  static HistoryRead failed(long atMillis, HistoryRequest request) {
    return new HistoryRead(atMillis, request, null, null);
  }

  @Override
  void decideResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    if (resident.reading != request) {
      decision.refuse(LateException.INSTANCE);
    } else if (why != null && !(resident.isQuarantined() && why.equals(resident.row().failure()))) {
      decision.mutate(Rows.quarantine(resident, atMillis(), why));
    }
  }

  @Override
  void decidedResident(EngineState state, InstanceState resident, Decision<RowMutation> decision) {
    if (why != null) {
      resident.reading = null;
      resident.noRetry();
      state.lay(resident, decision);
      state.setAside(resident);
    } else if (found != null) {
      resident.reading = null;
      resident.history().restore(found);
      state.counters().historiesRead++;
      state.releaseTurn(resident, atMillis());
      state.shedding().weigh(resident);
    } else {
      state.shedding().failed(resident, atMillis());
    }
  }

  /** It has ended or left meanwhile: nobody wants what was read. */
  @Override
  void refused(EngineState state, RuntimeException late) {}

  @Override
  void decideTooLarge(
      EngineState state, InstanceState resident, Excess excess, Decision<RowMutation> decision) {
    throw new IllegalStateException("a quarantine does not fit into one record, " + excess);
  }
}
