/**
 * What is kept: the contract of a store that applies batches of mutations with their position.
 *
 * <p>A {@link io.millrace.storage.Mutation} is one change to one row (or one range of rows). A
 * {@link io.millrace.storage.Store} applies a batch of them, and the identity of the last journal
 * record in it, in one transaction, so that nothing is ever applied twice. A {@link
 * io.millrace.storage.MutationCodec} gives a mutation its bytes. The package knows nothing of
 * orchestrations: those live in {@code io.millrace.storage.orchestration}.
 *
 * <p>Threads: a store has one writing thread, which calls every method that changes it. Readers are
 * described where they are.
 */
@NullMarked
package io.millrace.storage;

import org.jspecify.annotations.NullMarked;
