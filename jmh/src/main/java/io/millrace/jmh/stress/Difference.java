package io.millrace.jmh.stress;

import io.millrace.buffer.PipelineStatistics;

/** What a pipeline did between two readings. */
final class Difference {

  private Difference() {}

  static PipelineStatistics of(PipelineStatistics after, PipelineStatistics before) {
    return new PipelineStatistics(
        after.commands() - before.commands(),
        after.records() - before.records(),
        after.journalBytes() - before.journalBytes(),
        after.journalForces() - before.journalForces(),
        after.forceNanos() - before.forceNanos(),
        after.forceNanosMax(),
        after.storeCommits() - before.storeCommits(),
        after.storeMutations() - before.storeMutations(),
        after.coalescedMutations() - before.coalescedMutations(),
        after.checkpoints() - before.checkpoints(),
        after.storeRetries() - before.storeRetries());
  }
}
