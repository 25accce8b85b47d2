/**
 * The state machine: what commands mean to instances. {@code EngineDecider} is the entry point; one
 * thread, deterministic, no clock, no disk, no locks. What must happen because of a decision goes
 * out through {@code Outlet}.
 */
@NullMarked
package io.millrace.engine.internal.decide;

import org.jspecify.annotations.NullMarked;
