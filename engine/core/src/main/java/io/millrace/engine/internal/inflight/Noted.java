package io.millrace.engine.internal.inflight;

/**
 * User code that was entered and not left.
 *
 * @param number the task's number, or for a turn its instance's; never zero
 * @param crashes how many crashes stood against it when it was entered. So what is counted after a
 *     crash is {@code crashes + 1}, however often recovery itself is cut short
 */
public record Noted(long number, int crashes) {}
