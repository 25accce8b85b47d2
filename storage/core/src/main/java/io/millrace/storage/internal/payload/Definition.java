package io.millrace.storage.internal.payload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user defined: a record, class, enum or sealed family, as it was when it was written.
 * Definitions may refer to themselves, so one is made first and filled then; it is never changed
 * after it was published.
 */
final class Definition {

  /** What sort of type it is. The codes are in every descriptor: never change or reuse one. */
  enum Form {
    RECORD(1, "record"),
    CLASS(2, "class"),
    ENUM(3, "enum"),
    SEALED(4, "sealed");

    private final int code;
    private final String label;

    Form(int code, String label) {
      this.code = code;
      this.label = label;
    }

    int code() {
      return code;
    }

    String label() {
      return label;
    }

    /** Whether it has fields. */
    boolean fielded() {
      return this == RECORD || this == CLASS;
    }

    static @Nullable Form of(int code) {
      for (Form form : values()) {
        if (form.code == code) {
          return form;
        }
      }
      return null;
    }
  }

  /** A field or record component. */
  record Field(String name, Shape shape) {}

  private final Form form;
  private final String name;
  private List<Field> fields = List.of();
  private List<String> constants = List.of();
  private List<Definition> subtypes = List.of();

  Definition(Form form, String name) {
    this.form = form;
    this.name = name;
  }

  void fill(List<Field> newFields, List<String> newConstants, List<Definition> newSubtypes) {
    fields = List.copyOf(newFields);
    constants = List.copyOf(newConstants);
    subtypes = List.copyOf(newSubtypes);
  }

  Form form() {
    return form;
  }

  /** Returns the binary name of the class. */
  String name() {
    return name;
  }

  /** Returns the name without package and enclosing classes. */
  String simpleName() {
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }

  List<Field> fields() {
    return fields;
  }

  /** Returns an enum's constants in the order of their numbers. */
  List<String> constants() {
    return constants;
  }

  /** Returns a sealed family's concrete members in the order of their numbers. */
  List<Definition> subtypes() {
    return subtypes;
  }

  @Override
  public String toString() {
    return form.label() + " " + name;
  }
}
