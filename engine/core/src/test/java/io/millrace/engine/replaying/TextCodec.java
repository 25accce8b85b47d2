package io.millrace.engine.replaying;

import io.millrace.engine.internal.replay.ValueCodec;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Values as readable text: strings, integers, lists of strings and null; counts what it does. */
final class TextCodec implements ValueCodec {

  /** A text that the codec refuses to write. */
  static final String UNWRITABLE = "unwritable";

  int encoded;
  int decoded;

  @Override
  public Payload encode(Object value, TypeRef<?> type) {
    encoded++;
    if (value == null) {
      return Payload.wrap(new byte[] {'0'});
    }
    if (UNWRITABLE.equals(value)) {
      throw new IllegalArgumentException("too long, bytes=1");
    }
    if (!(value instanceof String) && !(value instanceof Integer)) {
      throw new IllegalArgumentException("no form for type=" + type);
    }
    return Payload.wrap(("T" + value).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> T decode(Payload payload, TypeRef<T> type) {
    decoded++;
    if (payload.marker() == '0') {
      return null;
    }
    if (payload.marker() != 'T') {
      throw new IllegalArgumentException("no codec has marker=" + (char) payload.marker());
    }
    String text = new String(payload.array(), 1, payload.size() - 1, StandardCharsets.UTF_8);
    if (type.type() == Integer.class) {
      return (T) Integer.valueOf(text);
    }
    if (type.type() == String.class) {
      return (T) text;
    }
    return (T) new ArrayList<>(List.of(text.split(",")));
  }

  @Override
  public boolean isImmutable(TypeRef<?> type) {
    return type.type() == Integer.class || type.type() == String.class;
  }
}
