package io.millrace.sample;

/** Where goods wait for a truck; there is one at once unless someone arranges otherwise. */
interface Dock {

  /** Waits for a truck. */
  void awaitTruck() throws InterruptedException;
}
