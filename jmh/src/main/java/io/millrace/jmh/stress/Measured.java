package io.millrace.jmh.stress;

import io.millrace.buffer.PipelineStatistics;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What was measured of a workload, from the end of the warm-up to the end of the drain.
 *
 * @param launched how many orchestrations were started
 * @param completed how many of them returned the right result
 * @param failed what went wrong, by class
 * @param firstFailure the first of it, empty if nothing did
 * @param launchTime how long they were started
 * @param drainTime how long the last took to end after that
 * @param latencies start to result, nanoseconds; from when a start was due if a rate was asked for
 * @param pipeline what the pipeline did
 * @param cost what the process paid
 */
public record Measured(
    long launched,
    long completed,
    StressReport.Failed failed,
    String firstFailure,
    Duration launchTime,
    Duration drainTime,
    Histogram latencies,
    PipelineStatistics pipeline,
    CostMeter.Reading cost) {

  /** Returns completed orchestrations per second, drain time included. */
  public double perSecond() {
    double seconds = launchTime.plus(drainTime).toNanos() / 1e9;
    return seconds == 0 ? 0 : completed / seconds;
  }

  /**
   * Refuses a measurement of anything but success.
   *
   * @throws IllegalStateException if something did not complete, or was wrong
   */
  public Measured requireSuccess() {
    if (completed != launched || !firstFailure.isEmpty()) {
      throw new IllegalStateException(
          "expected all to complete, launched="
              + launched
              + " completed="
              + completed
              + " firstFailure="
              + firstFailure);
    }
    return this;
  }
}
