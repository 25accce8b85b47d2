package io.millrace.engine;

import org.jspecify.annotations.Nullable;

/**
 * The code of an orchestration. It is run from its beginning at every turn, with what it asked for
 * earlier answered from history, so it must be deterministic: what it does may depend on its input,
 * on what {@link OrchestrationContext} gives it, and on nothing else (no clock, no randomness, no
 * I/O, no threads, no waiting other than {@link DurableFuture#await()}). Everything else belongs
 * into activities.
 *
 * <p>While it waits, its turn ends by an {@link Error} thrown from {@code await()}. Let errors
 * pass: a {@code catch (Throwable)} around {@code await()} cannot go on, it is only reported.
 *
 * @param <I> what it is given
 * @param <O> what it returns
 */
@FunctionalInterface
public interface OrchestrationFunction<I extends @Nullable Object, O extends @Nullable Object> {

  /**
   * Runs, from the beginning, once a turn, on some thread of the engine.
   *
   * @param context what it may ask for; valid during this call, on this thread
   * @param input what the instance was started with; a copy of its own
   * @return the instance's result
   * @throws Exception to fail the instance, with this as the recorded failure
   */
  O run(OrchestrationContext context, I input) throws Exception;
}
