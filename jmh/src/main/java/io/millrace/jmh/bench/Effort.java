package io.millrace.jmh.bench;

/** How much time the runs get. */
public enum Effort {
  /** Seconds, in this process: proves that all of it works, and no figure. */
  SMOKE,
  /** All suites in about five minutes. */
  QUICK,
  /** All suites in at most 100 minutes. */
  FULL;

  /** Returns one of three values. */
  public <T> T pick(T smoke, T quick, T full) {
    return switch (this) {
      case SMOKE -> smoke;
      case QUICK -> quick;
      case FULL -> full;
    };
  }
}
