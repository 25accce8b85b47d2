package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Decider;
import io.millrace.buffer.Decision;
import io.millrace.buffer.RecordTooLargeException;
import io.millrace.storage.Mutation;
import java.util.List;

/**
 * The decider of those who have nothing to decide: every command is its own mutations.
 *
 * @param <M> mutations
 */
public final class PassThrough<M extends Mutation> implements Decider<List<M>, M> {

  @Override
  public void decide(List<M> mutations, Decision<M> decision) {
    for (int i = 0; i < mutations.size(); i++) {
      decision.mutate(mutations.get(i));
    }
  }

  @Override
  public void decided(List<M> mutations, Decision<M> decision) {}

  @Override
  public void decideTooLarge(List<M> mutations, long bytes, long limit, Decision<M> decision) {
    decision.refuse(
        new RecordTooLargeException(
            "a write must fit into one record, recordBytes="
                + bytes
                + " or more, recordBytesMax="
                + limit
                + " mutations="
                + mutations.size()
                + "; write less at once, or raise the limit"));
  }
}
