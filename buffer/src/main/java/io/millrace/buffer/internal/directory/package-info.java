/**
 * What makes a folder a data directory: the checks of its place, its {@code FORMAT} file, its lock.
 * Everything here speaks in {@link io.millrace.buffer.BufferOpenException}s that an operator can
 * act on.
 */
@NullMarked
package io.millrace.buffer.internal.directory;

import org.jspecify.annotations.NullMarked;
