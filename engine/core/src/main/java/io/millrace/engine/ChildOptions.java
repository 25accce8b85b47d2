package io.millrace.engine;

import org.jspecify.annotations.Nullable;

/**
 * How a child orchestration is started. Immutable; begin with {@link #DEFAULTS}.
 *
 * @param id the child's id, null for one that is made from the parent's: {@code
 *     <parent>/<execution>.<event>}, the same at every replay
 */
public record ChildOptions(@Nullable String id) {

  /** An id made from the parent's. */
  public static final ChildOptions DEFAULTS = new ChildOptions(null);

  /**
   * Returns options with an id of one's own. If an instance of that id exists, the child is not
   * started and the step fails with {@code Failure.ChildFailed}.
   *
   * @param id 1 to {@link EngineLimits#idCharsMax} characters, no control characters; checked where
   *     the child is asked for
   */
  public ChildOptions withId(String id) {
    return new ChildOptions(id);
  }
}
