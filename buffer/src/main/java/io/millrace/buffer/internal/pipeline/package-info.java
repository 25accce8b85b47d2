/**
 * The pipeline put together: decide and commit on the ring, flush behind the journal, and the
 * threads that drive them.
 *
 * <pre>
 *  thread            steps          waits for                 may block on
 *  millrace-decide   DecideStage    a command                 nothing
 *  millrace-commit   CommitStage    a decision                the journal's disk
 *  millrace-flush    FlushStage     its policy, or a waiter   the store, the journal's disk
 *  millrace-prepare  PrepareStage   a segment that ends       the disk
 * </pre>
 *
 * <p>A fault in any of them poisons all (invariant I6): decide then passes commands on undecided,
 * commit fails whatever reaches it, so that every submitter hears of the first cause exactly once,
 * and no effect runs.
 */
@NullMarked
package io.millrace.buffer.internal.pipeline;

import org.jspecify.annotations.NullMarked;
