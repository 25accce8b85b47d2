/** What batches, policies and coalescing save the store. */
@NullMarked
package io.millrace.jmh.flush;

import org.jspecify.annotations.NullMarked;
