package io.millrace.storage.internal.payload;

import org.jspecify.annotations.Nullable;

/**
 * Reads values that were written in one shape into one type of today. What does not fit is refused
 * when a value is met, not before: an unused part of a type harms nobody.
 */
@FunctionalInterface
interface ValueReader {

  /** Reads one value, and exactly its bytes. */
  @Nullable Object read(PayloadInput in);
}
