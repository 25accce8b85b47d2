/**
 * What is kept of orchestrations: rows, the mutations on them, and how they are read back.
 *
 * <p>Everything is built on numbers that are never used twice, never on a caller's id (rule R13).
 *
 * <pre>
 *   instances 1 ── n history   one row a turn: the messages it took, then what it asked for
 *             1 ── n inbox     messages that no turn has taken yet
 *             1 ── n tasks     activities that have not completed
 *             1 ── n timers    timers that have not fired
 *   payload_types              descriptors of users' types
 * </pre>
 */
@NullMarked
package io.millrace.storage.orchestration;

import org.jspecify.annotations.NullMarked;
