package io.millrace.jmh.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.payload.Payload;
import java.io.IOException;

/** Jackson's JSON, with short names for kinds; payloads are Base64. */
public final class JsonForm implements RowForm {

  private final ObjectMapper mapper = new ObjectMapper();

  /** Makes one. */
  public JsonForm() {
    mapper.addMixIn(RowMutation.class, Kind.class);
    mapper.addMixIn(Row.class, Kind.class);
    mapper.addMixIn(HistoryEvent.class, Kind.class);
    mapper.addMixIn(Failure.class, Kind.class);
    register(RowMutation.class);
    register(Row.class);
    register(HistoryEvent.class);
    register(Failure.class);
    mapper.registerModule(
        new SimpleModule()
            .addSerializer(Payload.class, new PayloadOut())
            .addDeserializer(Payload.class, new PayloadIn()));
  }

  @Override
  public byte[] encode(RowMutation row) throws IOException {
    return mapper.writeValueAsBytes(row);
  }

  @Override
  public RowMutation decode(byte[] bytes) throws IOException {
    return mapper.readValue(bytes, RowMutation.class);
  }

  private void register(Class<?> sealed) {
    Class<?>[] permitted = sealed.getPermittedSubclasses();
    if (permitted != null) {
      for (Class<?> kind : permitted) {
        mapper.registerSubtypes(kind);
        register(kind);
      }
    }
  }

  /** Says which of a sealed family an object is. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
  private interface Kind {}

  private static final class PayloadOut extends StdSerializer<Payload> {
    PayloadOut() {
      super(Payload.class);
    }

    @Override
    public void serialize(Payload value, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeBinary(value.array());
    }
  }

  private static final class PayloadIn extends StdDeserializer<Payload> {
    PayloadIn() {
      super(Payload.class);
    }

    @Override
    public Payload deserialize(JsonParser from, DeserializationContext context) throws IOException {
      return Payload.wrap(from.getBinaryValue());
    }
  }
}
