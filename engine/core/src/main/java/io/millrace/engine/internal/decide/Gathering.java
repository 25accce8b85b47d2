package io.millrace.engine.internal.decide;

import org.jspecify.annotations.Nullable;

/**
 * Where the results of one instance's activities meet. The first is handed in as a command; those
 * that come before that is decided go along with it. So nobody waits for company, yet under load a
 * fan-out's results are one command, one decision and one record instead of as many as there are
 * activities.
 */
public final class Gathering {

  // written by: whoever hands in a command; forgotten by the decide thread
  private volatile @Nullable TaskCompleted latest;

  Gathering() {}

  /**
   * Takes a result. Any thread.
   *
   * @param bytesMax how much may share a decision
   * @return the command to hand in, or null if the result goes along with one that was
   */
  public @Nullable TaskCompleted add(
      long atMillis, ActivityWork work, ActivityEnd end, Outlet outlet, long bytesMax) {
    if (!TaskCompleted.isResult(end)) {
      return new TaskCompleted(atMillis, work, end, outlet);
    }
    TaskCompleted underWay = latest;
    if (underWay != null && underWay.gather(atMillis, work, end, bytesMax)) {
      return null;
    }
    TaskCompleted command = new TaskCompleted(atMillis, work, end, outlet);
    // Two threads may both get here: then there are two commands, which is as right as one.
    latest = command;
    return command;
  }
}
