package io.millrace.engine.internal.runtime;

/** Tells the time, and does things at one. Any thread. */
interface AlarmClock {

  /** Returns Unix time in milliseconds. */
  long nowMillis();

  /**
   * Does something at a time, never early. Never blocks.
   *
   * @param millis Unix time; at once, nearly, if it is over
   * @param action must not block, nor run a user's code
   */
  Alarms.Alarm at(long millis, Runnable action);
}
