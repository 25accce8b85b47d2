package io.millrace.storage.payload;

import io.millrace.storage.internal.payload.Rendering;
import io.millrace.storage.internal.payload.TypeTable;
import io.millrace.storage.orchestration.PayloadTypeRow;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Payloads as text for people and tools, from the descriptors alone: no user class is loaded. */
public final class PayloadText {

  /** The marker of payloads that are JSON, in UTF-8, after it: {@code 'J'}. */
  public static final byte JSON_MARKER = 'J';

  /** How long a text may become, in characters; what goes beyond is cut, and said. */
  public static final int CHARS_MAX = 4 << 20;

  private PayloadText() {}

  /**
   * Shows a payload in a form like JSON. A payload of a codec other than the default one and JSON
   * is shown by its size only.
   *
   * @throws PayloadException if the bytes are damaged, or a type's row is missing
   */
  public static String render(Payload payload, PayloadTypes types) {
    return render(payload, types.table());
  }

  static String render(Payload payload, TypeTable types) {
    if (payload.marker() == JSON_MARKER) {
      return json(payload);
    }
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

  /**
   * Shows a payload that is JSON, as it is.
   *
   * @throws PayloadException if the bytes are no UTF-8
   */
  public static String json(Payload payload) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(payload.array(), 1, payload.size() - 1))
              .toString();
      return text.length() <= CHARS_MAX
          ? text
          : text.substring(0, CHARS_MAX) + "... (%d chars)".formatted(text.length());
    } catch (CharacterCodingException e) {
      throw new PayloadException(
          "cannot show a payload of bytes=%d: damaged, expected JSON in UTF-8"
              .formatted(payload.size()),
          e);
    }
  }

  static String opaque(Payload payload) {
    return "\"<%d bytes of codec 0x%02X>\"".formatted(payload.size(), payload.marker() & 0xFF);
  }
}
