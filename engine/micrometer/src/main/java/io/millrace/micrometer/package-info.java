/**
 * An engine's figures in a Micrometer registry: {@link io.millrace.micrometer.MillraceMeters}.
 *
 * <p>Threads: any. Nothing here runs on a thread of the engine's; a meter is read when the registry
 * publishes.
 */
@NullMarked
package io.millrace.micrometer;

import org.jspecify.annotations.NullMarked;
