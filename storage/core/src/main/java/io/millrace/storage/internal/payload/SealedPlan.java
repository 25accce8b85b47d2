package io.millrace.storage.internal.payload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plan of a sealed family: the number of the member in the descriptor, then its value. */
final class SealedPlan extends Plan {

  private final Class<?> type;
  private final Definition definition;
  private final Shape shape;
  private final Map<Class<?>, Member> members = new HashMap<>();
  private final Map<String, Plan> byName = new LinkedHashMap<>();

  SealedPlan(Class<?> type) {
    this.type = type;
    this.definition = new Definition(Definition.Form.SEALED, type.getName());
    this.shape = Shape.defined(definition);
  }

  /** Completes the plan with the concrete members of the family. */
  void fill(Map<Class<?>, Plan> plans) {
    List<Definition> subtypes = new ArrayList<>();
    plans.forEach(
        (member, plan) -> {
          members.put(member, new Member(subtypes.size(), plan));
          byName.put(member.getName(), plan);
          subtypes.add(plan.shape().defined());
        });
    definition.fill(List.of(), List.of(), subtypes);
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
    Member member = members.get(value.getClass());
    if (member == null && value instanceof Enum<?> constant) {
      member = members.get(constant.getDeclaringClass());
    }
    if (member == null) {
      throw new ClassCastException(
          value.getClass().getName() + " is no member of " + type.getName());
    }
    out.writeCount(member.number);
    member.plan.write(out, value);
  }

  @Override
  ValueReader resolve(Shape stored, Resolver resolver, Where where) {
    if (stored.kind() != Kind.DEFINED || stored.defined().form() != Definition.Form.SEALED) {
      return Resolver.incompatible(stored, this, where);
    }
    return resolver.recursive(
        stored.defined(),
        this,
        SealedReader::new,
        (reader, family) ->
            reader.byNumber =
                family.subtypes().stream()
                    .map(subtype -> resolveMember(subtype, resolver, where))
                    .toArray(ValueReader[]::new));
  }

  private ValueReader resolveMember(Definition stored, Resolver resolver, Where where) {
    Plan plan = memberNamed(stored);
    if (plan == null) {
      return Resolver.refusing(stored.name(), "a member of " + type.getName(), where);
    }
    return resolver.resolve(Shape.defined(stored), plan, where);
  }

  /** By full name, or by the only one with its simple name: a family may move as a whole. */
  private @Nullable Plan memberNamed(Definition stored) {
    Plan exact = byName.get(stored.name());
    if (exact != null) {
      return exact;
    }
    List<Plan> namesakes =
        byName.values().stream()
            .filter(plan -> plan.shape().defined().simpleName().equals(stored.simpleName()))
            .toList();
    return namesakes.size() == 1 ? namesakes.get(0) : null;
  }

  @Override
  boolean immutable(Set<Plan> asked) {
    return !asked.add(this)
        || members.values().stream().allMatch(member -> member.plan.immutable(asked));
  }

  private record Member(int number, Plan plan) {}

  /** Reads the number of a member, and its value. */
  private static final class SealedReader implements ValueReader {

    /** Filled before the reader is published. */
    private ValueReader[] byNumber = new ValueReader[0];

    @Override
    public @Nullable Object read(PayloadInput in) {
      int number = in.readVarInt(true);
      if (number == 0) {
        return null;
      }
      if (number < 0 || number > byNumber.length) {
        throw in.damaged("expected a member of a sealed family");
      }
      return byNumber[number - 1].read(in);
    }
  }
}
