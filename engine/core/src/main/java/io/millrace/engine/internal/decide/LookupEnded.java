package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.RowMutation;

/** A lookup was given up: its command will not come again. */
public final class LookupEnded extends Command {

  private final String id;

  /** Makes one. */
  public LookupEnded(long atMillis, String id) {
    super(atMillis);
    this.id = id;
  }

  @Override
  void decide(EngineState state, Decision<RowMutation> decision) {}

  @Override
  void decided(EngineState state, Decision<RowMutation> decision) {
    state.lookupEnds(id);
  }

  @Override
  void decideTooLarge(EngineState state, long bytes, long limit, Decision<RowMutation> decision) {}
}
