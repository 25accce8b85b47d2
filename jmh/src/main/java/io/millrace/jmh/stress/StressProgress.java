package io.millrace.jmh.stress;

import java.time.Duration;

/** Watches a run. Called by the run's own threads; must not block. */
public interface StressProgress {

  /** Watches nothing. */
  StressProgress NONE =
      new StressProgress() {
        @Override
        public void phase(Phase phase, Duration expected) {}

        @Override
        public void tick(long completed, double perSecond) {}
      };

  /** A part of the run. */
  enum Phase {
    /** Orchestrations are started and not yet counted. */
    WARMUP,
    /** Orchestrations are started and counted. */
    MEASURE,
    /** What was started is awaited. */
    DRAIN,
    /** The directory is opened again and checked. */
    VERIFY
  }

  /**
   * A part begins.
   *
   * @param phase which
   * @param expected how long it will take, zero if that is not known
   */
  void phase(Phase phase, Duration expected);

  /**
   * About ten times a second.
   *
   * @param completed orchestrations completed so far, or checked so far in {@link Phase#VERIFY}
   * @param perSecond the rate since the last call
   */
  void tick(long completed, double perSecond);
}
