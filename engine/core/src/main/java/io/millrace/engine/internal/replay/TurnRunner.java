package io.millrace.engine.internal.replay;

/** Runs turns. The seam behind which a run that was kept, instead of replayed, can stand later. */
public interface TurnRunner {

  /**
   * Runs the user's code through one turn, on the caller's thread.
   *
   * @throws VirtualMachineError if the virtual machine failed (out of memory): nothing is known of
   *     the turn then, and it may be run again
   */
  TurnOutcome run(Turn turn);
}
