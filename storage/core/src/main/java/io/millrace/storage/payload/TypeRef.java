package io.millrace.storage.payload;

import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A Java type with its type arguments, which a {@code Class} cannot carry. Two are equal if their
 * types are. Immutable and thread-safe; keep one in a constant rather than making it for each call.
 *
 * <pre>{@code
 * TypeRef<Order> order = TypeRef.of(Order.class);
 * TypeRef<List<Order>> orders = new TypeRef<List<Order>>() {};
 * }</pre>
 *
 * @param <T> the type
 */
public abstract class TypeRef<T extends @Nullable Object> {

  private final Type type;
  private final int hash;

  /**
   * Captures the type argument that a direct anonymous subclass names.
   *
   * @throws IllegalArgumentException if the subclass names none
   */
  protected TypeRef() {
    Type parent = getClass().getGenericSuperclass();
    if (!(parent instanceof ParameterizedType named && named.getRawType() == TypeRef.class)) {
      throw new IllegalArgumentException(
          "a TypeRef names its type where it is made, such as new TypeRef<List<Order>>() {},"
              + " class="
              + getClass().getName());
    }
    this.type = named.getActualTypeArguments()[0];
    this.hash = type.hashCode();
  }

  private TypeRef(Type type) {
    this.type = type;
    this.hash = type.hashCode();
  }

  /** Returns the reference to a type without type arguments; a primitive's is its box. */
  public static <T> TypeRef<T> of(Class<T> type) {
    return new OfClass<>(type);
  }

  /** Returns the type. */
  public final Type type() {
    return type;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other || (other instanceof TypeRef<?> that && type.equals(that.type));
  }

  @Override
  public final int hashCode() {
    return hash;
  }

  /** Returns the type as it is written in source. */
  @Override
  public final String toString() {
    return type.getTypeName();
  }

  private static final class OfClass<T> extends TypeRef<T> {
    private OfClass(Class<T> type) {
      super((Type) MethodType.methodType(type).wrap().returnType());
    }
  }
}
