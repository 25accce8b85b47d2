package io.millrace.buffer;

import io.millrace.buffer.internal.pipeline.FutureThreads;
import io.millrace.buffer.internal.pipeline.PassThrough;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns many small writes into few transactions of a store, with no write lost once it was
 * acknowledged: mutations of your own go through a journal that is forced once for many of them,
 * and are applied to your own tables in batches. Needs no orchestration.
 *
 * <p>All mutations of one write are kept or lost together, and writes are applied in the order in
 * which they were accepted. Every method may be called by any thread.
 *
 * @param <M> mutations
 */
public final class WriteAheadBuffer<M extends Mutation> implements AutoCloseable {

  /** What a mutation counts for admission where its size is not told. */
  private static final int BYTES_ASSUMED = 256;

  private final CommandPipeline<List<M>> pipeline;
  private final @Nullable Recovery recovery;
  private final Executor futures;
  private final @Nullable FutureThreads ownThreads;

  private WriteAheadBuffer(
      CommandPipeline<List<M>> pipeline, @Nullable Recovery recovery, BufferOptions options) {
    this.pipeline = pipeline;
    this.recovery = recovery;
    Executor given = options.futureExecutor();
    ownThreads = given == null ? new FutureThreads() : null;
    futures = ownThreads == null ? Objects.requireNonNull(given) : ownThreads;
  }

  /**
   * Opens a data directory, recovers it and begins to accept. Blocks until all that the journal
   * holds is in the store.
   *
   * @param directory the data directory; made if absent
   * @param store opens the store in it; the buffer closes it
   * @param codec makes codecs for the journal's records
   * @throws BufferOpenException as {@link Pipelines#recover}
   */
  public static <M extends Mutation, S extends Store<M>> WriteAheadBuffer<M> open(
      Path directory, StoreOpener<S> store, MutationCodec.Factory<M> codec, BufferOptions options) {
    RecoveredPipeline<M, S> recovered = Pipelines.recover(directory, store, codec, options);
    return new WriteAheadBuffer<>(
        recovered.start(new PassThrough<>()), recovered.recovery(), options);
  }

  /**
   * Makes one without directory and journal, see {@link Pipelines#inMemory}.
   *
   * @param store where mutations go; the buffer closes it
   */
  public static <M extends Mutation> WriteAheadBuffer<M> inMemory(
      Store<M> store, BufferOptions options) {
    return new WriteAheadBuffer<>(
        Pipelines.inMemory(store, new PassThrough<>(), options), null, options);
  }

  /**
   * Writes at the level of the options.
   *
   * @param mutations kept or lost together
   * @return as {@link #write(List, Durability, int)}
   */
  @SafeVarargs
  public final CompletableFuture<Long> write(M... mutations) {
    List<M> copy = new ArrayList<>(mutations.length);
    for (M mutation : mutations) {
      copy.add(mutation);
    }
    return write(copy, pipeline.level());
  }

  /** Writes at the level of the options; see {@link #write(List, Durability, int)}. */
  public CompletableFuture<Long> write(List<M> mutations) {
    return write(mutations, pipeline.level());
  }

  /** Writes at a level; see {@link #write(List, Durability, int)}. */
  public CompletableFuture<Long> write(List<M> mutations, Durability level) {
    long bytes = (long) mutations.size() * BYTES_ASSUMED;
    return write(mutations, level, (int) Math.min(bytes, Integer.MAX_VALUE));
  }

