/** What it costs to look at an engine. */
@NullMarked
package io.millrace.jmh.metrics;

import org.jspecify.annotations.NullMarked;
