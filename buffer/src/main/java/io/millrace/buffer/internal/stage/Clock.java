package io.millrace.buffer.internal.stage;

/** Monotonic time, so that a test can hold it in its hand. */
@FunctionalInterface
public interface Clock {

  /** The machine's. */
  Clock SYSTEM = System::nanoTime;

  /** Returns nanoseconds since some moment; only differences mean anything. Any thread. */
  long nanos();
}
