/**
 * Segments as Chronicle Queue files. Entry point: {@link
 * io.millrace.buffer.internal.segment.chronicle.ChronicleSegmentStorage}; no other package of the
 * product knows Chronicle.
 *
 * <pre>
 *   journal/0000000007-00000003.ready      zeros on real blocks, forced; becomes the next .cq4
 *   journal/0000000007-00000004.filling    being filled
 *   journal/0000000007/19700102F.cq4       segment 1
 *                      19700103F.cq4       segment 2
 *                      metadata.cq4t       Chronicle's own; nothing of ours depends on it
 * </pre>
 *
 * <p>Of Chronicle we use one thing: a single appender that lays bytes into a mapped file, with a
 * header word before each append. Everything else that a log promises is kept elsewhere: durability
 * by our own descriptor on the file, integrity by the frames, order and recovery by reading plain
 * bytes, rolling by a count. Old generations are never opened by Chronicle.
 */
@NullMarked
package io.millrace.buffer.internal.segment.chronicle;

import org.jspecify.annotations.NullMarked;
