package io.millrace.buffer.internal.stage;

import io.millrace.buffer.PipelineStatistics;
import io.millrace.buffer.metrics.PipelineMetrics;
import io.millrace.buffer.metrics.SnapshotBuilder;

/**
 * What was done since opening. Each counter has one writing thread, so adding needs no atomic
 * operation; reads are cheap and may be a moment old.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // one writer each
public final class Counters {

  /** The store has everything. */
  public static final long NO_LAG = Long.MIN_VALUE;

  // written by: decide
  private volatile long commands;
  // written by: commit
  private volatile long records;
  private volatile long journalBytes;
  private volatile long batches;
  private volatile long forces;
  private final Times forceTimes = new Times();
  // written by: flush
  private volatile long storeCommits;
  private volatile long storeMutations;
  private volatile long coalesced;
  private volatile long checkpoints;
  private volatile long storeRetries;
  private volatile long lagsSince = NO_LAG;
  private final Times commitTimes = new Times();
  private final Times checkpointTimes = new Times();

  /** Counts commands that were decided. Decide thread. */
  public void commands(long more) {
    commands += more;
  }

  /** Counts records, and takes over the journal's own count of bytes. Commit thread. */
  public void records(long more, long journalBytesSoFar) {
    records += more;
    journalBytes = journalBytesSoFar;
  }

  /** Takes over the journal's own count of forces, and how long one took. Commit thread. */
  public void force(long nanos, long forcesSoFar) {
    forces = forcesSoFar;
    forceTimes.add(nanos);
  }

  /** Counts a ring batch that has ended. Commit thread. */
  public void batch() {
    batches++;
  }

  /** Counts a transaction. Flush thread. */
  public void storeCommit(long applied, long foldedAway, long nanos) {
    storeCommits++;
    storeMutations += applied;
    coalesced += foldedAway;
    commitTimes.add(nanos);
  }

  /** Counts a checkpoint. Flush thread. */
  public void checkpoint(boolean complete, long nanos) {
    if (complete) {
      checkpoints++;
    }
    checkpointTimes.add(nanos);
  }

  /** Counts a repeated call. Flush thread. */
  public void storeRetry() {
    storeRetries++;
  }

  /** Says since when the oldest record that is not in the store waits. Flush thread. */
  public void lagsSince(long nanos) {
    lagsSince = nanos;
  }

  /** Says so unless something is known to wait already. Flush thread. */
  public void lagsSinceAtLatest(long nanos) {
    if (lagsSince == NO_LAG) {
      lagsSince = nanos;
    }
  }

  /** Returns how long the oldest record that is not in the store has waited, at most. */
  public long lagAge(long nowNanos) {
    long since = lagsSince;
    return since == NO_LAG ? 0 : Math.max(0, nowNanos - since);
  }

  /** Returns all of them. */
  public PipelineStatistics statistics() {
    return new PipelineStatistics(
        commands,
        records,
        journalBytes,
        forces,
        forceTimes.sum(),
        forceTimes.max(),
        storeCommits,
        storeMutations,
        coalesced,
        checkpoints,
        storeRetries);
  }

  /** Adds all of them to a snapshot. */
  public void addTo(SnapshotBuilder to) {
    to.add(PipelineMetrics.COMMANDS, commands)
        .add(PipelineMetrics.BATCHES, batches)
        .add(PipelineMetrics.RECORDS, records)
        .add(PipelineMetrics.JOURNAL_BYTES, journalBytes)
        .add(PipelineMetrics.FORCES, forces)
        .add(PipelineMetrics.FORCE_TIME, forceTimes.distribution())
        .add(PipelineMetrics.COMMITS, storeCommits)
        .add(PipelineMetrics.COMMIT_TIME, commitTimes.distribution())
        .add(PipelineMetrics.MUTATIONS, storeMutations)
        .add(PipelineMetrics.COALESCED, coalesced)
        .add(PipelineMetrics.RETRIES, storeRetries)
        .add(PipelineMetrics.CHECKPOINTS, checkpoints)
        .add(PipelineMetrics.CHECKPOINT_TIME, checkpointTimes.distribution());
  }
}
