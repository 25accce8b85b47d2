package io.millrace.storage.internal.payload;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the plan of a declared type and of all that its fields reach, and refuses what has no form:
 * a type that says too little about its values ({@code Object}, wildcards, raw types, open
 * interfaces) could be made to instantiate any class. Belongs to one thread; used once.
 */
final class PlanBuilder {

  private static final String DECLARE =
      "declare a record, an enum, a sealed interface, or a collection with type arguments";

  private final Map<Type, Plan> defined = new HashMap<>();

  /**
   * Fields are looked at one type after the other, not one inside the other, to spare the stack.
   */
  private final Deque<Runnable> unfinished = new ArrayDeque<>();

  /** How many type arguments, one inside the other, lead to the type being looked at. */
  private int nesting;

  /** Returns the plan of a declared type. */
  Plan build(Type type) {
    Type boxless = type == void.class ? Void.class : type;
    Plan plan = plan(boxless, Where.root(type.getTypeName()));
    while (!unfinished.isEmpty()) {
      unfinished.pop().run();
    }
    return plan;
  }

  private Plan plan(Type type, Where where) {
    if (++nesting > DescriptorLayout.SHAPE_DEPTH_MAX) {
      throw Refusals.type(
          where,
          Types.erase(type).getName(),
          "nests type arguments deeper than " + DescriptorLayout.SHAPE_DEPTH_MAX,
          "put a record in between");
    }
    Plan plan = planOf(type, where);
    nesting--;
    return plan;
  }

  private Plan planOf(Type type, Where where) {
    if (type instanceof WildcardType) {
      throw Refusals.type(
          where, type.getTypeName(), "is a wildcard", "name the type argument itself");
    }
    if (type instanceof TypeVariable<?>) {
      throw Refusals.type(
          where,
          type.getTypeName(),
          "is a type variable that nothing binds",
          "use new TypeRef<...>() {} with all type arguments");
    }
    if (type instanceof GenericArrayType array) {
      return array(array.getGenericComponentType(), where);
    }
    Class<?> raw = Types.erase(type);
    Kind kind = Scalars.kindOf(raw);
    if (kind != null) {
      return new ScalarPlan(kind);
    }
    if (raw.isArray()) {
      return array(raw.getComponentType(), where);
    }
    if (type instanceof Class<?> && raw.getTypeParameters().length > 0) {
      throw Refusals.type(
          where, raw.getName(), "is raw", "give its type arguments, such as List<String>");
    }
    if (type instanceof ParameterizedType named && (raw == Optional.class || isKnown(raw))) {
      return collection(raw, named.getActualTypeArguments(), where);
    }
    Plan known = defined.get(type);
    return known == null ? define(type, raw, where) : known;
  }

  private static boolean isKnown(Class<?> raw) {
    return CollectionPlans.known(raw);
  }

  private Plan array(Type component, Where where) {
    Class<?> element = Types.erase(component);
    return new SequencePlan(
        element.arrayType(),
        Kind.LIST,
        plan(component, where),
        false,
        elements -> {
          Object[] array = (Object[]) Array.newInstance(element, elements.length);
          System.arraycopy(elements, 0, array, 0, array.length);
          return array;
        });
  }

  private Plan collection(Class<?> raw, Type[] arguments, Where where) {
    List<Plan> plans = Arrays.stream(arguments).map(each -> plan(each, where)).toList();
    if (raw == Optional.class) {
      return new OptionalPlan(plans.get(0));
    }
    List<Class<?>> classes = new ArrayList<>();
    for (Type argument : arguments) {
      classes.add(Types.erase(argument));
    }
    return CollectionPlans.plan(raw, classes, plans);
  }

  private Plan define(Type type, Class<?> raw, Where where) {
    if (defined.size() >= DescriptorLayout.DEFINITIONS_MAX) {
      throw Refusals.type(
          where,
          raw.getName(),
          "is one more than " + DescriptorLayout.DEFINITIONS_MAX + " types that are reached",
          "declare smaller types");
    }
    if (raw.isEnum()) {
      return put(type, new EnumPlan(raw));
    }
    refuseUnsupported(raw, where);
    if (raw.isSealed()) {
      return sealed(type, raw, where);
    }
    ObjectPlan plan =
        new ObjectPlan(raw, raw.isRecord() ? Definition.Form.RECORD : Definition.Form.CLASS);
    put(type, plan);
    unfinished.push(
        () -> {
          if (raw.isRecord()) {
            fillRecord(plan, type, raw);
          } else {
            fillClass(plan, type, raw);
          }
        });
    return plan;
  }

