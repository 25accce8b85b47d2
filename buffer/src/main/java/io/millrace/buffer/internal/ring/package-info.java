/**
 * The way in: a bounded ring of preallocated slots that many threads fill and two stages empty, and
 * the permits that keep clients from filling it wholly.
 *
 * <pre>
 *   client --permit--+                     returned at the decision
 *                    v                    +-----------------------+
 *   workers ---&gt; CommandRing ---&gt; decide -+--&gt; commit ---&gt; slot free again
 * </pre>
 *
 * <p>The ring is a Disruptor, driven by pollers rather than by its own processors, so that one
 * thread can step both stages, a stage that waits for another one sleeps instead of spinning, and
 * no exception can carry a stage past a lost event.
 */
@NullMarked
package io.millrace.buffer.internal.ring;

import org.jspecify.annotations.NullMarked;
