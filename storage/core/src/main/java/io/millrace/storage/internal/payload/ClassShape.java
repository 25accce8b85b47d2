package io.millrace.storage.internal.payload;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How objects of a class that is no record are made: by a constructor without parameters, and then
 * field by field; or, where fields are final, by the constructor that takes them all.
 *
 * @param members the fields, in the order of the constructor's parameters if it has any
 * @param constructor the constructor
 */
record ClassShape(List<Member> members, Constructor<?> constructor) {

  /** What Kotlin's compiler puts on its classes; known by name only. */
  private static final String KOTLIN = "kotlin.Metadata";

  /**
   * A field, and the class with its type arguments that declares it.
   *
   * @param field neither static nor transient
   * @param level the class or a superclass
   */
  record Member(Field field, Type level) {}

  /**
   * Looks at a class.
   *
   * @param levels the class and its superclasses, outermost first
   */
  static ClassShape of(Class<?> raw, List<Type> levels) {
    List<Member> members = members(raw, levels);
    Constructor<?> empty = declared(raw);
    Member fixed =
        members.stream()
            .filter(member -> Modifier.isFinal(member.field.getModifiers()))
            .findFirst()
            .orElse(null);
    if (empty != null && fixed == null) {
      return new ClassShape(members, empty);
    }
    for (Constructor<?> constructor : raw.getDeclaredConstructors()) {
      List<Member> ordered = ordered(constructor, members);
      if (ordered != null) {
        return new ClassShape(ordered, constructor);
      }
    }
    if (empty == null) {
      throw Refusals.type(
          Where.root(raw.getName()),
          raw.getName(),
          "has no constructor without parameters",
          "add one (it may be private), or make the class a record");
    }
    Field field = members.get(members.indexOf(fixed)).field;
    throw Refusals.type(
        new Where(raw.getName(), field.getName()),
        field.getGenericType().getTypeName(),
        "is final, which no reader can set",
        "make the class a record");
  }

  /** Returns the canonical constructor of a record. */
  static Constructor<?> canonical(Class<?> raw) {
    Class<?>[] parameters =
        Arrays.stream(raw.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<?> constructor = declared(raw, parameters);
    if (constructor == null) {
      throw new IllegalStateException("expected a canonical constructor, record=" + raw);
    }
    return constructor;
  }

  /** Returns what makes objects. */
  ObjectPlan.Maker maker(Where where) {
    return constructor.getParameterCount() == 0
        ? Access.bean(constructor, members.stream().map(Member::field).toList(), where)
        : Access.constructor(constructor, where);
  }

  private static List<Member> members(Class<?> raw, List<Type> levels) {
    List<Member> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Type level : levels) {
      for (Field field : Types.erase(level).getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) || Modifier.isTransient(field.getModifiers())) {
          continue;
        }
        if (!names.add(field.getName())) {
          throw Refusals.type(
              new Where(raw.getName(), field.getName()),
              field.getGenericType().getTypeName(),
              "has the name of a superclass's field",
              "rename one of them");
        }
        members.add(new Member(field, level));
      }
    }
    return members;
  }

  private static @Nullable Constructor<?> declared(Class<?> raw, Class<?>... parameters) {
    try {
      return raw.getDeclaredConstructor(parameters);
    } catch (NoSuchMethodException missing) {
      return null;
    }
  }

  /** Returns the members in the order of a constructor that takes them all, or null. */
  private static @Nullable List<Member> ordered(Constructor<?> constructor, List<Member> members) {
    Parameter[] parameters = constructor.getParameters();
    if (parameters.length != members.size() || constructor.isSynthetic()) {
      return null;
    }
    boolean named = Arrays.stream(parameters).allMatch(Parameter::isNamePresent);
    List<Member> ordered = named ? byName(parameters, members) : null;
    return ordered == null && isKotlinData(constructor) ? byPlace(parameters, members) : ordered;
  }

  /** For classes that were compiled with {@code -parameters}. */
  private static @Nullable List<Member> byName(Parameter[] parameters, List<Member> members) {
    Map<String, Member> byName = new HashMap<>();
    members.forEach(member -> byName.put(member.field.getName(), member));
    List<Member> ordered = new ArrayList<>();
    for (Parameter parameter : parameters) {
      Member member = byName.remove(parameter.getName());
      if (member == null || member.field.getType() != parameter.getType()) {
        return null;
      }
      ordered.add(member);
    }
    return ordered;
  }

  /**
   * A Kotlin data class has a method for each of its constructor's properties, in their order; that
   * of an internal one has the name of its module behind a dollar.
   */
  private static boolean isKotlinData(Constructor<?> constructor) {
    Class<?> raw = constructor.getDeclaringClass();
    Class<?>[] parameters = constructor.getParameterTypes();
    for (int i = 0; i < parameters.length; i++) {
      String component = "component" + (i + 1);
      Class<?> type = parameters[i];
      if (Arrays.stream(raw.getDeclaredMethods())
          .noneMatch(m -> isNamed(m, component) && m.getReturnType() == type)) {
        return false;
      }
    }
    return Arrays.stream(raw.getAnnotations())
        .anyMatch(each -> each.annotationType().getName().equals(KOTLIN));
  }

  private static boolean isNamed(Method method, String name) {
    return method.getName().equals(name) || method.getName().startsWith(name + "$");
  }

  private static @Nullable List<Member> byPlace(Parameter[] parameters, List<Member> members) {
    for (int i = 0; i < parameters.length; i++) {
      if (members.get(i).field.getType() != parameters[i].getType()) {
        return null;
      }
    }
    return members;
  }
}
