package io.millrace.buffer;

/** How far the store lags, or how full the disk is, as it concerns admission (rule R24). */
public enum Pressure {
  /** Everything is admitted. */
  NONE,
  /** Clients' new commands wait or are refused; all else goes on. */
  CLIENTS_HELD,
  /**
   * Besides, a decider should release no new turns and activities; completions and cancels still
   * enter.
   */
  RELEASES_HELD
}
