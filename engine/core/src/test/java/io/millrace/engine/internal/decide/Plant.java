package io.millrace.engine.internal.decide;

/** What is wrong on purpose in a simulated engine, so that it is known that the oracle sees it. */
enum Plant {
  NOTHING,
  /** Instances leave memory though the store has not applied all of them. */
  LEAVES_TOO_SOON,
  /** What was written to an instance while it was read is not laid over it. */
  NO_OVERLAY,
  /** Two reads of an id are under way. */
  ANSWER_TWICE,
  /** The timers beyond the horizon are not read. */
  NO_SCAN,
  /** A fired timer stays open, so that it fires again in the next life. */
  TIMER_TWICE,
  /** What a deleted instance's activity reports late is taken for its id's next instance. */
  LATE_AFTER_DELETE,
  /** What an earlier delivery of a turn came to is taken for what the running one came to. */
  LATE_TURN,
  /** An instance may leave memory while it is being read. */
  NOT_HELD
}
