package io.millrace.storage.internal.payload;

import io.millrace.storage.payload.Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of shapes and descriptors. A descriptor is self-contained: it holds the definition of
 * its type first, then those of all types that this one reaches, which refer to each other by their
 * place in it. Equal types have equal bytes.
 *
 * <pre>
 *   descriptor = 'D' version count definition*
 *   definition = form name (fields: count (name shape)* | constants: count name* | members: count place*)
 *   shape      = kind [place, if defined] shape*         as many as the kind has elements
 * </pre>
 *
 * In the head of a payload a shape is the same, but names a defined type by its number in the
 * table.
 */
final class DescriptorLayout {

  /** The marker of descriptors. */
  static final byte MARKER = 'D';

  /** How many types one type may reach. */
  static final int DEFINITIONS_MAX = 1000;

  private static final int VERSION = 1;
  private static final int DESCRIPTOR_BYTES_MAX = 1 << 20;

  /** How deep type arguments may nest. */
  static final int SHAPE_DEPTH_MAX = 32;

  private DescriptorLayout() {}

  static Payload encode(Definition root) {
    Map<Definition, Integer> places = new HashMap<>();
    List<Definition> all = new ArrayList<>();
    collect(root, places, all);
    PayloadOutput out = new PayloadOutput(DESCRIPTOR_BYTES_MAX);
    out.writeByte(MARKER);
    out.writeVarInt(VERSION, true);
    out.writeCount(all.size());
    for (Definition definition : all) {
      writeDefinition(out, definition, places::get);
    }
    return Payload.wrap(out.toBytes());
  }

  /** Breadth first, so that the depth of the user's types costs no stack. */
  private static void collect(
      Definition root, Map<Definition, Integer> places, List<Definition> all) {
    place(root, places, all);
    for (int i = 0; i < all.size(); i++) {
      Definition definition = all.get(i);
      definition.fields().forEach(field -> placeAll(field.shape(), places, all));
      definition.subtypes().forEach(subtype -> place(subtype, places, all));
    }
  }

  private static void placeAll(Shape shape, Map<Definition, Integer> places, List<Definition> all) {
    if (shape.kind() == Kind.DEFINED) {
      place(shape.defined(), places, all);
    }
    shape.elements().forEach(element -> placeAll(element, places, all));
  }

  private static void place(
      Definition definition, Map<Definition, Integer> places, List<Definition> all) {
    if (places.putIfAbsent(definition, all.size()) == null) {
      all.add(definition);
    }
  }

  private static void writeDefinition(
      PayloadOutput out, Definition definition, ToIntFunction<Definition> places) {
    out.writeByte(definition.form().code());
    out.writeText(definition.name());
    switch (definition.form()) {
      case RECORD, CLASS -> {
        out.writeCount(definition.fields().size());
        for (Definition.Field field : definition.fields()) {
          out.writeText(field.name());
          writeShape(out, field.shape(), places);
        }
      }
      case ENUM -> {
        out.writeCount(definition.constants().size());
        definition.constants().forEach(out::writeText);
      }
      case SEALED -> {
        out.writeCount(definition.subtypes().size());
        for (Definition subtype : definition.subtypes()) {
          out.writeVarInt(places.applyAsInt(subtype), true);
        }
      }
    }
  }

  static void writeShape(PayloadOutput out, Shape shape, ToIntFunction<Definition> places) {
    out.writeByte(shape.kind().code());
    if (shape.kind() == Kind.DEFINED) {
      out.writeVarInt(places.applyAsInt(shape.defined()), true);
    }
    for (Shape element : shape.elements()) {
      writeShape(out, element, places);
    }
  }

  /**
   * Reads a descriptor.
   *
   * @throws io.millrace.storage.payload.PayloadException if the bytes are none
   */
  static Definition decode(Payload payload, String subject) {
    PayloadInput in = new PayloadInput();
    in.begin(payload);
    in.subject(subject);
    if (payload.marker() != MARKER || in.readVarInt(true) != VERSION) {
      throw in.damaged("expected a descriptor of version=" + VERSION);
    }
    int count = in.readCount();
    if (count < 1 || count > DEFINITIONS_MAX) {
      throw in.damaged("expected from 1 to " + DEFINITIONS_MAX + " definitions");
    }
    return new Reading(in, count).all();
  }

  static Shape readShape(PayloadInput in, IntFunction<Definition> places) {
    return readShape(in, places, 0);
  }

  private static Shape readShape(PayloadInput in, IntFunction<Definition> places, int depth) {
    Kind kind = Kind.of(in.readByte());
    if (kind == null || depth > SHAPE_DEPTH_MAX) {
      throw in.damaged(
          "expected a kind that this version knows, nested at most " + SHAPE_DEPTH_MAX + " deep");
    }
    if (kind == Kind.DEFINED) {
      return Shape.defined(places.apply(in.readVarInt(true)));
    }
    Shape[] elements = new Shape[kind.arity()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = readShape(in, places, depth + 1);
    }
    return Shape.of(kind, elements);
  }

  /**
   * Reads the definitions of one descriptor. Members refer to later ones, whose name and form are
   * not known yet; so each is read into parts, and the definitions are made and filled at the end.
   */
  private static final class Reading {

    private final PayloadInput in;
    private final Definition[] made;

    Reading(PayloadInput in, int count) {
      this.in = in;
      this.made = new Definition[count];
    }

    Definition all() {
      int start = in.position();
      for (int i = 0; i < made.length; i++) {
        made[i] = read(null);
      }
      in.setPosition(start);
      for (Definition definition : made) {
        read(definition);
      }
      in.finish();
      return made[0];
    }

    /** Reads one definition: the first time to learn its name, the second time to fill it. */
    private Definition read(@Nullable Definition known) {
      Definition.Form form = Definition.Form.of(in.readByte());
      if (form == null) {
        throw in.damaged("expected a form that this version knows");
      }
      Definition definition = known == null ? new Definition(form, in.readName()) : known;
      if (known != null) {
        in.readName();
      }
      int count = in.readCount();
      List<Definition.Field> fields = new ArrayList<>();
      List<String> constants = new ArrayList<>();
      List<Definition> subtypes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        switch (form) {
          case RECORD, CLASS -> {
            String name = in.readName();
            fields.add(new Definition.Field(name, readShape(in, place -> at(place, definition))));
          }
          case ENUM -> constants.add(in.readName());
          case SEALED -> subtypes.add(member(in.readVarInt(true), known));
        }
      }
      definition.fill(fields, constants, subtypes);
      return definition;
    }

    /** A family within a family was taken apart when it was written; one here is damage. */
    private Definition member(int place, @Nullable Definition family) {
      Definition member = at(place, new Definition(Definition.Form.RECORD, ""));
      if (family != null && member.form() == Definition.Form.SEALED) {
        throw in.damaged("expected a member that is no sealed family");
      }
      return member;
    }

    /** In the first pass later definitions are not there yet; any stands in for them. */
    private Definition at(int place, Definition standIn) {
      if (place < 0 || place >= made.length) {
        throw in.damaged("expected the place of a definition below " + made.length);
      }
      Definition definition = made[place];
      return definition == null ? standIn : definition;
    }
  }
}
