/**
 * Rows in memory, so kept that a view costs nothing to open and never sees what is written after.
 *
 * <p>All rows stand in trees whose nodes carry the <em>edition</em> in which they were made. While
 * nobody has opened a view, the writer changes nodes in place. Opening a view takes the roots and
 * begins a new edition: from then on the writer copies a node of an older edition before it first
 * changes it, so that what the view holds stays as it was.
 *
 * <pre>
 *   instances   number  → InstanceRows: the instance's row, and by key its history, tasks, timers, inbox
 *   ids         hash of a caller's id → its number
 *   types       id → payload type
 *   by number   number of a task, timer, message → its row, for the writer alone: no edition
 * </pre>
 *
 * <p>Threads: {@link io.millrace.storage.internal.memory.MemoryTables} is guarded by its owner's
 * lock; a {@link io.millrace.storage.internal.memory.MemoryView} needs none.
 */
@NullMarked
package io.millrace.storage.internal.memory;

import org.jspecify.annotations.NullMarked;
