package io.millrace.engine;

import io.millrace.buffer.Durability;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.SyncPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what an engine runs and how. One thread. A value that cannot work is refused at once,
 * with its name; what contradicts each other is refused by {@link #open}. Nothing is corrected
 * silently.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class MillraceBuilder {

  private final @Nullable Path directory;

  MillraceBuilder(@Nullable Path directory) {
    this.directory = directory;
  }

  /**
   * Registers an orchestration's code.
   *
   * @throws IllegalArgumentException if that name and version is registered already
   */
  public <I extends @Nullable Object, O extends @Nullable Object> MillraceBuilder orchestration(
      Orchestration<I, O> orchestration, OrchestrationFunction<I, O> code) {
    return this;
  }

  /**
   * Registers an activity's code.
   *
   * @throws IllegalArgumentException if that name is registered already
   */
  public <I extends @Nullable Object, O extends @Nullable Object> MillraceBuilder activity(
      Activity<I, O> activity, ActivityFunction<I, O> code) {
    return this;
  }

  /** As {@link #activity}, for code that wants to know about its call. */
  public <I extends @Nullable Object, O extends @Nullable Object>
      MillraceBuilder activityWithContext(
          Activity<I, O> activity, ActivityContextFunction<I, O> code) {
    return this;
  }

  /** Sets how many threads run turns; 2 unless set; 1 to 1024. */
  public MillraceBuilder orchestrationWorkers(int threads) {
    return this;
  }

  /** Sets how many threads the default pool of activities has; 2 unless set; 1 to 10,000. */
  public MillraceBuilder activityWorkers(int threads) {
    return this;
  }

  /**
   * Adds a pool of its own for activities with a tag; without one they run in the default pool.
   *
   * @param tag as in {@link Activity#withTag}
   * @param threads 1 to 10,000
   */
  public MillraceBuilder pool(String tag, int threads) {
    return this;
  }

  /**
   * Sets the engine's level: what must hold before activities start and clients see anything;
   * {@link Durability#SYNCED} unless set.
   */
  public MillraceBuilder durability(Durability level) {
    return this;
  }

  /** Sets when the journal is forced; every batch unless set. */
  public MillraceBuilder sync(SyncPolicy policy) {
    return this;
  }

  /** Sets what holds the journal's bytes; Chronicle unless set. */
  public MillraceBuilder flush(io.millrace.buffer.FlushPolicy policy) {
    return this;
  }

  public MillraceBuilder journal(JournalKind kind) {
    return this;
  }

  /** Sets what one instance, command or turn may take. */
  public MillraceBuilder limits(EngineLimits limits) {
    return this;
  }

  /** Sets the clock; the system's UTC clock unless set. */
  public MillraceBuilder clock(Clock clock) {
    return this;
  }

  /**
   * Sets what completes the futures of clients, and so runs what is chained to them; one thread of
   * the engine unless set.
   */
  public MillraceBuilder callbacks(Executor executor) {
    return this;
  }

  /**
   * Opens the engine: recovers what the directory holds and goes on with it.
   *
   * @throws io.millrace.buffer.BufferOpenException if the directory cannot be opened; says what was
   *     found, where, and what to do
   * @throws IllegalArgumentException if options contradict each other
   * @throws io.millrace.buffer.UnreachableDurabilityException if the level can never be reached
   */
  public Millrace open() {
    throw new UnsupportedOperationException("not there yet: " + directory);
  }
}
