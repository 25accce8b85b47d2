package io.millrace.engine.internal.decide;

import io.millrace.engine.internal.replay.Turn;

/**
 * A turn that may run now.
 *
 * @param turn what to run
 * @param token names this very delivery: a completion with another is late
 * @param crashes how often this turn has broken off before
 * @param messageBytes about how many bytes the turn's messages take, written down
 * @param isSuspect whether the process died when it ran last: then it runs alone (rule R28)
 */
public record TurnWork(Turn turn, long token, int crashes, long messageBytes, boolean isSuspect) {}
