package io.millrace.storage.json;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadCodec;
import io.millrace.storage.payload.PayloadException;
import io.millrace.storage.payload.PayloadText;
import io.millrace.storage.payload.TypeRef;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as JSON: a payload is the marker and one JSON value in UTF-8. Fields are matched by
 * name, so they may come, go and move; a member of a sealed family carries its simple name as
 * {@code "@type"}; times are text in the form of ISO 8601. Only the declared types and what their
 * fields reach is ever instantiated: no class name stands in the bytes.
 *
 * <p>What differs from the default codec: collections that are read back can be changed; a null of
 * a declared {@code Optional} comes back as an empty one; a plain class needs a constructor without
 * parameters, or Jackson's annotations; and a value of an undeclared subclass loses what the
 * subclass adds. Nothing needs {@link io.millrace.storage.payload.PayloadTypes}.
 *
 * <p>Thread-safe.
 */
public final class JsonPayloadCodec implements PayloadCodec {

  /** The marker of its payloads, {@code 'J'}. */
  public static final byte MARKER = PayloadText.JSON_MARKER;

  private final JsonMapper mapper;
  private final ConcurrentHashMap<TypeRef<?>, Form> forms = new ConcurrentHashMap<>();

  /** Makes one. */
  public JsonPayloadCodec() {
    this(unchanged -> {});
  }

  /**
   * Makes one whose mapper is changed first.
   *
   * @param change adds Jackson's modules or the users' own serializers, say. What it changes about
   *     the form has to stay as long as payloads of that form are kept.
   */
  public JsonPayloadCodec(Consumer<JsonMapper.Builder> change) {
    JsonMapper.Builder builder = Mapping.builder();
    change.accept(builder);
    this.mapper = builder.build();
  }

  /** How a declared type is written and read. */
  private record Form(JavaType type, ObjectWriter writer, ObjectReader reader) {}

  @Override
  public byte marker() {
    return MARKER;
  }

  @Override
  public Payload encode(@Nullable Object value, TypeRef<?> declared, int bytesMax) {
    Form form = form(declared);
    BoundedBytes out = new BoundedBytes(bytesMax);
    out.write(MARKER);
    try {
      form.writer.writeValue(out, value);
    } catch (IOException | RuntimeException e) {
      throw Faults.cannotWrite(declared, e);
    }
    if (out.isOver()) {
      throw new PayloadException(
          "cannot store a value of %s: expected at most payloadBytesMax=%d bytes, bytes=%d; keep large data elsewhere and pass a reference to it, or raise the limit"
              .formatted(declared, bytesMax, out.count()));
    }
    return Payload.wrap(out.toBytes());
  }

  @Override
  public <T extends @Nullable Object> @Nullable T decode(Payload payload, TypeRef<T> declared) {
    Form form = form(declared);
    try {
      return form.reader.readValue(payload.array(), 1, payload.size() - 1);
    } catch (IOException | RuntimeException e) {
      throw Faults.cannotRead(declared, e);
    }
  }

  @Override
  public void check(TypeRef<?> declared) {
    form(declared);
  }

  @Override
  public String render(Payload payload) {
    return PayloadText.json(payload);
  }

  private Form form(TypeRef<?> declared) {
    Form form = forms.get(declared);
    return form != null ? form : forms.computeIfAbsent(declared, this::newForm);
  }

  /** Looks at every field that the type reaches: what has no form is refused before a value is. */
  private Form newForm(TypeRef<?> declared) {
    try {
      JavaType type = mapper.constructType(declared.type());
      Mapping.check(mapper, type);
      return new Form(type, mapper.writerFor(type), mapper.readerFor(type));
    } catch (IOException | RuntimeException e) {
      throw Faults.unsupported(declared, e);
    }
  }
}
