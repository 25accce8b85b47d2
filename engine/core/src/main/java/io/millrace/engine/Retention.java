package io.millrace.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of instances and executions that have ended (C41). Immutable; begin with {@link
 * #forever} and narrow it down. What goes is deleted as {@link Instances#purge} deletes: with the
 * whole tree, never what runs, never a child before its root.
 *
 * @param finishedFor how long an instance is kept after it has ended, at least one second; null for
 *     ever. It may stay up to a tenth of that longer, a minute at most
 * @param finishedMax how many ended instances without a parent are kept; beyond that those that
 *     were started first go. {@link Long#MAX_VALUE} for no limit
 * @param executionsMax how many earlier executions of an instance that continued as new are kept,
 *     from 1; {@link Integer#MAX_VALUE} for no limit. The current one always is
 */
public record Retention(@Nullable Duration finishedFor, long finishedMax, int executionsMax) {

  /** Checks the ranges. */
  public Retention {
    if (finishedFor != null) {
      finishedFor = MillraceSettings.RETENTION_FINISHED_FOR.check(finishedFor);
    }
    finishedMax = MillraceSettings.RETENTION_FINISHED_MAX.check(finishedMax);
    executionsMax = MillraceSettings.RETENTION_EXECUTIONS_MAX.check(executionsMax);
  }

  /** Keeps everything. */
  public static Retention forever() {
    return new Retention(null, Long.MAX_VALUE, Integer.MAX_VALUE);
  }

  /** Returns a retention that differs in {@link #finishedFor}. */
  public Retention withFinishedFor(Duration value) {
    return new Retention(value, finishedMax, executionsMax);
  }

  /** Returns a retention that differs in {@link #finishedMax}. */
  public Retention withFinishedMax(long value) {
    return new Retention(finishedFor, value, executionsMax);
  }

  /** Returns a retention that differs in {@link #executionsMax}. */
  public Retention withExecutionsMax(int value) {
    return new Retention(finishedFor, finishedMax, value);
  }
}
