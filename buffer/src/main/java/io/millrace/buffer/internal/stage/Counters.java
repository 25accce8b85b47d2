package io.millrace.buffer.internal.stage;

import io.millrace.buffer.PipelineStatistics;

/**
 * What was done since opening. Each counter has one writing thread, so adding needs no atomic
 * operation; reads are cheap and may be a moment old.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // one writer each
public final class Counters {

  // written by: decide
  private volatile long commands;
  // written by: commit
  private volatile long records;
  private volatile long journalBytes;
  private volatile long forces;
  private volatile long forceNanos;
  private volatile long forceNanosMax;
  // written by: flush
  private volatile long storeCommits;
  private volatile long storeMutations;
  private volatile long coalesced;
  private volatile long checkpoints;
  private volatile long storeRetries;

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
    forceNanos += nanos;
    if (nanos > forceNanosMax) {
      forceNanosMax = nanos;
    }
  }

  /** Counts a transaction. Flush thread. */
  public void storeCommit(long applied, long foldedAway) {
    storeCommits++;
    storeMutations += applied;
    coalesced += foldedAway;
  }

  /** Counts a completed checkpoint. Flush thread. */
  public void checkpoint() {
    checkpoints++;
  }

  /** Counts a repeated call. Flush thread. */
  public void storeRetry() {
    storeRetries++;
  }

  /** Returns all of them. */
  public PipelineStatistics statistics() {
    return new PipelineStatistics(
        commands,
        records,
        journalBytes,
        forces,
        forceNanos,
        forceNanosMax,
        storeCommits,
        storeMutations,
        coalesced,
        checkpoints,
        storeRetries);
  }
}
