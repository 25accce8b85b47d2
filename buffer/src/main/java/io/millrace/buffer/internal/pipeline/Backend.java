package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.Health;
import io.millrace.buffer.internal.stage.Stage;
import io.millrace.buffer.metrics.MetricsSnapshot;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What lies behind decide: a journal and a flusher, or a store in memory. */
interface Backend {

  /** Returns the stage that takes what was decided. */
  Stage commit();

  /** Starts the threads behind commit. */
  void start();

  /**
   * Refuses a level that can never be reached.
   *
   * @throws io.millrace.buffer.UnreachableDurabilityException if so
   */
  void checkCommand(Durability level);

  /** The same for a wait without a command. */
  void checkWait(Durability level);

  /** Tells whether the caller is one of the threads behind commit. */
  boolean isOwnThread();

  /** Says what the stages behind commit are doing. */
  String describe();

  /** Has the store catch up by another policy, if it is ever behind. */
  void flushPolicy(FlushPolicy policy);

  /** Returns why the store is being tried again, or null. */
  @Nullable Throwable stumble();

  /**
   * Lets the store catch up for as long as the options allow, and ends its threads.
   *
   * @return whether they ended, so that nothing uses the files any more
   */
  boolean drain();

  /** Gives files back. No thread of the pipeline runs any more. */
  void release();

  /** Has the live page of the data directory show these figures, if there is one. */
  void show(Supplier<MetricsSnapshot> figures, Supplier<Health> health);

  /** Returns the number of this life. */
  long epoch();
}
