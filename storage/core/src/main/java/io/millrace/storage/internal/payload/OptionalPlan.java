package io.millrace.storage.internal.payload;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plan of an optional; what was stored without one reads as one. */
final class OptionalPlan extends Plan {

  static final int NULL = 0;
  static final int EMPTY = 1;
  static final int PRESENT = 2;

  private final Plan element;
  private final Shape shape;

  OptionalPlan(Plan element) {
    this.element = element;
    this.shape = Shape.of(Kind.OPTIONAL, element.shape());
  }

  @Override
  Shape shape() {
    return shape;
  }

  @Override
  void write(PayloadOutput out, @Nullable Object value) {
    if (value == null) {
      out.writeByte(NULL);
    } else if (((Optional<?>) value).isEmpty()) {
      out.writeByte(EMPTY);
    } else {
      out.writeByte(PRESENT);
      out.enter();
      element.write(out, ((Optional<?>) value).get());
      out.leave();
    }
  }

  @Override
  ValueReader resolve(Shape stored, Resolver resolver, Where where) {
    if (stored.kind() != Kind.OPTIONAL) {
      ValueReader bare = resolver.resolve(stored, element, where);
      return in -> Optional.ofNullable(bare.read(in));
    }
    ValueReader reader = resolver.resolve(stored.element(0), element, where);
    return in -> {
      int choice = in.readByte();
      if (choice == NULL) {
        return null;
      }
      if (choice == EMPTY) {
        return Optional.empty();
      }
      if (choice != PRESENT) {
        throw in.damaged("expected an optional");
      }
      in.enter();
      Object value = reader.read(in);
      in.leave();
      return Optional.ofNullable(value);
    };
  }

  @Override
  boolean immutable(Set<Plan> asked) {
    return element.immutable(asked);
  }

  @Override
  Object absent() {
    return Optional.empty();
  }
}
