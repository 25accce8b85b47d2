package io.millrace.engine;

import org.jspecify.annotations.Nullable;

/**
 * The code of an activity: where an orchestration touches the world. It runs at least once: after a
 * crash it may run again although it had finished. Its result is recorded exactly once.
 *
 * @param <I> what it is given
 * @param <O> what it returns
 */
@FunctionalInterface
public interface ActivityFunction<I extends @Nullable Object, O extends @Nullable Object> {

  /**
   * Runs on a thread of its pool; may block.
   *
   * @param input a copy of its own
   * @return what the caller's {@code await()} gives
   * @throws Exception to fail the step; recorded as type name, message and stack text
   */
  O run(I input) throws Exception;
}
