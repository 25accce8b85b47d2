package io.millrace.storage.internal.payload;

import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The plan of a scalar kind. */
final class ScalarPlan extends Plan {

  private final Kind kind;
  private final Shape shape;
  private final Scalar form;
  private final @Nullable Object absent;

  ScalarPlan(Kind kind) {
    this.kind = kind;
    this.shape = Shape.of(kind);
    this.form = Objects.requireNonNull(Scalars.formOf(kind));
    this.absent = kind.primitive() ? zero(kind) : null;
  }

  @Override
  Shape shape() {
    return shape;
  }

  @Override
  void write(PayloadOutput out, @Nullable Object value) {
    form.write(out, value);
  }

  @Override
  ValueReader resolve(Shape stored, Resolver resolver, Where where) {
    if (kind == Kind.VOID) {
      return new SkippingReader(stored);
    }
    Scalar storedForm = Scalars.formOf(stored.kind());
    UnaryOperator<Object> widening = widening(stored.kind().unboxed(), kind.unboxed());
    if (storedForm == null || widening == null) {
      return Resolver.incompatible(stored, this, where);
    }
    if (stored.kind() == kind) {
      return storedForm::read;
    }
    return in -> {
      Object value = storedForm.read(in);
      if (value == null && kind.primitive()) {
        throw Resolver.refusal(in, "null", kind.label(), where);
      }
      return value == null ? null : widening.apply(value);
    };
  }

  /** Returns how a value of one kind becomes one of another with nothing lost, or null. */
  private static @Nullable UnaryOperator<Object> widening(Kind from, Kind to) {
    if (from == to) {
      return UnaryOperator.identity();
    }
    if (from == Kind.CHAR) {
      return switch (to) {
        case INT -> value -> (int) (char) value;
        case LONG -> value -> (long) (char) value;
        default -> null;
      };
    }
    if (to == Kind.DOUBLE && (from == Kind.FLOAT || (integral(from) && from != Kind.LONG))) {
      return value -> ((Number) value).doubleValue();
    }
    if (!integral(from) || !integral(to) || from.code() > to.code()) {
      return null;
    }
    return switch (to) {
      case SHORT -> value -> ((Number) value).shortValue();
      case INT -> value -> ((Number) value).intValue();
      case LONG -> value -> ((Number) value).longValue();
      default -> null;
    };
  }

  private static boolean integral(Kind kind) {
    return kind == Kind.BYTE || kind == Kind.SHORT || kind == Kind.INT || kind == Kind.LONG;
  }

  private static @Nullable Object zero(Kind kind) {
    return switch (kind) {
      case BOOLEAN -> false;
      case BYTE -> (byte) 0;
      case SHORT -> (short) 0;
      case CHAR -> (char) 0;
      case INT -> 0;
      case LONG -> 0L;
      case FLOAT -> 0f;
      case DOUBLE -> 0d;
      default -> null;
    };
  }

  @Override
  boolean immutable(Set<Plan> asked) {
    return Scalars.immutable(kind);
  }

  @Override
  @Nullable Object absent() {
    return absent;
  }
}
