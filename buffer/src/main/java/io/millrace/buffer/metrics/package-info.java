/**
 * Figures of a running pipeline or engine, by name and with units, and nothing that would need a
 * library: {@link io.millrace.buffer.metrics.MetricsSnapshot} holds them as they were at one
 * moment. Names are defined once, in {@link io.millrace.buffer.metrics.PipelineMetrics} and in the
 * engine's own list; pages, bridges and the {@code counters} page take them from there.
 *
 * <p>Threads: everything here is immutable, but for {@link
 * io.millrace.buffer.metrics.SnapshotBuilder}, which belongs to one thread.
 */
@NullMarked
package io.millrace.buffer.metrics;

import org.jspecify.annotations.NullMarked;
