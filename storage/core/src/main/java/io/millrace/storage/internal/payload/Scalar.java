package io.millrace.storage.internal.payload;

import org.jspecify.annotations.Nullable;

/** The form of one kind of value that has no parts of the user's. Stateless. */
interface Scalar {

  /**
   * Writes a value.
   *
   * @param value of the kind's class, null only if the kind is not primitive
   */
  void write(PayloadOutput out, @Nullable Object value);

  /** Reads a value; never null if the kind is primitive. */
  @Nullable Object read(PayloadInput in);
}
