package io.millrace.storage.orchestration;

import io.millrace.storage.payload.Payload;

/**
 * One thing that happened to an execution. An event is either a {@link Message} that a turn took
 * from the inbox, an {@link Action} that the orchestration's code asked for, or the {@link Ending}.
 *
 * <p>An action's own event number is its place in the history; a message about an action names that
 * number as {@code action}.
 */
public sealed interface HistoryEvent {

  /** What reaches an execution from outside; it waits in the inbox until a turn takes it. */
  sealed interface Message extends HistoryEvent {}

  /** What the orchestration's code asked for. */
  sealed interface Action extends HistoryEvent {}

  /** How an execution ended. The result or failure stands in the instance's row. */
  sealed interface Ending extends HistoryEvent {}

  /**
   * The execution begins.
   *
   * @param input what it was given
   */
  record Started(Payload input) implements Message {}

  /**
   * An activity returned.
   *
   * @param action the event that asked for it
   * @param result what it returned
   */
  record ActivityCompleted(int action, Payload result) implements Message {}

  /**
   * An activity failed for good.
   *
   * @param action the event that asked for it
   * @param failure why
   */
  record ActivityFailed(int action, Failure failure) implements Message {}

  /**
   * A timer reached its deadline.
   *
   * @param action the event that asked for it
   */
  record TimerFired(int action) implements Message {}

  /**
   * Somebody raised an event.
   *
   * @param name its name
   * @param data what came with it
   */
  record EventRaised(String name, Payload data) implements Message {}

  /**
   * Somebody asked the execution to stop.
   *
   * @param reason as given, may be empty
   */
  record CancelRequested(String reason) implements Message {}

  /**
   * An activity was called.
   *
   * @param activity its name
   * @param tag the pool it is routed to, empty for the default one
   * @param input what it was given
   */
  record ActivityScheduled(String activity, String tag, Payload input) implements Action {}

  /**
   * A timer was set.
   *
   * @param fireAtMillis its absolute deadline, Unix time
   */
  record TimerCreated(long fireAtMillis) implements Action {}

  /**
   * The code began to wait for an event.
   *
   * @param name the event's name
   */
  record EventAwaited(String name) implements Action {}

  /**
   * The code gave up an earlier action: a queued activity, a timer, a wait.
   *
   * @param action the event that asked for it
   */
  record ActionCancelled(int action) implements Action {}

  /** The code returned. */
  record ExecutionCompleted() implements Ending {}

  /** The code threw. */
  record ExecutionFailed() implements Ending {}

  /** The code stopped because it was cancelled. */
  record ExecutionCancelled() implements Ending {}
}
