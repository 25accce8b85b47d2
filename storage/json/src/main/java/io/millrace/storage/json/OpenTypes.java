package io.millrace.storage.json;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.UntypedObjectDeserializer;
import io.millrace.storage.payload.PayloadException;

/**
 * Refuses types whose values would come back as another class, or not at all; and for primitives,
 * null.
 */
final class OpenTypes extends BeanDeserializerModifier {

  private static final long serialVersionUID = 1L;

  @Override
  public BeanDeserializerBuilder updateBuilder(
      DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
    if (!bean.getType().isAbstract() && !canMake(bean, builder.getValueInstantiator())) {
      throw new PayloadException(
          "no object of %s could be made; give it a constructor without parameters, make it a record, or annotate a constructor with @JsonCreator"
              .formatted(bean.getBeanClass().getName()));
    }
    return builder;
  }

  /**
   * A constructor that takes a lone number or text is a way in only for what is written as such.
   */
  private static boolean canMake(BeanDescription bean, ValueInstantiator instantiator) {
    return bean.findJsonValueAccessor() != null
        ? instantiator.canInstantiate()
        : instantiator.canCreateUsingDefault()
            || instantiator.canCreateFromObjectWith()
            || instantiator.canCreateUsingDelegate()
            || instantiator.canCreateUsingArrayDelegate();
  }

  @Override
  public JsonDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
    Class<?> type = bean.getBeanClass();
    // Not of the bean: Jackson describes boxes as their primitives.
    if (deserializer.handledType().isPrimitive()) {
      return new PrimitiveValue(deserializer);
    }
    if (deserializer instanceof UntypedObjectDeserializer
        || type == Number.class
        || type == CharSequence.class
        || (deserializer instanceof AbstractDeserializer && !saysItsClass(config, bean))) {
      throw new PayloadException(
          "%s may stand for any class; declare the type itself, or make it a sealed interface"
              .formatted(type.getName()));
    }
    return deserializer;
  }

  private static boolean saysItsClass(DeserializationConfig config, BeanDescription bean) {
    return config
            .getAnnotationIntrospector()
            .findTypeResolver(config, bean.getClassInfo(), bean.getType())
        != null;
  }
}
