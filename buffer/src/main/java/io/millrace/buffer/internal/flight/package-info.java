/**
 * What the pipeline tells a flight recording (JFR): one event for each ring batch, force, flush and
 * checkpoint. While nothing records them they cost a look at a flag.
 */
@NullMarked
package io.millrace.buffer.internal.flight;

import org.jspecify.annotations.NullMarked;
