package io.millrace.storage.internal.payload;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The plan of a map: a count, then key and value in turn. */
final class MapPlan extends Plan {

  private final Class<?> type;
  private final Plan key;
  private final Plan value;
  private final Shape shape;
  private final Supplier<Map<@Nullable Object, @Nullable Object>> make;
  private final UnaryOperator<Map<@Nullable Object, @Nullable Object>> finish;

  /**
   * Makes one.
   *
   * @param type what values are
   * @param key the plan of the keys
   * @param value the plan of the values
   * @param make makes an empty map
   * @param finish makes the value of the filled one
   */
  MapPlan(
      Class<?> type,
      Plan key,
      Plan value,
      Supplier<Map<@Nullable Object, @Nullable Object>> make,
      UnaryOperator<Map<@Nullable Object, @Nullable Object>> finish) {
    this.type = type;
    this.key = key;
    this.value = value;
    this.shape = Shape.of(Kind.MAP, key.shape(), value.shape());
    this.make = make;
    this.finish = finish;
  }

  @Override
  Shape shape() {
    return shape;
  }

  @Override
  void write(PayloadOutput out, @Nullable Object written) {
    if (written == null) {
      out.writeNull();
      return;
    }
    Map<?, ?> map = (Map<?, ?>) type.cast(written);
    if (map instanceof SortedMap<?, ?> sorted && sorted.comparator() != null) {
      throw Refusals.comparator(type);
    }
    out.enter();
    int count = map.size();
    out.writeCount(count);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      key.write(out, entry.getKey());
      value.write(out, entry.getValue());
      count--;
    }
    if (count != 0) {
      throw Refusals.changedMeanwhile(type);
    }
    out.leave();
  }

  @Override
  ValueReader resolve(Shape stored, Resolver resolver, Where where) {
    if (stored.kind() != Kind.MAP) {
      return Resolver.incompatible(stored, this, where);
    }
    ValueReader keys = resolver.resolve(stored.element(0), key, where);
    ValueReader values = resolver.resolve(stored.element(1), value, where);
    return in -> {
      int count = in.readCount(2);
      if (count < 0) {
        return null;
      }
      in.enter();
      Map<@Nullable Object, @Nullable Object> map = make.get();
      for (int i = 0; i < count; i++) {
        Object eachKey = keys.read(in);
        map.put(eachKey, values.read(in));
      }
      in.leave();
      return finish.apply(map);
    };
  }

  @Override
  boolean immutable(Set<Plan> asked) {
    return false;
  }
}
