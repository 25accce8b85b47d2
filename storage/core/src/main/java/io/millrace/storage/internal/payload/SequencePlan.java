package io.millrace.storage.internal.payload;

import io.millrace.storage.payload.PayloadException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The plan of a list, a set or an array of objects: a count, then the elements. */
final class SequencePlan extends Plan {

  private static final int FIRST_ELEMENTS = 16;

  private final Class<?> type;
  private final boolean nullsRefused;
  private final Plan element;
  private final Shape shape;
  private final Build build;

  /**
   * Makes one.
   *
   * @param type what values are, an array or a collection
   * @param kind list or set
   * @param element the plan of the elements
   * @param nullsRefused whether the collection that is read back cannot hold null
   * @param build makes the value
   */
  SequencePlan(Class<?> type, Kind kind, Plan element, boolean nullsRefused, Build build) {
    this.type = type;
    this.nullsRefused = nullsRefused;
    this.element = element;
    this.shape = Shape.of(kind, element.shape());
    this.build = build;
  }

  @Override
  Shape shape() {
    return shape;
  }

  @Override
  void write(PayloadOutput out, @Nullable Object value) {
    if (value == null) {
      out.writeNull();
      return;
    }
    Object checked = type.cast(value);
    out.enter();
    if (checked instanceof Object[] array) {
      out.writeCount(array.length);
      for (Object each : array) {
        element.write(out, each);
      }
    } else {
      writeAll(out, (Collection<?>) checked);
    }
    out.leave();
  }

  private void writeAll(PayloadOutput out, Collection<?> values) {
    if (values instanceof SortedSet<?> sorted && sorted.comparator() != null) {
      throw Refusals.comparator(type);
    }
    int count = values.size();
    out.writeCount(count);
    for (Object each : values) {
      if (each == null && nullsRefused) {
        throw new PayloadException(
            "cannot store null in a %s, which could not be read back; leave it out, or declare a List"
                .formatted(type.getSimpleName()));
      }
      element.write(out, each);
      count--;
    }
    if (count != 0) {
      throw Refusals.changedMeanwhile(type);
    }
  }

  /** A set reads as a list, with nothing lost; not the other way. */
  @Override
  ValueReader resolve(Shape stored, Resolver resolver, Where where) {
    boolean fits =
        stored.kind() == shape.kind() || (stored.kind() == Kind.SET && shape.kind() == Kind.LIST);
    if (!fits) {
      return Resolver.incompatible(stored, this, where);
    }
    ValueReader reader = resolver.resolve(stored.element(0), element, where);
    return in -> {
      int count = in.readCount();
      if (count < 0) {
        return null;
      }
      in.enter();
      Object[] elements = readAll(in, reader, count);
      in.leave();
      return build.of(elements);
    };
  }

  /** Grows as elements arrive: a count alone, nested a hundred deep, must not allocate. */
  private static Object[] readAll(PayloadInput in, ValueReader reader, int count) {
    @Nullable Object[] elements = new Object[Math.min(count, FIRST_ELEMENTS)];
    for (int i = 0; i < count; i++) {
      if (i == elements.length) {
        elements = Arrays.copyOf(elements, Math.min(count, elements.length * 2));
      }
      elements[i] = reader.read(in);
    }
    return elements;
  }

  @Override
  boolean immutable(Set<Plan> asked) {
    return false;
  }

  /** Makes a value of its elements, which it may keep. */
  interface Build {
    Object of(@Nullable Object[] elements);
  }
}
