package io.millrace.engine.internal.decide;

/**
 * Asks for the turns of an instance that is in memory without them to be read from the store.
 * Answered by a {@link HistoryRead}. Immutable; each is itself alone.
 */
public final class HistoryRequest {

  private final long number;
  private final int execution;
  private final int turns;

  HistoryRequest(long number, int execution, int turns) {
    this.number = number;
    this.execution = execution;
    this.turns = turns;
  }

  /** Returns the instance's number. */
  long number() {
    return number;
  }

  int execution() {
    return execution;
  }

  /** Returns how many turns it has completed. */
  int turns() {
    return turns;
  }

  /** Returns what is asked for. */
  @Override
  public String toString() {
    return "instance=" + number + " execution=" + execution + " turns=" + turns;
  }
}
