package io.millrace.engine.internal.decide;

/**
 * Gives out numbers never used before (rule R13): the epoch above, a counter from 1 below. An epoch
 * that wrote anything is never used again, so neither is a number. One that is drawn and not used
 * is lost, which is no fault.
 */
final class Numbers {

  private static final int COUNTER_BITS = 43;
  private static final long COUNTER_MAX = (1L << COUNTER_BITS) - 1;
  private static final long EPOCH_MAX = (1L << (63 - COUNTER_BITS)) - 1;

  private final long base;
  // written by: decide thread
  private long counter;

  Numbers(long epoch) {
    if (epoch < 1 || epoch > EPOCH_MAX) {
      throw new IllegalArgumentException(
          "expected an epoch between 1 and " + EPOCH_MAX + ", epoch=" + epoch);
    }
    this.base = epoch << COUNTER_BITS;
  }

  long draw() {
    if (counter == COUNTER_MAX) {
      throw new IllegalStateException("no numbers are left in this epoch; reopen the engine");
    }
    return base | ++counter;
  }
}
