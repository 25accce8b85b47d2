/**
 * How a user's value becomes bytes. A {@code Plan} is made once for each declared type; it writes
 * values, and knows how to read what any earlier plan wrote, from that plan's {@code Shape}.
 *
 * <pre>
 *   Type ──PlanBuilder──▶ Plan ──▶ Shape (today's) ──DescriptorLayout──▶ payload_types row
 *                          │
 *   stored Shape ──────────┴──▶ ValueReader: stored bytes to today's value
 *   stored Shape ──▶ ShapeWalker: stored bytes to text, or past them, with no class at all
 * </pre>
 *
 * <p>Plans, shapes and readers are immutable once published and shared by all threads; an input or
 * output belongs to one thread at a time.
 */
@NullMarked
package io.millrace.storage.internal.payload;

import org.jspecify.annotations.NullMarked;
