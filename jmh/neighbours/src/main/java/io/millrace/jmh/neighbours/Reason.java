package io.millrace.jmh.neighbours;

/** Says in one line why something failed. */
final class Reason {

  private static final int CHARACTERS_MAX = 400;

  private Reason() {}

  /** Returns the messages of a failure and its causes, each that adds something. */
  static String of(Throwable failure) {
    StringBuilder said = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      if (said.indexOf(message) < 0) {
        said.append(said.length() == 0 ? "" : ", because: ").append(message);
      }
    }
    String line = said.toString().replaceAll("\\s+", " ");
    return line.length() <= CHARACTERS_MAX ? line : line.substring(0, CHARACTERS_MAX) + " ...";
  }
}
