package io.millrace.engine.internal.runtime;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Completes what clients wait for, away from the pipeline's threads (rule R23). Everything passes
 * through one thread of the engine's own, because even handing over to a user's executor runs the
 * user's code.
 */
final class Callbacks {

  private final Crew<Runnable> crew;
  private final @Nullable Executor executor;

  Callbacks(Object owner, @Nullable Executor executor) {
    this.executor = executor;
    this.crew =
        new Crew<>(
            owner,
            EngineThread.Role.CALLBACK,
            "millrace-callback",
            1,
            executor == null ? Runnable::run : this::forward);
  }

  private void forward(Runnable task) {
    try {
      Objects.requireNonNull(executor).execute(task);
    } catch (RejectedExecutionException e) {
      // An executor that was shut down before the engine: better completed here than never.
      task.run();
    }
  }

  Crew<Runnable> crew() {
    return crew;
  }

  /** Any thread; never blocks. */
  void execute(Runnable task) {
    crew.offer(task);
  }
}
