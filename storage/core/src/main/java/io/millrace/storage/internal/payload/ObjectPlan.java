package io.millrace.storage.internal.payload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a record or class: whether it is there, then its fields in the descriptor's order.
 */
final class ObjectPlan extends Plan {

  private final Class<?> type;
  private final Definition definition;
  private final Shape shape;
  private FieldPlan[] fields = new FieldPlan[0];
  private @Nullable Maker maker;

  ObjectPlan(Class<?> type, Definition.Form form) {
    this.type = type;
    this.definition = new Definition(form, type.getName());
    this.shape = Shape.defined(definition);
  }

  /** Completes the plan with the fields and a way to make an object of them. */
  void fill(List<FieldPlan> newFields, Maker newMaker) {
    fields = newFields.toArray(FieldPlan[]::new);
    maker = newMaker;
    definition.fill(
        newFields.stream()
            .map(field -> new Definition.Field(field.name(), field.plan().shape()))
            .toList(),
        List.of(),
        List.of());
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
    if (value.getClass() != type) {
      throw new ClassCastException(
          value.getClass().getName() + " is not exactly " + type.getName());
    }
    out.enter();
    out.writeByte(1);
    for (FieldPlan field : fields) {
      field.plan().write(out, field.getter().get(value));
    }
    out.leave();
  }

  @Override
  ValueReader resolve(Shape stored, Resolver resolver, Where where) {
    if (stored.kind() != Kind.DEFINED
        || !stored.defined().form().fielded()
        || isStranger(stored.defined())) {
      return Resolver.incompatible(stored, this, where);
    }
    return resolver.recursive(
        stored.defined(),
        this,
        () -> new ObjectReader(Objects.requireNonNull(maker)),
        (reader, definition) -> fillReader(reader, definition, resolver));
  }

  /** Another name and no field in common: not a renamed type, but a wrong one. */
  private boolean isStranger(Definition stored) {
    if (stored.name().equals(definition.name())) {
      return false;
    }
    Set<String> names = Set.copyOf(definition.fields().stream().map(f -> f.name()).toList());
    return !names.isEmpty() && stored.fields().stream().noneMatch(f -> names.contains(f.name()));
  }

  private void fillReader(ObjectReader reader, Definition stored, Resolver resolver) {
    Map<String, Integer> slots = new HashMap<>();
    @Nullable Object[] absent = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      slots.put(fields[i].name(), i);
      absent[i] = fields[i].plan().absent();
    }
    List<Step> steps = new ArrayList<>();
    boolean[] given = new boolean[fields.length];
    for (Definition.Field field : stored.fields()) {
      Integer slot = slots.remove(field.name());
      if (slot == null) {
        steps.add(new Step(new SkippingReader(field.shape()), -1));
      } else {
        Where where = new Where(type.getName(), field.name());
        Plan plan = fields[slot].plan();
        steps.add(new Step(resolver.resolve(field.shape(), plan, where), slot));
        given[slot] = true;
      }
    }
    reader.fill(steps.toArray(Step[]::new), absent, given);
  }

  @Override
  boolean immutable(Set<Plan> asked) {
    if (definition.form() != Definition.Form.RECORD) {
      return false;
    }
    if (!asked.add(this)) {
      return true;
    }
    for (FieldPlan field : fields) {
      if (!field.plan().immutable(asked)) {
        return false;
      }
    }
    return true;
  }

  /** A field or component of today. */
  record FieldPlan(String name, Plan plan, Access.Getter getter) {}

  /** Makes objects. */
  interface Maker {

    /**
     * Makes one.
     *
     * @param values one for each field, in today's order
     * @param given which of them were stored
     */
    Object make(@Nullable Object[] values, boolean[] given);
  }

  /**
   * One stored field.
   *
   * @param reader reads it
   * @param slot its place today, or -1 if it is gone
   */
  private record Step(ValueReader reader, int slot) {}

  /** Reads the stored fields in their order, and makes the object. */
  private static final class ObjectReader implements ValueReader {

    private final Maker maker;

    /** These are filled before the reader is published. */
    private Step[] steps = new Step[0];

    private @Nullable Object[] absent = new Object[0];
    private boolean[] given = new boolean[0];

    ObjectReader(Maker maker) {
      this.maker = maker;
    }

    void fill(Step[] newSteps, @Nullable Object[] newAbsent, boolean[] newGiven) {
      steps = newSteps;
      absent = newAbsent;
      given = newGiven;
    }

    @Override
    public @Nullable Object read(PayloadInput in) {
      if (!in.readPresent()) {
        return null;
      }
      in.enter();
      @Nullable Object[] values = absent.clone();
      for (Step step : steps) {
        Object value = step.reader.read(in);
        if (step.slot >= 0) {
          values[step.slot] = value;
        }
      }
      in.leave();
      return maker.make(values, given);
    }
  }
}