  private Plan put(Type type, Plan plan) {
    defined.put(type, plan);
    return plan;
  }

  private static void refuseUnsupported(Class<?> raw, Where where) {
    String name = raw.getName();
    if (raw == Object.class) {
      throw Refusals.type(where, name, "may be anything", DECLARE);
    }
    if (isPlatform(raw)) {
      throw Refusals.type(
          where, name, "is a JDK type without a form", "store what it says in a type that has one");
    }
    if (raw.isInterface() && !raw.isSealed()) {
      throw Refusals.type(where, name, "is an open interface", "seal it, or " + DECLARE);
    }
    if (Modifier.isAbstract(raw.getModifiers()) && !raw.isSealed()) {
      throw Refusals.type(where, name, "is an open abstract class", "seal it, or " + DECLARE);
    }
    if (raw.isSealed() && !Modifier.isAbstract(raw.getModifiers())) {
      throw Refusals.type(
          where, name, "is sealed and has values of its own", "make it abstract or final");
    }
    boolean inner = raw.isMemberClass() && !Modifier.isStatic(raw.getModifiers());
    if (!raw.isInterface() && (inner || raw.isAnonymousClass() || raw.isHidden())) {
      throw Refusals.type(
          where, name, "is an inner, anonymous or hidden class", "make it a static nested one");
    }
  }

  private static boolean isPlatform(Class<?> raw) {
    ClassLoader loader = raw.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  private Plan sealed(Type type, Class<?> raw, Where where) {
    SealedPlan plan = new SealedPlan(raw);
    put(type, plan);
    Set<Class<?>> members = new LinkedHashSet<>();
    collectMembers(raw, members, where);
    Map<Class<?>, Plan> plans = new LinkedHashMap<>();
    for (Class<?> member : members) {
      plans.put(member, plan(Types.member(member, type), new Where(raw.getName(), null)));
    }
    plan.fill(plans);
    return plan;
  }

  private static void collectMembers(Class<?> family, Set<Class<?>> members, Where where) {
    for (Class<?> member : family.getPermittedSubclasses()) {
      if (member.isSealed() && !member.isEnum()) {
        collectMembers(member, members, where);
      } else if (Modifier.isFinal(member.getModifiers()) || member.isEnum()) {
        members.add(member);
      } else {
        throw Refusals.type(
            where, member.getName(), "opens the sealed family again", "make it final or sealed");
      }
    }
  }

  private void fillRecord(ObjectPlan plan, Type type, Class<?> raw) {
    Map<TypeVariable<?>, Type> bindings = Types.bindings(type);
    List<ObjectPlan.FieldPlan> fields = new ArrayList<>();
    for (RecordComponent component : raw.getRecordComponents()) {
      Where where = new Where(raw.getName(), component.getName());
      fields.add(
          new ObjectPlan.FieldPlan(
              component.getName(),
              plan(Types.bind(component.getGenericType(), bindings), where),
              Access.accessor(component.getAccessor(), where)));
    }
    plan.fill(fields, Access.constructor(ClassShape.canonical(raw), Where.root(raw.getName())));
  }

  private void fillClass(ObjectPlan plan, Type type, Class<?> raw) {
    Where self = Where.root(raw.getName());
    ClassShape shape = ClassShape.of(raw, levels(type, self));
    List<ObjectPlan.FieldPlan> plans = new ArrayList<>();
    for (ClassShape.Member member : shape.members()) {
      Field field = member.field();
      Where where = new Where(raw.getName(), field.getName());
      Type declared = Types.bind(field.getGenericType(), Types.bindings(member.level()));
      plans.add(
          new ObjectPlan.FieldPlan(
              field.getName(), plan(declared, where), Access.field(field, where)));
    }
    plan.fill(plans, shape.maker(self));
  }

  /** Returns the superclasses below Object and the type itself, outermost first. */
  private static List<Type> levels(Type type, Where where) {
    List<Type> levels = new ArrayList<>();
    Type level = type;
    while (Types.erase(level) != Object.class) {
      if (isPlatform(Types.erase(level))) {
        throw Refusals.type(
            where, level.getTypeName(), "is a superclass of the JDK's", "store a record instead");
      }
      levels.add(0, level);
      level = Types.bind(Types.erase(level).getGenericSuperclass(), Types.bindings(level));
    }
    return levels;
  }
}
