package io.millrace.engine.internal.decide;

/**
 * Asks for the timers of a stretch of time to be read from the store.
 *
 * @param fromMillis later than this
 * @param toMillis up to this
 * @param position what the store must have applied first
 */
public record HorizonRequest(long fromMillis, long toMillis, long position) {}
