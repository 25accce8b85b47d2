package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.RowMutation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the engine itself says about an instance, by the instance's number: a turn that ran, an
 * activity that ended, a timer that fired. One whose instance is not there any more is late, and
 * changes nothing (rule R13).
 */
public abstract sealed class InstanceCommand extends Command
    permits CrashCounted,
        HistoryRead,
        InputUnreadable,
        SetAside,
        TaskCompleted,
        TaskHeartbeat,
        TimerElapsed,
        TurnCompleted,
        TurnOverdue {

  private final long instance;

  InstanceCommand(long atMillis, long instance) {
    super(atMillis);
    this.instance = instance;
  }

  /** Returns the number of the instance that this concerns. */
  final long instance() {
    return instance;
  }

  @Override
  final void decide(EngineState state, Decision<RowMutation> decision) {
    begins();
    InstanceState resident = state.instance(instance);
    if (waits(state, resident)) {
      decision.defer();
    } else if (resident == null || resident.isTerminal()) {
      decision.refuse(LateException.INSTANCE);
    } else {
      decideResident(state, resident, decision);
    }
  }

  /** It is about to be decided, whatever comes of that. */
  void begins() {}

  /** An instance that is not in memory is loaded, and whoever comes behind waits too. */
  private boolean waits(EngineState state, @Nullable InstanceState resident) {
    return loads()
        && awaited() == null
        && (resident == null || state.arrivals().of(instance) != null);
  }

  /**
   * Tells whether this concerns an instance that is not in memory, too. What a running turn or an
   * open activity reports does not: such an instance never leaves.
   */
  boolean loads() {
    return false;
  }

  @Override
  void deferred(EngineState state) {
    awaits(state.arrivals().await(instance, this));
  }

  @Override
  final void decided(EngineState state, Decision<RowMutation> decision) {
    decidedResident(state, resident(state), decision);
  }

  @Override
  final void decideTooLarge(
      EngineState state, long bytes, long limit, Decision<RowMutation> decision) {
    decideTooLarge(state, resident(state), new Excess(bytes, limit), decision);
  }

  @Override
  void refused(EngineState state, RuntimeException why) {
    state.counters().lateCompletions++;
  }

  private InstanceState resident(EngineState state) {
    return Objects.requireNonNull(state.instance(instance), "instance");
  }

  /** Computes what this means for its instance, which is in memory and has not ended. */
  abstract void decideResident(
      EngineState state, InstanceState resident, Decision<RowMutation> decision);

  /** What was computed stands: changes the state. */
  abstract void decidedResident(
      EngineState state, InstanceState resident, Decision<RowMutation> decision);

  /** What was computed does not fit into a record: computes something smaller. */
  abstract void decideTooLarge(
      EngineState state, InstanceState resident, Excess excess, Decision<RowMutation> decision);

  /**
   * How much too large a record would have been.
   *
   * @param bytes its size
   * @param limit the largest allowed, {@code recordBytesMax}
   */
  record Excess(long bytes, long limit) {

    /** Returns both numbers, named. */
    @Override
    public String toString() {
      return "recordBytesMax=" + limit + " bytes=" + bytes;
    }
  }
}
