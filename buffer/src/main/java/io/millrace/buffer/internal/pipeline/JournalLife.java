package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.Decider;
import io.millrace.buffer.Durability;
import io.millrace.buffer.Health;
import io.millrace.buffer.Progress;
import io.millrace.buffer.internal.batcher.Checkpoints;
import io.millrace.buffer.internal.batcher.Coalescer;
import io.millrace.buffer.internal.batcher.FlushSource;
import io.millrace.buffer.internal.batcher.FlushStage;
import io.millrace.buffer.internal.batcher.KeyCoalescer;
import io.millrace.buffer.internal.batcher.RecordFolder;
import io.millrace.buffer.internal.counters.CountersPage;
import io.millrace.buffer.internal.journal.Journal;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.stage.Clock;
import io.millrace.buffer.internal.stage.Positions;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.Store;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One process life over a journal: first the flusher alone, catching up, then the whole pipeline.
 *
 * @param <M> mutations
 */
public final class JournalLife<M extends Mutation> {

  private final Parts<M> parts;
  private final BufferOptions options;
  private final Plumbing plumbing;
  private final FlushStage<M> flush;
  private final PrepareStage prepare;
  private final Runnable release;
  // written by: the thread that opens
  private @Nullable CountersPage page;

  /**
   * What a life is made of.
   *
   * @param journal recovered
   * @param storage what it is written to
   * @param store opened, at or below the journal's end
   * @param codecs makes codecs
   * @param coalescers makes what folds a batch, where the codec cannot tell keys from forms
   * @param readLimit how far the flusher may read
   */
  public record Parts<M extends Mutation>(
      Journal journal,
      SegmentStorage storage,
      Store<M> store,
      MutationCodec.Factory<M> codecs,
      Supplier<Coalescer<M>> coalescers,
      ToLongFunction<Progress> readLimit) {

    /** With the ordinary way of folding, and reading up to what is synced. */
    public Parts(
        Journal journal, SegmentStorage storage, Store<M> store, MutationCodec.Factory<M> codecs) {
      this(journal, storage, store, codecs, KeyCoalescer::new, Progress::synced);
    }
  }

  /**
   * Makes one.
   *
   * @param release gives journal, store and directory back, once nothing runs any more
   */
  public JournalLife(Parts<M> parts, BufferOptions options, Clock clock, Runnable release) {
    this.parts = parts;
    this.options = options;
    this.release = release;
    Store<M> store = parts.store();
    Positions positions =
        new Positions(
            parts.journal().report().last().position(),
            store.applied().position(),
            Math.min(store.durablePosition(), store.applied().position()));
    plumbing = new Plumbing(options, positions, clock);
    Checkpoints checkpoints =
        new Checkpoints(
            store,
            parts.journal().retention(),
            options.checkpointPolicy(),
            positions,
            plumbing.counters,
            clock);
    MutationCodec<M> codec = parts.codecs().newCodec();
    flush =
        new FlushStage<>(
            new FlushSource<>(
                parts.journal().tail(store.applied()),
                store,
                () -> parts.readLimit().applyAsLong(positions)),
            RecordFolder.of(codec, parts.coalescers()),
            checkpoints,
            plumbing.flushAlarm,
            new WhenApplied(plumbing),
            options,
            positions,
            plumbing.fault,
            plumbing.counters,
            clock);
    prepare =
        new PrepareStage(
            parts.storage(),
            parts.journal().writer(),
            plumbing.admission,
            plumbing.permits::wakeFirst,
            options,
            clock);
  }

  /** Returns what its stages hang on. */
  public Plumbing plumbing() {
    return plumbing;
  }

  /** Returns the flusher. */
  public FlushStage<M> flush() {
    return flush;
  }

  PrepareStage prepare() {
    return prepare;
  }

  long epoch() {
    return parts.journal().epoch();
  }

  /** Gives it the page on which it is to show its figures. Before it is assembled. */
  void showOn(CountersPage counters) {
    page = counters;
  }

  void show(Supplier<MetricsSnapshot> figures, Supplier<Health> health) {
    CountersPage to = page;
    if (to != null) {
      to.show(figures, health);
    }
  }

  void release() {
    release.run();
  }

  /** Puts the whole pipeline together, not yet running. */
  public <C> RunningPipeline<C, M> assemble(Decider<C, M> decider) {
    plumbing.positions.caughtUp();
    return new RunningPipeline<>(
        plumbing,
        decider,
        RecordEncoder.journal(parts.codecs().newCodec(), options.recordBytesMax()),
        ring ->
            new JournalBackend(
                this,
                new CommitStage<>(
                    ring,
                    parts.journal().writer(),
                    options,
                    plumbing.positions,
                    plumbing.waiters,
                    plumbing.flushAlarm,
                    plumbing.forceRequests,
                    plumbing.fault,
                    plumbing.counters,
                    plumbing.clock,
                    plumbing.diskWait)));
  }

  private record WhenApplied(Plumbing plumbing) implements FlushStage.Listener {
    @Override
    public void forceWanted(long position) {
      plumbing.forceRequests.request(position);
    }

    @Override
    public void applied() {
      plumbing.waiters.of(Durability.APPLIED).complete();
      plumbing.permits.wakeFirst();
      if (plumbing.options.level() == Durability.APPLIED) {
        plumbing.commitBell.ring();
      }
    }
  }
}
