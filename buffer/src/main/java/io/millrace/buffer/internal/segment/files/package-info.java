/**
 * Segments as plain files, filled with zeros before they are used: the journal for those who cannot
 * pass the flags that Chronicle needs. Entry point: {@link
 * io.millrace.buffer.internal.segment.files.FilesSegmentStorage}.
 *
 * <pre>
 *   journal/0000000007/00000001.seg        created, being written or full
 *   journal/0000000007-00000002.ready      prepared: zeros on real blocks, forced
 *   journal/0000000007-00000003.filling    being prepared
 * </pre>
 *
 * <p>A {@link java.nio.channels.FileChannel} closes when its thread is interrupted; the threads
 * that use this package are therefore never interrupted, and if one is, the failure says so.
 */
@NullMarked
package io.millrace.buffer.internal.segment.files;

import org.jspecify.annotations.NullMarked;
