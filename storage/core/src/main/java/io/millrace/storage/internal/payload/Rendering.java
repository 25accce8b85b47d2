package io.millrace.storage.internal.payload;

import com.esotericsoftware.kryo.kryo5.KryoException;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Payloads and descriptors as text for people. */
public final class Rendering {

  private Rendering() {}

  /** Returns a payload of the default codec as text. */
  public static String payload(Payload payload, TypeTable types, int charsMax) {
    PayloadInput in = new PayloadInput();
    in.begin(payload);
    in.subject("text");
    try {
      Shape shape = DescriptorLayout.readShape(in, types::definition);
      TextSink text = new TextSink(charsMax);
      ShapeWalker.render(in, shape, text);
      in.finish();
      return text.toString();
    } catch (PayloadException refused) {
      throw refused;
    } catch (KryoException malformed) {
      throw in.damaged("expected a number", malformed);
    } catch (RuntimeException failed) {
      throw in.damaged("a value has no text, cause=" + failed.getClass().getName(), failed);
    }
  }

  /** Returns a descriptor as text, one line for each type in it. */
  public static String descriptor(PayloadTypeRow row) {
    Definition root =
        DescriptorLayout.decode(
            row.descriptor(), "the descriptor of type=" + row.id() + " " + row.name());
    List<Definition> all = new ArrayList<>(List.of(root));
    for (int i = 0; i < all.size(); i++) {
      Definition definition = all.get(i);
      definition.fields().forEach(field -> add(field.shape(), all));
      definition.subtypes().forEach(subtype -> add(Shape.defined(subtype), all));
    }
    return all.stream().map(Rendering::line).collect(Collectors.joining("\n"));
  }

  private static void add(Shape shape, List<Definition> all) {
    if (shape.kind() == Kind.DEFINED && !all.contains(shape.defined())) {
      all.add(shape.defined());
    }
    shape.elements().forEach(element -> add(element, all));
  }

  private static String line(Definition definition) {
    List<String> parts =
        switch (definition.form()) {
          case RECORD, CLASS ->
              definition.fields().stream()
                  .map(field -> field.shape() + " " + field.name())
                  .toList();
          case ENUM -> definition.constants();
          case SEALED -> definition.subtypes().stream().map(Definition::name).toList();
        };
    return definition + parts.stream().collect(Collectors.joining(", ", " { ", " }"));
  }
}
