package io.millrace.engine.internal.runtime;

/**
 * Threads that run items, each once, in the order offered.
 *
 * @param <T> items
 */
interface Lane<T> {

  /** Makes it run what is offered. */
  void start();

  /** Hands an item over. Any thread; never blocks. */
  void offer(T item);

  /** Returns how many items wait, about. Any thread, cheap. */
  long queued();

  /** Takes nothing more; items in work are finished, others stay. */
  void stop();

  /** Interrupts what runs. */
  void interrupt();

  /**
   * Waits for what runs to end.
   *
   * @return whether it did before the time was over
   */
  boolean join(long nanos) throws InterruptedException;
}
