package io.millrace.storage.json;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A field of a primitive type: zero where an older payload has no such field, and refused where it
 * has a null, which is not zero. Jackson itself knows only both or neither.
 */
final class PrimitiveValue extends DelegatingDeserializer {

  private static final long serialVersionUID = 1L;

  PrimitiveValue(JsonDeserializer<?> delegate) {
    super(delegate);
  }

  @Override
  protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
    return new PrimitiveValue(delegate);
  }

  @Override
  public @Nullable Object getNullValue(DeserializationContext context) throws JsonMappingException {
    return context.reportInputMismatch(handledType(), "expected %s, stored=null", handledType());
  }

  @Override
  public @Nullable Object getAbsentValue(DeserializationContext context)
      throws JsonMappingException {
    return getDelegatee().getNullValue(context);
  }
}
