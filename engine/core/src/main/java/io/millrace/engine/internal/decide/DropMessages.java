package io.millrace.engine.internal.decide;

import io.millrace.buffer.Decision;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.Table;
import java.util.List;

/**
 * Messages that were found at the open, for instances that have ended or are gone, go (rule R20).
 */
public final class DropMessages extends Command {

  private final List<Long> messages;

  DropMessages(long atMillis, List<Long> messages) {
    super(atMillis);
    this.messages = messages;
  }

  @Override
  void decide(EngineState state, Decision<RowMutation> decision) {
    for (long message : messages) {
      decision.mutate(new RowMutation.Delete(RowKey.of(Table.INBOX, message)));
    }
  }

  @Override
  void decided(EngineState state, Decision<RowMutation> decision) {}

  /** They stay, and are found again at the next open. */
  @Override
  void decideTooLarge(EngineState state, long bytes, long limit, Decision<RowMutation> decision) {}
}
