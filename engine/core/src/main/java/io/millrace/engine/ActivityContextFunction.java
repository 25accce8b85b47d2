package io.millrace.engine;

import org.jspecify.annotations.Nullable;

/**
 * The code of an activity that wants to know about its call. Otherwise as {@link ActivityFunction}.
 *
 * @param <I> what it is given
 * @param <O> what it returns
 */
@FunctionalInterface
public interface ActivityContextFunction<I extends @Nullable Object, O extends @Nullable Object> {

  /**
   * Runs on a thread of its pool; may block.
   *
   * @param context about this call
   * @param input a copy of its own
   * @return what the caller's {@code await()} gives
   * @throws Exception to fail the step; recorded as type name, message and stack text
   */
  O run(ActivityContext context, I input) throws Exception;
}
