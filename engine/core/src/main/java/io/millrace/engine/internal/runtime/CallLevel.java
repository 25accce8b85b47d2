package io.millrace.engine.internal.runtime;

import io.millrace.buffer.Durability;

/**
 * How a command was handed in, so that it can be handed in again.
 *
 * @param durability what its answer waits for
 * @param bytes about how many bytes it holds
 */
record CallLevel(Durability durability, int bytes) {}
