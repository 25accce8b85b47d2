package io.millrace.engine;

import io.millrace.buffer.PipelineStatistics;

/**
 * What an engine has done since it was opened.
 *
 * @param started instances started
 * @param completed instances that returned
 * @param failed instances that threw
 * @param cancelled instances that stopped because they were cancelled
 * @param terminated instances ended from outside
 * @param quarantined instances set aside
 * @param live instances in memory that have not ended, at this moment
 * @param waitingForCode live instances whose orchestration is not registered, at this moment
 * @param turns turns completed
 * @param activitiesCompleted results of activities recorded
 * @param activitiesFailed failures of activities recorded, one for each call
 * @param activitiesRetried failed attempts that another followed
 * @param timersFired timers that fired
 * @param eventsRaised events accepted
 * @param lateCompletions completions of turns, activities and timers that came too late or twice,
 *     and were refused
 * @param loads ids that had to be looked up in the store
 * @param treesDeleted instances deleted with their trees
 * @param treesSwept deleted trees whose rows have left the store, those of earlier lives too
 * @param pipeline what the pipeline has done
 */
public record EngineStatistics(
    long started,
    long completed,
    long failed,
    long cancelled,
    long terminated,
    long quarantined,
    long live,
    long waitingForCode,
    long turns,
    long activitiesCompleted,
    long activitiesFailed,
    long activitiesRetried,
    long timersFired,
    long eventsRaised,
    long lateCompletions,
    long loads,
    long treesDeleted,
    long treesSwept,
    PipelineStatistics pipeline) {}
