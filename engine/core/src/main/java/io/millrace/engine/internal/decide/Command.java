package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.RowMutation;

/**
 * Something that the state machine is told or asked. Carries its time and all else as data, and
 * knows what it means: first it computes, without changing state; then, once that stands, it
 * changes the state (rule R15). Both on the decide thread.
 */
public abstract sealed class Command permits ClientCommand, InstanceCommand, LookupEnded {

  private final long atMillis;

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
}
