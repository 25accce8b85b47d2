/** The reference fan-out through the whole engine, and through the bare pipeline beside it. */
@NullMarked
package io.millrace.jmh.engine;

import org.jspecify.annotations.NullMarked;
