package io.millrace.engine;

/**
 * What one instance, command or turn may take. Immutable; begin with {@link #defaults}. A command
 * that would pass a limit is refused before it is handed in; a turn that does sets its instance
 * aside with both numbers.
 *
 * @param payloadBytesMax the size of one input, result or event in bytes, encoded
 * @param idCharsMax the length of an instance's id in characters
 * @param historyEventsMax the events of one execution
 * @param bufferedEventsMax the raised events of an instance that no wait has taken
 * @param turnActionsMax what one turn may newly ask for
 * @param openTasksMax the activities of an instance that have not completed
 * @param turnMessagesMax the messages that one turn takes; once that many wait, a turn is run even
 *     if none of them is what the code waits for
 * @param stackTextCharsMax the length of a recorded stack trace in characters
 */
public record EngineLimits(
    int payloadBytesMax,
    int idCharsMax,
    int historyEventsMax,
    int bufferedEventsMax,
    int turnActionsMax,
    int openTasksMax,
    int turnMessagesMax,
    int stackTextCharsMax) {

  private static final int MIB = 1 << 20;

  /** Checks the ranges. */
  public EngineLimits {
    check("payloadBytesMax", payloadBytesMax, 64, 64 * MIB);
    check("idCharsMax", idCharsMax, 8, 1024);
    check("historyEventsMax", historyEventsMax, 8, 10_000_000);
    check("bufferedEventsMax", bufferedEventsMax, 1, 1_000_000);
    check("turnActionsMax", turnActionsMax, 1, 1_000_000);
    check("openTasksMax", openTasksMax, 1, 1_000_000);
    check("turnMessagesMax", turnMessagesMax, 1, 1_000_000);
    check("stackTextCharsMax", stackTextCharsMax, 0, MIB);
  }

  /** Returns the defaults. */
  public static EngineLimits defaults() {
    return new EngineLimits(MIB, 256, 200_000, 10_000, 20_000, 100_000, 10_000, 8_192);
  }

  /** Returns limits that differ in {@link #payloadBytesMax}. */
  public EngineLimits withPayloadBytesMax(int value) {
    return new EngineLimits(
        value,
        idCharsMax,
        historyEventsMax,
        bufferedEventsMax,
        turnActionsMax,
        openTasksMax,
        turnMessagesMax,
        stackTextCharsMax);
  }

  /** Returns limits that differ in {@link #historyEventsMax}. */
  public EngineLimits withHistoryEventsMax(int value) {
    return new EngineLimits(
        payloadBytesMax,
        idCharsMax,
        value,
        bufferedEventsMax,
        turnActionsMax,
        openTasksMax,
        turnMessagesMax,
        stackTextCharsMax);
  }

  /** Returns limits that differ in {@link #bufferedEventsMax}. */
  public EngineLimits withBufferedEventsMax(int value) {
    return new EngineLimits(
        payloadBytesMax,
        idCharsMax,
        historyEventsMax,
        value,
        turnActionsMax,
        openTasksMax,
        turnMessagesMax,
        stackTextCharsMax);
  }

  /** Returns limits that differ in {@link #turnActionsMax}. */
  public EngineLimits withTurnActionsMax(int value) {
    return new EngineLimits(
        payloadBytesMax,
        idCharsMax,
        historyEventsMax,
        bufferedEventsMax,
        value,
        openTasksMax,
        turnMessagesMax,
        stackTextCharsMax);
  }

  /** Returns limits that differ in {@link #openTasksMax}. */
  public EngineLimits withOpenTasksMax(int value) {
    return new EngineLimits(
        payloadBytesMax,
        idCharsMax,
        historyEventsMax,
        bufferedEventsMax,
        turnActionsMax,
        value,
        turnMessagesMax,
        stackTextCharsMax);
  }

  /** Returns limits that differ in {@link #turnMessagesMax}. */
  public EngineLimits withTurnMessagesMax(int value) {
    return new EngineLimits(
        payloadBytesMax,
        idCharsMax,
        historyEventsMax,
        bufferedEventsMax,
        turnActionsMax,
        openTasksMax,
        value,
        stackTextCharsMax);
  }

  private static void check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must lie between " + min + " and " + max + ", " + name + "=" + value);
    }
  }
}
