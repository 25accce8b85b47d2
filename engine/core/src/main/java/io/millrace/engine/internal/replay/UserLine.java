package io.millrace.engine.internal.replay;

import io.millrace.engine.OrchestrationContext;

/** Finds the line of the user's code that called the engine. */
final class UserLine {

  private static final String ENGINE = UserLine.class.getPackageName() + ".";

  private UserLine() {}

  /**
   * Returns the innermost line on the caller's stack that is neither the engine's nor the
   * platform's, as in {@code Shop.java:17 (shop.Shop.checkout)}; empty if there is none.
   */
  static String current() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> isUser(frame.getClassName()))
                    .findFirst()
                    .map(UserLine::describe)
                    .orElse(""));
  }

  private static boolean isUser(String type) {
    return !type.startsWith(ENGINE)
        && !type.startsWith("java.")
        && !type.startsWith("jdk.")
        && !type.equals(OrchestrationContext.class.getName());
  }

  private static String describe(StackWalker.StackFrame frame) {
    String method = frame.getMethodName();
    if (method.startsWith("lambda$")) {
      int end = method.lastIndexOf('$');
      method = end > 7 ? method.substring(7, end) : method;
    }
    return frame.getFileName()
        + ":"
        + frame.getLineNumber()
        + " ("
        + frame.getClassName()
        + "."
        + method
        + ")";
  }
}
