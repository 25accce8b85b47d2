/**
 * The threads around the state machine: orchestration workers, activity pools, the timer, the
 * loader and the callbacks of clients.
 */
@NullMarked
package io.millrace.engine.internal.runtime;

import org.jspecify.annotations.NullMarked;
