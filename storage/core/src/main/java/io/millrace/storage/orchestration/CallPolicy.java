package io.millrace.storage.orchestration;

import java.util.List;

/**
 * How often and how long an activity is tried. It stands in the history with the call, so that a
 * retry follows the rules that the call was made under. Of every limit in milliseconds, 0 means
 * none.
 *
 * @param maxAttempts how many attempts there are at most, the first included; 0 for any number
 * @param firstDelayMillis how long the second attempt waits
 * @param factor by what each later delay is longer than the one before
 * @param maxDelayMillis what no delay exceeds
 * @param retryOn the names of the exception types that are retried; empty for all
 * @param neverOn the names of those that are not, whatever {@code retryOn} says
 * @param retryTimeouts whether an attempt that timed out is retried
 * @param startToCloseMillis how long one attempt may take
 * @param scheduleToCloseMillis how long all attempts and the delays between them may take
 * @param heartbeatMillis how long an attempt may be silent
 */
public record CallPolicy(
    int maxAttempts,
    long firstDelayMillis,
    double factor,
    long maxDelayMillis,
    List<String> retryOn,
    List<String> neverOn,
    boolean retryTimeouts,
    long startToCloseMillis,
    long scheduleToCloseMillis,
    long heartbeatMillis) {

  /** Copies the lists. */
  public CallPolicy {
    retryOn = List.copyOf(retryOn);
    neverOn = List.copyOf(neverOn);
  }
}
