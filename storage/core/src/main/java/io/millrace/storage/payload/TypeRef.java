package io.millrace.storage.payload;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A type with its type arguments, which a {@link Class} cannot name. Immutable; two are equal if
 * their types are.
 *
 * <pre>{@code
 * TypeRef<List<Order>> orders = new TypeRef<>() {};
 * TypeRef<Order> order = TypeRef.of(Order.class);
 * }</pre>
 *
 * @param <T> the type
 */
public abstract class TypeRef<T extends @Nullable Object> {

  private final Type type;

  /**
   * Takes the type from the subclass that the caller writes.
   *
   * @throws IllegalArgumentException if the subclass names no type argument
   */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parent)
        || parent.getRawType() != TypeRef.class) {
      throw new IllegalArgumentException(
          "a TypeRef is written new TypeRef<List<Order>>() {}, class=" + getClass().getName());
    }
    this.type = parent.getActualTypeArguments()[0];
  }

  private TypeRef(Type type) {
    this.type = type;
  }

  /** Returns the reference to a type without type arguments; a primitive's is its box. */
  public static <T> TypeRef<T> of(Class<T> type) {
    return new Plain<>(type);
  }

  /** Returns the type. */
  public final Type type() {
    return type;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof TypeRef<?> that && type.equals(that.type);
  }

  @Override
  public final int hashCode() {
    return type.hashCode();
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }

  private static final class Plain<T> extends TypeRef<T> {
    Plain(Class<T> type) {
      super(boxed(type));
    }

    private static Type boxed(Class<?> type) {
      return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }
  }
}
