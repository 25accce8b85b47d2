package io.millrace.storage.internal.payload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The collections of the JDK that may be declared, and what each reads back as. The three plain
 * interfaces read back unmodifiable; a class reads back as itself.
 */
final class CollectionPlans {

  private static final Map<Class<?>, Sequence> SEQUENCES = new HashMap<>();
  private static final Map<Class<?>, Mapping> MAPPINGS = new HashMap<>();

  static {
    SequencePlan.Build unmodifiable = each -> Collections.unmodifiableList(Arrays.asList(each));
    SEQUENCES.put(List.class, new Sequence(Kind.LIST, false, unmodifiable));
    SEQUENCES.put(Collection.class, new Sequence(Kind.LIST, false, unmodifiable));
    list(ArrayList::new, ArrayList.class);
    SEQUENCES.put(
        Set.class,
        new Sequence(
            Kind.SET,
            false,
            each -> Collections.unmodifiableSet(addAll(new LinkedHashSet<>(), each))));
    set(HashSet::new, HashSet.class);
    set(LinkedHashSet::new, LinkedHashSet.class);
    set(TreeSet::new, TreeSet.class, SortedSet.class, NavigableSet.class);
    Sequence deque = new Sequence(Kind.LIST, true, each -> new ArrayDeque<>(Arrays.asList(each)));
    SEQUENCES.put(ArrayDeque.class, deque);
    SEQUENCES.put(Deque.class, deque);
    SEQUENCES.put(Queue.class, deque);
    MAPPINGS.put(Map.class, new Mapping(LinkedHashMap::new, Collections::unmodifiableMap));
    map(HashMap::new, HashMap.class);
    map(LinkedHashMap::new, LinkedHashMap.class);
    map(TreeMap::new, TreeMap.class, SortedMap.class, NavigableMap.class);
    map(ConcurrentHashMap::new, ConcurrentHashMap.class, ConcurrentMap.class);
  }

  private CollectionPlans() {}

  /** Whether a class is a collection that may be declared; it then needs type arguments. */
  static boolean known(Class<?> type) {
    return SEQUENCES.containsKey(type)
        || MAPPINGS.containsKey(type)
        || type == EnumSet.class
        || type == EnumMap.class;
  }

  /**
   * Returns the plan of a known collection.
   *
   * @param arguments the classes of its elements
   * @param plans the plans of its elements
   */
  static Plan plan(Class<?> type, List<Class<?>> arguments, List<Plan> plans) {
    Sequence sequence = SEQUENCES.get(type);
    if (sequence != null) {
      return new SequencePlan(
          type, sequence.kind, plans.get(0), sequence.nullsRefused, sequence.build);
    }
    if (type == EnumSet.class) {
      return enumSet(arguments.get(0), plans.get(0));
    }
    Mapping mapping =
        type == EnumMap.class ? enumMap(arguments.get(0)) : MAPPINGS.getOrDefault(type, NONE);
    return new MapPlan(type, plans.get(0), plans.get(1), mapping.make, mapping.finish);
  }

  private static final Mapping NONE = new Mapping(LinkedHashMap::new, UnaryOperator.identity());

  @SuppressWarnings({"unchecked", "rawtypes"}) // the class is that of the declared enum
  private static Plan enumSet(Class<?> constants, Plan element) {
    return new SequencePlan(
        EnumSet.class,
        Kind.SET,
        element,
        false,
        each -> {
          EnumSet set = EnumSet.noneOf((Class) constants);
          set.addAll(Arrays.asList(each));
          return set;
        });
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the class is that of the declared enum
  private static Mapping enumMap(Class<?> constants) {
    return new Mapping(() -> new EnumMap((Class) constants), UnaryOperator.identity());
  }

  private static void list(Copy copy, Class<?> type) {
    SEQUENCES.put(type, new Sequence(Kind.LIST, false, each -> copy.of(Arrays.asList(each))));
  }

  private static void set(Supplier<Set<@Nullable Object>> make, Class<?>... types) {
    for (Class<?> type : types) {
      SEQUENCES.put(type, new Sequence(Kind.SET, false, each -> addAll(make.get(), each)));
    }
  }

  private static void map(
      Supplier<Map<@Nullable Object, @Nullable Object>> make, Class<?>... types) {
    for (Class<?> type : types) {
      MAPPINGS.put(type, new Mapping(make, UnaryOperator.identity()));
    }
  }

  private static Set<@Nullable Object> addAll(
      Set<@Nullable Object> set, @Nullable Object[] elements) {
    set.addAll(Arrays.asList(elements));
    return set;
  }

  /** Copies a list. */
  private interface Copy {
    Object of(List<@Nullable Object> elements);
  }

  private record Sequence(Kind kind, boolean nullsRefused, SequencePlan.Build build) {}

  private record Mapping(
      Supplier<Map<@Nullable Object, @Nullable Object>> make,
      UnaryOperator<Map<@Nullable Object, @Nullable Object>> finish) {}
}
