package io.millrace.engine.internal.replay;

import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * How a turn turns users' values into bytes and back. Used by many threads at once. Both methods
 * throw an unchecked exception whose message says which type could not be written or read.
 */
public interface ValueCodec {

  /** Returns the value as bytes; the value may change afterwards. */
  Payload encode(@Nullable Object value, TypeRef<?> type);

  /** Returns a new value that nobody else holds. */
  <T extends @Nullable Object> T decode(Payload payload, TypeRef<T> type);

  /**
   * Tells whether every value of a type is deeply immutable, so that one that was read may be
   * handed out again (rule R27).
   */
  default boolean isImmutable(TypeRef<?> type) {
    return false;
  }
}
