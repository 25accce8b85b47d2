package io.millrace.storage.internal.payload;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The arithmetic of generic types: what a variable stands for. */
final class Types {

  private Types() {}

  /** Returns the type with its variables replaced; a variable that is not bound stays. */
  static Type bind(Type type, Map<TypeVariable<?>, Type> bindings) {
    if (type instanceof TypeVariable<?> variable) {
      return bindings.getOrDefault(variable, variable);
    }
    if (type instanceof GenericArrayType array) {
      Type component = bind(array.getGenericComponentType(), bindings);
      return component instanceof Class<?> known ? known.arrayType() : new ArrayOf(component);
    }
    if (type instanceof ParameterizedType named) {
      List<Type> arguments =
          Arrays.stream(named.getActualTypeArguments()).map(each -> bind(each, bindings)).toList();
      return new Applied((Class<?>) named.getRawType(), arguments, named.getOwnerType());
    }
    return type;
  }

  /** Returns what the variables of a generic class stand for in a type. */
  static Map<TypeVariable<?>, Type> bindings(Type type) {
    Map<TypeVariable<?>, Type> bindings = new HashMap<>();
    if (type instanceof ParameterizedType named) {
      TypeVariable<?>[] variables = ((Class<?>) named.getRawType()).getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        bindings.put(variables[i], named.getActualTypeArguments()[i]);
      }
    }
    return bindings;
  }

  /** Returns the class of a type; of a wildcard or variable, {@code Object}. */
  static Class<?> erase(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    if (type instanceof ParameterizedType named) {
      return (Class<?>) named.getRawType();
    }
    if (type instanceof GenericArrayType array) {
      return Array.newInstance(erase(array.getGenericComponentType()), 0).getClass();
    }
    return Object.class;
  }

  /**
   * Returns a member of a sealed family with its type arguments, as far as those of the family tell
   * them.
   */
  static Type member(Class<?> member, Type family) {
    if (member.getTypeParameters().length == 0) {
      return member;
    }
    Type self = new Applied(member, List.of(member.getTypeParameters()), null);
    Type parent = supertype(self, erase(family));
    Map<TypeVariable<?>, Type> told = new HashMap<>();
    if (parent instanceof ParameterizedType asParent && family instanceof ParameterizedType given) {
      for (int i = 0; i < asParent.getActualTypeArguments().length; i++) {
        if (asParent.getActualTypeArguments()[i] instanceof TypeVariable<?> variable) {
          told.put(variable, given.getActualTypeArguments()[i]);
        }
      }
    }
    return bind(self, told);
  }

  private static @Nullable Type supertype(Type type, Class<?> wanted) {
    Class<?> raw = erase(type);
    if (raw == wanted) {
      return type;
    }
    for (Type parent : raw.getGenericInterfaces()) {
      Type found = supertype(bind(parent, bindings(type)), wanted);
      if (found != null) {
        return found;
      }
    }
    Type parent = raw.getGenericSuperclass();
    return parent == null ? null : supertype(bind(parent, bindings(type)), wanted);
  }

  /** A class applied to arguments; equal to the JDK's own. */
  private record Applied(Class<?> raw, List<Type> arguments, @Nullable Type owner)
      implements ParameterizedType {

    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return owner;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ParameterizedType that
          && raw.equals(that.getRawType())
          && Objects.equals(owner, that.getOwnerType())
          && arguments.equals(List.of(that.getActualTypeArguments()));
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(getActualTypeArguments()) ^ Objects.hashCode(owner) ^ raw.hashCode();
    }

    @Override
    public String toString() {
      return arguments.stream()
          .map(Type::getTypeName)
          .collect(Collectors.joining(", ", raw.getName() + "<", ">"));
    }
  }

  /** An array of a generic type; equal to the JDK's own. */
  private record ArrayOf(Type component) implements GenericArrayType {

    @Override
    public Type getGenericComponentType() {
      return component;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof GenericArrayType that
          && component.equals(that.getGenericComponentType());
    }

    @Override
    public int hashCode() {
      return component.hashCode();
    }

    @Override
    public String toString() {
      return component.getTypeName() + "[]";
    }
  }
}
