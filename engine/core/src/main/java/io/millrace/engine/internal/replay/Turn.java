package io.millrace.engine.internal.replay;

import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import java.util.List;

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
 */
public record Turn(
    OrchestrationCode<?, ?> code,
    String instanceId,
    long instance,
    int execution,
    List<HistoryRow> history,
    List<? extends HistoryEvent.Message> messages,
    long atMillis) {}
