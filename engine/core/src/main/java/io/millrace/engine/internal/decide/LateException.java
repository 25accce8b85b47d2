package io.millrace.engine.internal.decide;

/**
 * A completion whose number is not live any more: refused, and nothing changes. Flow control, so
 * without a stack.
 */
final class LateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("StaticAssignmentOfThrowable") // stackless, so it holds nothing
  static final LateException INSTANCE = new LateException();

  private LateException() {
    super("late or repeated", null, false, false);
  }
}
