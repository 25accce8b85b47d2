package io.millrace.buffer.internal.journal;

/**
 * One process life (rule R2).
 *
 * @param epoch a counter, above every one seen before
 * @param nonce a random number, so that two lives that drew the same counter are told apart
 */
record Life(long epoch, long nonce) {}
