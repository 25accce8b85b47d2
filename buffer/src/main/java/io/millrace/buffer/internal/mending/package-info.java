/**
 * Looking at a journal that may be damaged, and cutting it, with nothing running. Entry point:
 * {@link io.millrace.buffer.Maintenance}.
 */
@NullMarked
package io.millrace.buffer.internal.mending;

import org.jspecify.annotations.NullMarked;
