/**
 * What the stages of a pipeline share: the loop that drives a stage, the bell that wakes it, the
 * positions each has reached, the first fault, those who wait for a position, and the bytes of a
 * record.
 *
 * <p>A {@link io.millrace.buffer.internal.stage.Stage} is a plain object that one thread steps: its
 * own {@link io.millrace.buffer.internal.stage.StageThread} in production, the only thread of a
 * test or a simulation.
 */
@NullMarked
package io.millrace.buffer.internal.stage;

import org.jspecify.annotations.NullMarked;
