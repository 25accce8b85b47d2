/**
 * Runs suites of benchmarks and reports them. Suites register by {@link java.util.ServiceLoader};
 * {@code jmh/README.md} says how.
 */
@NullMarked
package io.millrace.jmh.bench;

import org.jspecify.annotations.NullMarked;
