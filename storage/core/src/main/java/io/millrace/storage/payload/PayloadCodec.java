package io.millrace.storage.payload;

import org.jspecify.annotations.Nullable;

/**
 * One way to turn users' values into bytes. The payload's first byte, the marker, names the codec,
 * so that what one codec wrote is read by the same one for ever, whichever is in use today.
 *
 * <p>Thread-safe: every worker calls the same instance. A codec that wraps another (one that
 * encrypts, say) hands it the value and wraps the payload it gets back.
 */
public interface PayloadCodec {

  /**
   * Returns the byte that begins all its payloads, always the same. The upper-case ASCII letters
   * are Millrace's own; never give away a marker that another codec has used in the same data
   * directory.
   */
  byte marker();

  /**
   * Writes a value.
   *
   * @param value the value, or null
   * @param declared its type as the program declares it, which is also what it is read as
   * @param bytesMax how large the payload may be, marker included
   * @throws PayloadException if the value or its type has no form here, or a larger one than that
   */
  Payload encode(@Nullable Object value, TypeRef<?> declared, int bytesMax);

  /**
   * Reads a value back.
   *
   * @param payload begins with this codec's marker; the rest may be anything
   * @param declared the type that the program declares today
   * @throws PayloadException if the bytes are no value of the type. Never another exception, and
   *     never an allocation larger than a small multiple of the payload, whatever the bytes.
   */
  <T extends @Nullable Object> @Nullable T decode(Payload payload, TypeRef<T> declared);

  /**
   * Refuses a type that has no form here, before there is a value of it. A codec that cannot tell
   * says nothing.
   *
   * @throws PayloadException if no value of the type could be written
   */
  default void check(TypeRef<?> declared) {}

  /**
   * Shows a payload to a person, without any class of the user's.
   *
   * @throws PayloadException if the bytes are damaged
   */
  default String render(Payload payload) {
    return PayloadText.opaque(payload);
  }
}
