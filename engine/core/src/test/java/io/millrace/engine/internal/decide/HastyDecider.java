package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decider;
import io.millrace.buffer.Decision;
import io.millrace.buffer.Pressure;
import io.millrace.buffer.Progress;
import io.millrace.storage.orchestration.RowMutation;

/** Takes what was decided for applied: {@link Plant#LEAVES_TOO_SOON}. */
record HastyDecider(EngineDecider decider) implements Decider<Command, RowMutation> {

  @Override
  public void decide(Command command, Decision<RowMutation> decision) {
    decider.decide(command, decision);
  }

  @Override
  public void decided(Command command, Decision<RowMutation> decision) {
    decider.decided(command, decision);
  }

  @Override
  public void decideTooLarge(
      Command command, long bytes, long limit, Decision<RowMutation> decision) {
    decider.decideTooLarge(command, bytes, limit, decision);
  }

  @Override
  public void endOfBatch(Progress progress, Pressure pressure) {
    decider.endOfBatch(new Hasty(progress), pressure);
  }

  private record Hasty(Progress real) implements Progress {
    @Override
    public long decided() {
      return real.decided();
    }

    @Override
    public long appended() {
      return real.appended();
    }

    @Override
    public long synced() {
      return real.synced();
    }

    @Override
    public long applied() {
      return real.decided();
    }

    @Override
    public long durable() {
      return real.durable();
    }
  }
}
