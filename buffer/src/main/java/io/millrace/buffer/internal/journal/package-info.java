/**
 * The journal: framing, verification, recovery, writing and tailing. It knows nothing of what fills
 * {@link io.millrace.buffer.internal.segment.SegmentStorage}: it appends frames and reads plain
 * bytes.
 *
 * <pre>
 *   commit thread                                  flush thread
 *   JournalWriter --append, force--&gt; segments --plain bytes--&gt; JournalTail, up to the synced position
 *        |                               |                        |
 *        +------- SegmentCatalog --------+------ Retention -------+
 *
 *   open: Journal = survey the headers -&gt; scan what is not applied -&gt; judge -&gt; copy survivors forward
 * </pre>
 *
 * <p>A <i>generation</i> is one process life that wrote something; its folder is named after its
 * epoch. Generations form a chain: the header of each names the record at which its predecessor
 * ends, and what the predecessor holds beyond that record counts no more (rule R3). A generation
 * that began by copying records forward counts only once one of its frames says that the copies are
 * synced; until then its predecessor is still the truth, so a crash amid the copying loses nothing.
 *
 * <p>Entry point: {@link io.millrace.buffer.internal.journal.Journal#open}.
 */
@NullMarked
package io.millrace.buffer.internal.journal;

import org.jspecify.annotations.NullMarked;
