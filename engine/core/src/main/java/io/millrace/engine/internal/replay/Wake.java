package io.millrace.engine.internal.replay;

import java.util.List;

/**
 * What can make a waiting execution go on (rule R22). Messages that do not fulfil it may wait in
 * the inbox. A request to cancel always wakes. {@link WakeWatch} follows one.
 *
 * <p>It may wake too early, which costs a replay; it never wakes too late.
 */
public sealed interface Wake {

  /**
   * A completion or failure of an activity or a child, or the firing of a timer.
   *
   * @param action the event that asked for it
   */
  record Completion(int action) implements Wake {}

  /**
   * The firing of a timer that limits a wait; counts as a failure of the wait.
   *
   * @param action the event that asked for it
   */
  record TimeLimit(int action) implements Wake {}

  /**
   * Events raised.
   *
   * @param event their name
   * @param count how many of them, from 1: as many as there are waits before this one, and one
   */
  record Raised(String event, int count) implements Wake {}

  /**
   * All of these.
   *
   * @param parts at least one
   * @param untilFailure whether the failure of one part is enough
   */
  record All(List<Wake> parts, boolean untilFailure) implements Wake {}

  /**
   * One of these.
   *
   * @param parts at least one
   */
  record Any(List<Wake> parts) implements Wake {}
}
