package io.millrace.engine.internal.decide;

import io.millrace.buffer.PipelineStatistics;
import io.millrace.buffer.metrics.SnapshotBuilder;
import io.millrace.engine.EngineMetrics;
import io.millrace.engine.EngineStatistics;

/**
 * What the state machine counts. Written by the decide thread; others see what was true at the end
 * of a recent batch.
 */
public final class Counters {

  // written by: decide thread
  long started;
  long completed;
  long failed;
  long cancelled;
  long terminated;
  long quarantined;
  long live;
  long waitingForCode;
  long turns;
  long activitiesCompleted;
  long activitiesFailed;
  long activitiesRetried;
  long timersFired;
  long eventsRaised;
  long lateCompletions;
  long loads;
  long evictions;
  long waitingBytes;
  long historiesShed;
  long historiesRead;
  long treesDeleted;
  long treesSwept;

  // written by: decide thread
  private volatile long published;

  /** Makes what was counted so far visible to {@link #statistics}. */
  void publish() {
    published = started + turns;
  }

  /** Adds what was counted, as of the end of a recent batch, to a snapshot. Any thread. */
  public void addTo(SnapshotBuilder to) {
    if (published < 0) {
      throw new IllegalStateException("counted below zero");
    }
    to.add(EngineMetrics.STARTED, started)
        .add(EngineMetrics.COMPLETED, completed)
        .add(EngineMetrics.FAILED, failed)
        .add(EngineMetrics.CANCELLED, cancelled)
        .add(EngineMetrics.TERMINATED, terminated)
        .add(EngineMetrics.QUARANTINED, quarantined)
        .add(EngineMetrics.RESIDENT, live)
        .add(EngineMetrics.WAITING_FOR_CODE, waitingForCode)
        .add(EngineMetrics.LOADS, loads)
        .add(EngineMetrics.EVICTIONS, evictions)
        .add(EngineMetrics.WAITING_BYTES, waitingBytes)
        .add(EngineMetrics.HISTORIES_SHED, historiesShed)
        .add(EngineMetrics.HISTORIES_READ, historiesRead)
        .add(EngineMetrics.TURNS, turns)
        .add(EngineMetrics.ACTIVITIES_COMPLETED, activitiesCompleted)
        .add(EngineMetrics.ACTIVITIES_FAILED, activitiesFailed)
        .add(EngineMetrics.ACTIVITIES_RETRIED, activitiesRetried)
        .add(EngineMetrics.TIMERS_FIRED, timersFired)
        .add(EngineMetrics.EVENTS_RAISED, eventsRaised)
        .add(EngineMetrics.LATE, lateCompletions)
        .add(EngineMetrics.TREES_DELETED, treesDeleted)
        .add(EngineMetrics.TREES_SWEPT, treesSwept);
  }

  /** Returns what was counted, as of the end of a recent batch. */
  public EngineStatistics statistics(PipelineStatistics pipeline) {
    if (published < 0) {
      throw new IllegalStateException("counted below zero");
    }
    return new EngineStatistics(
        started,
        completed,
        failed,
        cancelled,
        terminated,
        quarantined,
        live,
        waitingForCode,
        turns,
        activitiesCompleted,
        activitiesFailed,
        activitiesRetried,
        timersFired,
        eventsRaised,
        lateCompletions,
        loads,
        treesDeleted,
        treesSwept,
        pipeline);
  }
}
