/**
 * The file {@code counters} of a data directory: figures of the running engine, for other
 * processes. Layout: {@code docs/format/counters.md}.
 *
 * <pre>
 *  owner:   snapshot --10 a second--&gt; CountersPage --mapped memory--&gt; file &lt;--read-- CountersReader
 * </pre>
 *
 * <p>The writer waits for nobody and knows of no reader; a reader takes what it finds and looks at
 * the sequence to know that it is of one piece.
 */
@NullMarked
package io.millrace.buffer.internal.counters;

import org.jspecify.annotations.NullMarked;
