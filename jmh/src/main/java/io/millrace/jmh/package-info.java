/** Proof: the stress workload and the benchmarks. */
@NullMarked
package io.millrace.jmh;

import org.jspecify.annotations.NullMarked;
