/**
 * OpenTelemetry for an engine: its figures as metrics ({@link
 * io.millrace.opentelemetry.MillraceObservables}), and each attempt of an activity as a span
 * ({@link io.millrace.opentelemetry.ActivitySpans}).
 *
 * <p>Threads: any. Figures are read by the thread that collects metrics; spans are made by the
 * thread that runs the activity.
 */
@NullMarked
package io.millrace.opentelemetry;

import org.jspecify.annotations.NullMarked;
