/**
 * What is kept of orchestrations: rows, the mutations on them, and how they are read back.
 *
 * <p>Everything is built on numbers that are never used twice, never on a caller's id (rule R13).
 *
 * <pre>
 *   instances 1 ── n history   one row a turn: the messages it took, then what it asked for
 *             1 ── n inbox     messages that no turn has taken yet
 *             1 ── n tasks     activities that have not completed
 *             1 ── n timers    timers that have not fired
 *             1 ── 1 attributes  what its code has said of it
 *             1 ── n executions  earlier ones
 *   payload_types              descriptors of users' types
 *   tombstones                 roots of trees that are deleted and not yet swept
 *   requests                   what clients' requests came to
 *   held_events                events for instances that do not exist yet
 *   schedules                  what starts instances by the clock
 * </pre>
 *
 * <p>{@link io.millrace.storage.orchestration.RowMutationCodec} gives mutations their bytes for the
 * journal, {@link io.millrace.storage.orchestration.BodyCodec} gives parts of rows theirs for a
 * store's columns. {@link io.millrace.storage.orchestration.MemoryOrchestrationStore} is the store
 * that keeps nothing beyond the process. What a store and its readers must do is held by the
 * contract suites in this module's test-jar, package {@code io.millrace.storage.testing}.
 *
 * <p>Threads: rows and mutations are immutable and go anywhere; a codec belongs to one thread; a
 * store's threads are described by {@link io.millrace.storage.Store}.
 */
@NullMarked
package io.millrace.storage.orchestration;

import org.jspecify.annotations.NullMarked;
