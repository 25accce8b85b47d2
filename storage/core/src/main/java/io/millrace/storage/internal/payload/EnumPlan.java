package io.millrace.storage.internal.payload;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plan of an enum: the number of the constant among those listed in the descriptor. */
final class EnumPlan extends Plan {

  private final Class<?> type;
  private final Enum<?>[] constants;
  private final Shape shape;

  EnumPlan(Class<?> type) {
    this.type = type;
    this.constants = (Enum<?>[]) type.getEnumConstants();
    Definition definition = new Definition(Definition.Form.ENUM, type.getName());
    definition.fill(List.of(), Arrays.stream(constants).map(Enum::name).toList(), List.of());
    this.shape = Shape.defined(definition);
  }

  @Override
  Shape shape() {
    return shape;
  }

  /** The descriptor lists the constants in their order, so the ordinal is a place in that list. */
  @Override
  @SuppressWarnings("EnumOrdinal")
  void write(PayloadOutput out, @Nullable Object value) {
    if (value == null) {
      out.writeNull();
    } else {
      out.writeCount(((Enum<?>) type.cast(value)).ordinal());
    }
  }

  @Override
  ValueReader resolve(Shape stored, Resolver resolver, Where where) {
    if (stored.kind() != Kind.DEFINED || stored.defined().form() != Definition.Form.ENUM) {
      return Resolver.incompatible(stored, this, where);
    }
    Map<String, Enum<?>> byName = new HashMap<>();
    for (Enum<?> constant : constants) {
      byName.put(constant.name(), constant);
    }
    List<String> names = stored.defined().constants();
    @Nullable Enum<?>[] today = new Enum<?>[names.size()];
    Arrays.setAll(today, i -> byName.get(names.get(i)));
    return in -> {
      int number = in.readVarInt(true);
      if (number == 0) {
        return null;
      }
      if (number < 0 || number > today.length) {
        throw in.damaged("expected a constant of " + stored);
      }
      Enum<?> constant = today[number - 1];
      if (constant == null) {
        throw Resolver.refusal(in, names.get(number - 1), "a constant of " + type.getName(), where);
      }
      return constant;
    };
  }

  @Override
  boolean immutable(Set<Plan> asked) {
    return true;
  }
}
