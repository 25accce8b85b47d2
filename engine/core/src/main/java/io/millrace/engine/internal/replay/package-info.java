/**
 * Runs an orchestration's code against its history: which new actions does it ask for, how does it
 * end, what does it wait for. Pure: no threads, no store, no clock; the same input gives the same
 * outcome. Entry point: {@link io.millrace.engine.internal.replay.Replayer}.
 *
 * <pre>
 *   earlier turns ─┐
 *   new messages  ─┼─▶ Replayer ─▶ TurnOutcome: actions, then an ending, or what it waits for,
 *   time, code    ─┘                            or why it was set aside
 * </pre>
 *
 * <p>A {@code Replayer} may be used by many threads; what belongs to one turn is confined to the
 * thread that runs it.
 */
@NullMarked
package io.millrace.engine.internal.replay;

import org.jspecify.annotations.NullMarked;
