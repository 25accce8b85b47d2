package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn to run. The lists are read, never changed, and must not change meanwhile.
 *
 * @param code what the instance runs
 * @param instanceId the caller's id
 * @param instance the instance's number
 * @param execution from 1
 * @param history the execution's earlier turns, in order
 * @param messages what this turn takes from the inbox, in order; in the first turn the first is
 *     {@link HistoryEvent.Started}
 * @param atMillis this turn's time, Unix time; not before that of the turn before
 * @param read what earlier turns have read, which this turn adds to; null if nothing is kept
 */
public record Turn(
    OrchestrationCode<?, ?> code,
    String instanceId,
    long instance,
    int execution,
    List<HistoryRow> history,
    List<? extends HistoryEvent.Message> messages,
    long atMillis,
    @Nullable ReadValues read) {

  /** A turn for which nothing read earlier is kept. */
  public Turn(
      OrchestrationCode<?, ?> code,
      String instanceId,
      long instance,
      int execution,
      List<HistoryRow> history,
      List<? extends HistoryEvent.Message> messages,
      long atMillis) {
    this(code, instanceId, instance, execution, history, messages, atMillis, null);
  }
}
