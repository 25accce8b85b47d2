package io.millrace.buffer.internal.batcher;

import io.millrace.buffer.internal.journal.JournalTail;
import io.millrace.storage.Mutation;
import io.millrace.storage.Store;
import java.util.function.LongSupplier;

/**
 * Where the flusher reads, and where it writes.
 *
 * @param tail stands at the store's applied record; the flusher closes it
 * @param store this thread's from now on
 * @param readLimit returns the last position that may be read: the synced one (rule R1)
 */
public record FlushSource<M extends Mutation>(
    JournalTail tail, Store<M> store, LongSupplier readLimit) {}
