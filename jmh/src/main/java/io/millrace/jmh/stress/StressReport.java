package io.millrace.jmh.stress;

import io.millrace.buffer.PipelineStatistics;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one stress run found. Everything but {@link #verification} covers the counted part of the
 * run, from the end of the warm-up to the end of the drain.
 *
 * @param options what was asked for
 * @param launched how many orchestrations were started and counted
 * @param completed how many of them returned the right result
 * @param failed what went wrong, by class
 * @param firstFailure the first of it, empty if nothing did
 * @param launchTime how long they were started
 * @param drainTime how long the last took to end after that
 * @param latencies start to result, nanoseconds
 * @param pipeline what the pipeline did
 * @param cost what the process paid
 * @param diskForceMicros median of a bare 4 KiB append and force on the same disk before the run;
 *     null in memory
 * @param verification what the check of the reopened directory found
 * @param jdk the virtual machine
 * @param gc the collectors
 */
public record StressReport(
    StressOptions options,
    long launched,
    long completed,
    Failed failed,
    String firstFailure,
    Duration launchTime,
    Duration drainTime,
    Histogram latencies,
    PipelineStatistics pipeline,
    Cost cost,
    @Nullable Double diskForceMicros,
    Verification verification,
    String jdk,
    String gc) {

  /**
   * Failures by class.
   *
   * @param infrastructure storage, closing, back-pressure, wrong or missing results
   * @param configuration names or types that the engine does not know
   * @param application the workload's own code threw
   */
  public record Failed(long infrastructure, long configuration, long application) {}

  /**
   * What the process paid.
   *
   * @param cpuSeconds processor time, everything included
   * @param allocatedBytes bytes allocated on the heap
   */
  public record Cost(double cpuSeconds, long allocatedBytes) {}

  /**
   * What the check against the client's own record found.
   *
   * @param checked how many orchestrations were looked up
   * @param wrong how many were missing, had another status, result or number of events
   * @param firstWrong the first of them, empty if there is none
   */
  public record Verification(long checked, long wrong, String firstWrong) {}

  /** Returns the time from the first counted start to the last result, in seconds. */
  public double elapsedSeconds() {
    return launchTime.plus(drainTime).toNanos() / 1e9;
  }

  /** Returns completed orchestrations per second, drain time included. */
  public double orchestrationsPerSecond() {
    return elapsedSeconds() == 0 ? 0 : completed / elapsedSeconds();
  }

  /** Returns the share of what was launched that completed, 1 if nothing was. */
  public double successRate() {
    return launched == 0 ? 1 : (double) completed / launched;
  }

  /** Tells whether everything completed and the check found nothing wrong. */
  public boolean passed() {
    return completed == launched && verification.wrong() == 0 && firstFailure.isEmpty();
  }
}
