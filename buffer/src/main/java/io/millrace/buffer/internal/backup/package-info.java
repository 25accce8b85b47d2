/**
 * Copies a data directory while its owner goes on.
 *
 * <pre>
 *  open every journal file -> copy the store -> copy the journal, newest bytes first -> FORMAT
 *        (and each that appears meanwhile)
 * </pre>
 *
 * <p>The store's copy stands at some position; every record above it lies in a file that was opened
 * before, and an open file keeps its bytes though its owner deletes it.
 */
@NullMarked
package io.millrace.buffer.internal.backup;

import org.jspecify.annotations.NullMarked;
