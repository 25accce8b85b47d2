/** How the engine holds when one thing grows. */
@NullMarked
package io.millrace.jmh.scale;

import org.jspecify.annotations.NullMarked;
