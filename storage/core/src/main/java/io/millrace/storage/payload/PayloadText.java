package io.millrace.storage.payload;

import io.millrace.storage.internal.payload.Rendering;
import io.millrace.storage.internal.payload.TypeTable;
import io.millrace.storage.orchestration.PayloadTypeRow;

/** Payloads as text for people and tools, from the descriptors alone: no user class is loaded. */
public final class PayloadText {

  /** How long a text may become, in characters; what goes beyond is cut, and said. */
  public static final int CHARS_MAX = 4 << 20;

  private PayloadText() {}

  /**
   * Shows a payload in a form like JSON. A payload of a codec other than the default one is shown
   * by its size only.
   *
   * @throws PayloadException if the bytes are damaged, or a type's row is missing
   */
  public static String render(Payload payload, PayloadTypes types) {
    return render(payload, types.table());
  }

  static String render(Payload payload, TypeTable types) {
    if (payload.marker() != KryoPayloadCodec.MARKER) {
      return opaque(payload);
    }
    return Rendering.payload(payload, types, CHARS_MAX);
  }

  /**
   * Shows a type's descriptor, such as {@code record com.acme.Order { String id, int total }}, with
   * the types it reaches below.
   *
   * @throws PayloadException if the bytes are damaged
   */
  public static String describe(PayloadTypeRow row) {
    return Rendering.descriptor(row);
  }

  static String opaque(Payload payload) {
    return "\"<%d bytes of codec 0x%02X>\"".formatted(payload.size(), payload.marker() & 0xFF);
  }
}
