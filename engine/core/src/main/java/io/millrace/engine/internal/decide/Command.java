package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.RowMutation;
import org.jspecify.annotations.Nullable;

/**
 * Something that the state machine is told or asked. Carries its time and all else as data, and
 * knows what it means: first it computes, without changing state; then, once that stands, it
 * changes the state (rule R15). Both on the decide thread.
 */
public abstract sealed class Command
    permits ClientCommand,
        DropMessages,
        InstanceCommand,
        LoadEnded,
        ScheduleCommand,
        SweepTree,
        TimersRead {

  private final long atMillis;

  // written by: decide thread
  private @Nullable Arrival awaited;

  Command(long atMillis) {
    this.atMillis = atMillis;
  }

  /** Returns when it was made, Unix time. */
  final long atMillis() {
    return atMillis;
  }

  /** Computes what this means. Must not change state, but for drawing numbers. */
  abstract void decide(EngineState state, Decision<RowMutation> decision);

  /** What was computed stands: changes the state. Not called if the decision was a refusal. */
  abstract void decided(EngineState state, Decision<RowMutation> decision);

  /** What was computed is too large to be written down: computes something smaller. */
  abstract void decideTooLarge(
      EngineState state, long bytes, long limit, Decision<RowMutation> decision);

  /** The command was refused. */
  void refused(EngineState state, RuntimeException why) {}

  /** The command was set aside: sees to it that it is handed in again. */
  void deferred(EngineState state) {
    throw new IllegalStateException("nothing waits for anything here, command=" + this);
  }

  /** Returns the load that this has waited for, or null if it has not waited. */
  final @Nullable Arrival awaited() {
    return awaited;
  }

  final void awaits(Arrival arrival) {
    awaited = arrival;
  }

  /** It has been decided: what it waited for need not stay for its sake. */
  final void waitIsOver(EngineState state) {
    Arrival arrival = awaited;
    if (arrival != null) {
      awaited = null;
      state.arrivals().decided(arrival);
    }
  }
}
