package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.Decider;
import io.millrace.buffer.Durability;
import io.millrace.buffer.internal.batcher.KeyCoalescer;
import io.millrace.buffer.internal.stage.Clock;
import io.millrace.buffer.internal.stage.Positions;
import io.millrace.storage.Mutation;
import io.millrace.storage.Store;

/** Puts pipelines without a journal together. */
public final class MemoryPipelines {

  private MemoryPipelines() {}

  /** Makes one and starts it. */
  public static <C, M extends Mutation> RunningPipeline<C, M> start(
      Store<M> store, Decider<C, M> decider, BufferOptions options) {
    RunningPipeline<C, M> pipeline = assemble(store, decider, options, Clock.SYSTEM);
    pipeline.start();
    return pipeline;
  }

  /** Makes one that is not yet running. */
  public static <C, M extends Mutation> RunningPipeline<C, M> assemble(
      Store<M> store, Decider<C, M> decider, BufferOptions options, Clock clock) {
    if (options.level() != Durability.ACCEPTED) {
      throw MemoryBackend.unreachable(options.level());
    }
    long applied = store.applied().position();
    Plumbing plumbing = new Plumbing(options, new Positions(applied, applied, 0), clock);
    return new RunningPipeline<>(
        plumbing,
        decider,
        RecordEncoder.none(),
        ring -> new MemoryBackend<>(plumbing, ring, store, new KeyCoalescer<>()));
  }
}
