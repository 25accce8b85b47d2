package io.millrace.buffer;

/**
 * What a pipeline has done since it was opened.
 *
 * @param commands commands decided, refused ones included
 * @param records journal records appended
 * @param journalBytes bytes appended to the journal, framing included
 * @param journalForces how often the journal was forced
 * @param forceNanos how long those forces took together
 * @param forceNanosMax how long the longest of them took
 * @param storeCommits transactions committed in the store
 * @param storeMutations mutations that reached the store
 * @param coalescedMutations mutations that were folded away before it
 * @param checkpoints completed checkpoints of the store
 * @param storeRetries how often a busy or full store was tried again
 */
public record PipelineStatistics(
    long commands,
    long records,
    long journalBytes,
    long journalForces,
    long forceNanos,
    long forceNanosMax,
    long storeCommits,
    long storeMutations,
    long coalescedMutations,
    long checkpoints,
    long storeRetries) {}
