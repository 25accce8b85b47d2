/**
 * Users' values as bytes: inputs, results, events. A payload is self-contained but for its type's
 * descriptor, which is kept once, in a table of its own, so that a value written by yesterday's
 * class reads into today's and tools can show it with no class at all.
 */
@NullMarked
package io.millrace.storage.payload;

import org.jspecify.annotations.NullMarked;
