/**
 * Doubles for the disk: a storage that forgets what was not forced, faults on the n-th operation,
 * and damage by name. For the suites of this module and of those above it.
 */
@NullMarked
package io.millrace.buffer.testing;

import org.jspecify.annotations.NullMarked;