  /**
   * Writes. Blocks or refuses, as the {@link BackpressurePolicy} says, while there is no room; does
   * not wait for the write.
   *
   * @param mutations kept or lost together; not to be changed afterwards
   * @param level what the future waits for; below {@link Durability#SYNCED} an acknowledged write
   *     can be lost, as the level says
   * @param bytes about how many bytes they hold, for admission by size
   * @return completed, by the options' executor, with the position of the write once it is durable
   *     at the level; fails with {@link RecordTooLargeException}, {@link BufferFailedException} or
   *     {@link BufferClosedException}
   * @throws BackpressureException if there was no room in time
   * @throws UnreachableDurabilityException if the sync policy can never reach the level
   * @throws BufferFailedException if the buffer has failed
   * @throws BufferClosedException if it is closed
   */
  public CompletableFuture<Long> write(List<M> mutations, Durability level, int bytes) {
    CompletableFuture<Long> future = new CompletableFuture<>();
    pipeline.submit(
        mutations,
        bytes,
        level,
        new Acknowledgement() {
          @Override
          public void acknowledged(long position) {
            futures.execute(() -> future.complete(position));
          }

          @Override
          public void failed(RuntimeException cause) {
            futures.execute(() -> future.completeExceptionally(cause));
          }
        });
    return future;
  }

  /**
   * Waits until everything written before is in the store, under any flush policy.
   *
   * @throws BarrierTimeoutException if the time passed first
   * @throws BackpressureException if there was no room to ask
   * @throws InterruptedException if the calling thread was interrupted
   */
  public void flush(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Last last = new Last();
    pipeline.submit(List.of(), 0, Durability.ACCEPTED, last);
    long position = last.await(timeout);
    long left = Math.max(0, deadline - System.nanoTime());
    awaitApplied(position, Duration.ofNanos(left));
  }

  /**
   * Waits until a write is in the store, under any flush policy.
   *
   * @param position what its future was completed with
   * @throws BarrierTimeoutException if the time passed first
   * @throws InterruptedException if the calling thread was interrupted
   */
  public void awaitApplied(long position, Duration timeout) throws InterruptedException {
    pipeline.awaitDurable(position, Durability.APPLIED, timeout);
  }

  /** Returns how far each stage has come. */
  public Progress progress() {
    return pipeline.progress();
  }

  /** Returns what was done since opening. */
  public PipelineStatistics statistics() {
    return pipeline.statistics();
  }

  /** Returns all figures of this moment. Any thread; some microseconds; holds nobody up. */
  public MetricsSnapshot metrics() {
    return pipeline.metrics();
  }

  /** Returns what opening found and did; empty in memory. */
  public Optional<Recovery> recovery() {
    return Optional.ofNullable(recovery);
  }

  /** Returns the first fault, empty while all is well. */
  public Optional<Throwable> failure() {
    return pipeline.failure();
  }

  /**
   * Has the store catch up by another policy from now on. Changes nothing of what can be lost. Does
   * not block.
   */
  public void flushPolicy(FlushPolicy policy) {
    pipeline.flushPolicy(policy);
  }

  /** Returns how it fares. Any thread, cheap. */
  public Health health() {
    return pipeline.health();
  }

  /**
   * Tells someone how it fares: now, and whenever that changes; on the executor that completes
   * futures. See {@link CommandPipeline#onHealthChange}.
   */
  public HealthSubscription onHealthChange(Consumer<? super Health> listener) {
    return pipeline.onHealthChange(futures, listener);
  }

  /**
   * Closes, see {@link CommandPipeline#close}: what was acknowledged is kept, what the store has
   * not caught up with in time the next opening applies. Idempotent.
   */
  @Override
  public void close() {
    pipeline.close();
    if (ownThreads != null) {
      ownThreads.close();
    }
  }

  /** Learns the position of the last write before it. */
  private static final class Last implements Acknowledgement {

    private final CountDownLatch done = new CountDownLatch(1);
    // written by: the thread that answers, before the latch
    private long position;
    private @Nullable RuntimeException failure;

    @Override
    public void acknowledged(long last) {
      position = last;
      done.countDown();
    }

    @Override
    public void failed(RuntimeException cause) {
      failure = cause;
      done.countDown();
    }

    long await(Duration timeout) throws InterruptedException {
      if (!done.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new BarrierTimeoutException(
            "what was written before the flush was not decided in time, timeout=" + timeout, null);
      }
      if (failure != null) {
        throw failure;
      }
      return position;
    }
  }
}
