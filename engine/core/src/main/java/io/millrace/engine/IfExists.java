package io.millrace.engine;

/** What {@code start} does about an id that is taken. */
public enum IfExists {
  /**
   * Returns the handle of the instance that is there, live or finished, so that a program run twice
   * resumes. Refused if it runs another orchestration.
   */
  RETURN,
  /** Refuses. */
  REFUSE,
  /**
   * Starts one that has ended anew, as the next execution of the same instance, with nothing of the
   * last; returns the handle of one that has not. Refused if it runs another orchestration.
   */
  RESTART_FINISHED
}
