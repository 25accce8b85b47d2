package io.millrace.buffer;

import io.millrace.buffer.metrics.MetricsSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A running pipeline: commands go in, a {@link Decider} turns them into mutations, and those become
 * durable.
 *
 * @param <C> commands
 */
public interface CommandPipeline<C> extends AutoCloseable {

  /**
   * Hands in a client's command. Blocks or refuses, as the {@link BackpressurePolicy} says, while
   * clients are held; does not wait for the outcome.
   *
   * @param command what to decide
   * @param bytes about how many bytes it holds, for admission by size
   * @param level what the acknowledgement waits for
   * @param acknowledgement hears the outcome, once; not called if this method throws
   * @throws BackpressureException if there was no room, or no time left to wait for it; nothing was
   *     handed in
   * @throws IllegalArgumentException if {@code bytes} is negative or more than all byte permits
   *     together; nothing was handed in
   * @throws UnreachableDurabilityException if the sync policy can never reach the level; nothing
   *     was handed in
   * @throws BufferFailedException if the pipeline has failed; carries the first cause
   * @throws BufferClosedException if it is closed
   */
  void submit(C command, int bytes, Durability level, Acknowledgement acknowledgement);

  /**
   * Hands in a command of the process itself, one that drains work: a completion, a fired timer. Is
   * never held back for clients' sake; waits only while the ring is full, which ends by itself
   * (rule R24). Never call it from the decide or the commit thread.
   *
   * @throws BufferFailedException if the pipeline has failed
   * @throws BufferClosedException if it is closed
   */
  void publish(C command);

  /**
   * Hands in again what the decider has {@linkplain Decision#defer deferred}, with the level,
   * acknowledgement and permit that it came with; so it takes no room that was not its own (rule
   * R24). Waits only while the ring is full. Once only for each deferral. After a failure or the
   * end of the pipeline it does nothing: deferred commands hear of that by their acknowledgement.
   * Never call it from the decide or the commit thread.
   */
  void resume(C command);

  /**
   * Calls back once a position is durable at a level, at once if it is. Hurries the stage that is
   * waited for (rule R25).
   *
   * @throws UnreachableDurabilityException if the sync policy can never reach the level
   */
  void whenDurable(long position, Durability level, Acknowledgement acknowledgement);

  /**
   * Waits until a position is durable at a level; with {@link Durability#APPLIED} this is the
   * barrier before a read of the store.
   *
   * @param timeout how long to wait; then the exception names what the stage is doing
   * @throws BarrierTimeoutException if the time passed first; carries the flusher's reason if it
   *     has one
   * @throws BufferFailedException if the pipeline has failed
   * @throws InterruptedException if the calling thread was interrupted
   */
  void awaitDurable(long position, Durability level, Duration timeout) throws InterruptedException;

  /**
   * Has the store catch up by another policy from now on; until the pipeline is closed. Changes
   * nothing of what can be lost. Any thread; does not block. In memory it does nothing.
   */
  void flushPolicy(FlushPolicy policy);

  /** Returns how far each stage has come. */
  Progress progress();

  /** Returns the level that effects wait for. */
  Durability level();

  /** Returns the number of this process life, from 1; it rises at every open that writes. */
  long epoch();

  /** Returns the first fault, empty while all is well. */
  Optional<Throwable> failure();

  /** Returns how it fares. Any thread, cheap. */
  Health health();

  /**
   * Tells someone how it fares: now, and whenever that changes. A change is noticed within 100 ms.
   *
   * @param executor runs the listener, never two calls of it at once; a state that passed while it
   *     ran may be left out, the newest never is
   * @param listener may take its time; what it throws is logged
   */
  HealthSubscription onHealthChange(Executor executor, Consumer<? super Health> listener);

  /**
   * Returns all figures of this moment, see {@link io.millrace.buffer.metrics.PipelineMetrics}. Any
   * thread; some microseconds; holds nobody up.
   */
  MetricsSnapshot metrics();

  /**
   * Has the live page {@code counters} of the data directory show more than the pipeline's own
   * figures: those of its owner. In memory it does nothing.
   *
   * @param source asked about ten times a second, by a thread of the pipeline's; must not block
   */
  void show(Supplier<MetricsSnapshot> source);

  /** Returns what was done since opening. Cheap; consistent only when idle. */
  PipelineStatistics statistics();

  /**
   * Refuses new client commands from now on; commands of the process itself still enter. The first
   * step of an orderly close. Idempotent.
   */
  void refuseClients();

  /**
   * Closes: refuses everything, decides what is in the ring, forces and seals the journal, flushes
   * the store for as long as the options allow (an unflushed journal is no fault: the next open
   * goes on), and gives back files. Commands that were not decided hear {@link
   * BufferClosedException}. Idempotent; any thread but those of the pipeline.
   */
  @Override
  void close();
}
