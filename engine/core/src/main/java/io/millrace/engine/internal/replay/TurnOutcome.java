package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import java.util.List;
import java.util.Map;

/**
 * What a turn came to. The actions are those that the turn newly asked for, in order; they take the
 * event numbers after the turn's messages. What an execution leaves pending at its end is not
 * listed: whoever ends it cancels that.
 */
public sealed interface TurnOutcome {

  /** Returns what the turn newly asked for, in order; nothing if it does not count. */
  default List<HistoryEvent.Action> actions() {
    return List.of();
  }

  /**
   * The code waits.
   *
   * @param actions what it newly asked for
   * @param wake what can make it go on
   */
  record Waiting(List<HistoryEvent.Action> actions, Wake wake) implements TurnOutcome {}

  /**
   * The code returned.
   *
   * @param actions what it newly asked for
   * @param output what it returned
   */
  record Completed(List<HistoryEvent.Action> actions, Payload output) implements TurnOutcome {}

  /**
   * The code threw.
   *
   * @param actions what it newly asked for
   * @param failure what is kept of the exception; the failure of a step that the code let pass is
   *     passed on as it is
   */
  record Failed(List<HistoryEvent.Action> actions, Failure failure) implements TurnOutcome {}

  /**
   * The code stopped because it was asked to.
   *
   * @param actions what it newly asked for
   * @param reason the reason given, may be empty
   */
  record Cancelled(List<HistoryEvent.Action> actions, String reason) implements TurnOutcome {}

  /**
   * The code asked to go on as a new execution.
   *
   * @param actions what it newly asked for
   * @param version the version of the orchestration that the new execution runs
   * @param input what the new execution is given
   * @param carried the raised events that turns of this execution took and no wait did, oldest
   *     first; with those carried into it and still unread
   * @param keyValues the instance's values at the end, in order of key
   */
  record ContinuedAsNew(
      List<HistoryEvent.Action> actions,
      String version,
      Payload input,
      List<HistoryEvent.EventRaised> carried,
      Map<String, Payload> keyValues)
      implements TurnOutcome {}

  /**
   * The code cannot go on and nothing of this turn counts: set the instance aside as it was before.
   *
   * @param cause why
   */
  record Quarantined(QuarantineCause cause) implements TurnOutcome {}
}
