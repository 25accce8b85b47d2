/**
 * How a decision becomes durable.
 *
 * <pre>
 *  clients, workers
 *      | command
 *      v
 *  +-- ring (Disruptor, bounded) ----------------------------------------------+
 *  |  decide   one thread owns all state: command x state -> mutations         |
 *  |  commit   mutations -> one journal record; one force for each ring batch; |
 *  |           then acknowledgements and effects are released                  |
 *  +---------------------------------------------------------------------------+
 *      | journal/&lt;generation&gt;/
 *      v
 *     flush    tails the journal up to the synced position, folds, writes one store transaction for each
 *              batch with its last position inside; checkpoints; deletes journal files no longer needed
 *      |                                                                           |
 *      v                                                                           v
 *    store                                        applied position: back to waiters and to admission
 * </pre>
 *
 * <p>Two ways in: {@link io.millrace.buffer.WriteAheadBuffer} for mutations of your own, and {@link
 * io.millrace.buffer.CommandPipeline} with a {@link io.millrace.buffer.Decider} for those who keep
 * state in memory. Recovery is the flusher starting at the store's position: the same code, all
 * day.
 *
 * <p>Threads: everything is safe for any thread unless it says otherwise. Nothing here runs a
 * caller's code on a pipeline thread, but for the {@link io.millrace.buffer.Decider}, {@link
 * io.millrace.buffer.Effect}s and {@link io.millrace.buffer.Acknowledgement}s, which say so.
 */
@NullMarked
package io.millrace.buffer;

import org.jspecify.annotations.NullMarked;
