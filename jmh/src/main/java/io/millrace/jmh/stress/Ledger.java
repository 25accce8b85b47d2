package io.millrace.jmh.stress;

import java.util.Arrays;

/**
 * The client's own record of what it started and what came of it, kept outside the engine: for each
 * orchestration a digest of the result it must have. Written by the load generator and the threads
 * that complete results; guarded by itself.
 */
final class Ledger {

  private static final byte STARTED = 1;
  private static final byte COMPLETED = 2;

  private final FanOut workload;
  private byte[] states = new byte[1 << 12];
  private int count;

  Ledger(FanOut workload) {
    this.workload = workload;
  }

  /** Notes that the next orchestration is started; returns its index. */
  synchronized int start() {
    if (count == states.length) {
      states = Arrays.copyOf(states, count * 2);
    }
    states[count] = STARTED;
    return count++;
  }

  /**
   * Notes that the engine reported a result.
   *
   * @return whether it is the right one
   */
  boolean complete(int index, String result) {
    boolean right = workload.expectedResult(index).equals(result);
    synchronized (this) {
      if (right) {
        states[index] = COMPLETED;
      }
    }
    return right;
  }

  /** Returns how many were started. */
  synchronized int started() {
    return count;
  }

  /** Tells whether a result was reported for an orchestration. */
  synchronized boolean isCompleted(int index) {
    return states[index] == COMPLETED;
  }
}
