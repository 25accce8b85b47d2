package io.millrace.storage.orchestration;

import io.millrace.storage.payload.Payload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
   * @param carried the events that the execution before left unread, oldest first; immutable
   * @param keyValues the instance's values at the end of the execution before; immutable, in order
   *     of key
   */
  record Started(Payload input, List<EventRaised> carried, Map<String, Payload> keyValues)
      implements Message {

    /** Copies list and map. */
    public Started {
      carried = List.copyOf(carried);
      keyValues = KeyValues.copy(keyValues);
    }

    /** A first execution, which nothing is carried over to. */
    public Started(Payload input) {
      this(input, List.of(), Map.of());
    }
  }

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
   * A child orchestration returned.
   *
   * @param action the event that asked for it
   * @param result what it returned
   */
  record ChildCompleted(int action, Payload result) implements Message {}

  /**
   * A child orchestration did not complete.
   *
   * @param action the event that asked for it
   * @param failure why
   */
  record ChildFailed(int action, Failure failure) implements Message {}

  /**
   * An activity was called.
   *
   * @param activity its name
   * @param tag the pool it is routed to, empty for the default one
   * @param input what it was given
   * @param policy how it is retried and what its limits are; null for one attempt without limits
   */
  record ActivityScheduled(String activity, String tag, Payload input, @Nullable CallPolicy policy)
      implements Action {

    /** A call with one attempt and no limits. */
    public ActivityScheduled(String activity, String tag, Payload input) {
      this(activity, tag, input, null);
    }
  }

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

  /**
   * A child orchestration was started.
   *
   * @param orchestration its name
   * @param version the version asked for, empty for the one registered then
   * @param childId the child's id
   * @param input what it was given
   * @param detached whether nobody awaits it
   */
  record ChildScheduled(
      String orchestration, String version, String childId, Payload input, boolean detached)
      implements Action {}

  /**
   * The code set the custom status.
   *
   * @param status the new one
   */
  record CustomStatusSet(Payload status) implements Action {}

  /**
   * The code set or removed one of the instance's values.
   *
   * @param key which
   * @param value the new value, null if it was removed
   */
  record KeyValueSet(String key, @Nullable Payload value) implements Action {}

  /**
   * The code asked which version of a patched place it is to run.
   *
   * @param changeId the name of the patch
   * @param version the answer, which every replay repeats
   */
  record VersionMarked(String changeId, int version) implements Action {}

  /** The code returned. */
  record ExecutionCompleted() implements Ending {}

  /** The code threw. */
  record ExecutionFailed() implements Ending {}

  /** The code stopped because it was cancelled. */
  record ExecutionCancelled() implements Ending {}

  /**
   * The code asked to go on as a new execution.
   *
   * @param input what the new one is given
   * @param version the version that the new one runs
   */
  record ExecutionContinued(Payload input, String version) implements Ending {}

  /** The execution was ended from outside, without running any of its code. */
  record ExecutionTerminated() implements Ending {}
}
