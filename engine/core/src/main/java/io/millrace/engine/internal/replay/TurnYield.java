package io.millrace.engine.internal.replay;

/**
 * Ends a turn: thrown by {@code await()} when what is awaited is not there, and again by every use
 * of the context after that. Preallocated and without a stack, so it costs almost nothing. An
 * error, so that a {@code catch (Exception)} in the user's code lets it pass.
 */
final class TurnYield extends Error {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("StaticAssignmentOfThrowable") // immutable: no stack, no suppressed ones
  static final TurnYield YIELD = new TurnYield();

  private TurnYield() {
    super("the turn ends here; an orchestration lets this pass", null, false, false);
  }
}
