package io.millrace.engine.internal.decide;

/**
 * Asks for the timers of a stretch of time to be read from the store, in order of deadline, then of
 * number.
 *
 * @param fromMillis behind the timer with this deadline
 * @param fromNumber and this number
 * @param toMillis up to this deadline
 * @param limit so many of them
 * @param position what the store must have applied first
 */
public record HorizonRequest(
    long fromMillis, long fromNumber, long toMillis, int limit, long position) {}
