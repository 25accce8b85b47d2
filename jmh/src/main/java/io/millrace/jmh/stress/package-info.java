/**
 * The stress workload: fan-out orchestrations through the whole engine, counted honestly and
 * checked against a record kept outside it. See {@code docs/workload.md}.
 */
@NullMarked
package io.millrace.jmh.stress;

import org.jspecify.annotations.NullMarked;
