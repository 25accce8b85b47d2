/**
 * How records become rows: the flusher tails the journal up to what is synced, folds mutations of
 * one key together, and applies each batch with its last position in one transaction of the store.
 * Recovery is the same stage, told to catch up before anything else runs.
 *
 * <p>Everything here belongs to the flush thread but for what says otherwise.
 */
@NullMarked
package io.millrace.buffer.internal.batcher;

import org.jspecify.annotations.NullMarked;
