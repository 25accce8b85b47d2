package io.millrace.engine.internal.decide;

import io.millrace.engine.internal.replay.Turn;

/**
 * A turn that may run now.
 *
 * @param turn what to run
 * @param token names this very delivery: a completion with another is late
 */
public record TurnWork(Turn turn, long token) {}
