package io.millrace.buffer.metrics;

import java.time.Instant;

/**
 * User code that is being run.
 *
 * @param kind what it is a piece of
 * @param instanceId the caller's id of the instance that it runs for
 * @param name of the orchestration or the activity
 * @param attempt which attempt, from 1
 * @param since when its code was entered
 */
public record RunningWork(Kind kind, String instanceId, String name, int attempt, Instant since) {

  /** What user code is a piece of. */
  public enum Kind {
    /** An orchestration: a turn should last milliseconds. */
    TURN,
    /** An activity: as long as it takes. */
    ACTIVITY
  }
}
