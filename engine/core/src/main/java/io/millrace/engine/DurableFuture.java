package io.millrace.engine;

import org.jspecify.annotations.Nullable;

/**
 * Something that an orchestration asked for and that may take years: an activity's result, a timer,
 * an event, or a combination of these. Belongs to one turn of one orchestration; used on its thread
 * only.
 *
 * @param <T> what it gives
 */
public interface DurableFuture<T extends @Nullable Object> {

  /**
   * Gives the result, or ends the turn until it is there. The result is decoded anew at every call,
   * so nobody else holds the object.
   *
   * @return the result
   * @throws StepFailedException if the step failed, timed out or was cancelled
   * @throws OrchestrationCancelledException once, at the first {@code await()} after somebody asked
   *     the instance to stop
   */
  T await();

  /**
   * Tells whether {@link #await()} would return or throw without ending the turn. Answers the same
   * at every replay.
   */
  boolean isDone();

  /**
   * Gives it up, unless it is done: a queued activity is removed, a running one is told, a timer is
   * dropped, a wait gives up its place and takes no event; of a combination, every part that is not
   * done. From then on {@link #await()} throws {@link StepFailedException} with {@code
   * Failure.Cancelled}. The decision is in the history.
   */
  void cancel();
}
