package io.millrace.storage.internal.payload;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a value is written: its kind, the shapes of its elements, and for {@link Kind#DEFINED} what
 * the user defined. Enough to read past a value, or to show it.
 *
 * @param kind the kind
 * @param elements as many as the kind's arity
 * @param definition for a defined type, else null
 */
record Shape(Kind kind, List<Shape> elements, @Nullable Definition definition) {

  static Shape of(Kind kind, Shape... elements) {
    return new Shape(kind, List.of(elements), null);
  }

  static Shape defined(Definition definition) {
    return new Shape(Kind.DEFINED, List.of(), definition);
  }

  Shape element(int index) {
    return elements.get(index);
  }

  /** Returns the definition of a defined type. */
  Definition defined() {
    if (definition == null) {
      throw new IllegalStateException("expected a defined type, kind=" + kind);
    }
    return definition;
  }

  /** Returns the shape as a person would write it. */
  @Override
  public String toString() {
    if (definition != null) {
      return definition.name();
    }
    if (elements.isEmpty()) {
      return kind.label();
    }
    return elements.stream()
        .map(Shape::toString)
        .collect(Collectors.joining(", ", kind.label() + "<", ">"));
  }
}
