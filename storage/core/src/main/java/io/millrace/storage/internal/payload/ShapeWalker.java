package io.millrace.storage.internal.payload;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads stored values by their shape alone: past them, or into a text. Uses no user class. */
final class ShapeWalker {

  private final PayloadInput in;
  private final @Nullable TextSink text;

  private ShapeWalker(PayloadInput in, @Nullable TextSink text) {
    this.in = in;
    this.text = text;
  }

  /** Reads past one value. */
  static void skip(PayloadInput in, Shape shape) {
    new ShapeWalker(in, null).walk(shape);
  }

  /** Reads one value into a text. */
  static void render(PayloadInput in, Shape shape, TextSink text) {
    new ShapeWalker(in, text).walk(shape);
  }

  private void walk(Shape shape) {
    switch (shape.kind()) {
      case LIST, SET -> sequence(shape.element(0));
      case MAP -> map(shape.element(0), shape.element(1));
      case OPTIONAL -> optional(shape.element(0));
      case DEFINED -> defined(shape.defined());
      default -> scalar(shape.kind());
    }
  }

  private void sequence(Shape element) {
    int count = in.readCount();
    if (count < 0) {
      raw("null");
      return;
    }
    in.enter();
    raw("[");
    for (int i = 0; i < count; i++) {
      raw(i == 0 ? "" : ", ");
      walk(element);
    }
    raw("]");
    in.leave();
  }

  private void map(Shape key, Shape value) {
    int count = in.readCount(2);
    if (count < 0) {
      raw("null");
      return;
    }
    in.enter();
    raw("{");
    for (int i = 0; i < count; i++) {
      raw(i == 0 ? "" : ", ");
      key(key);
      raw(": ");
      walk(value);
    }
    raw("}");
    in.leave();
  }

  /** A key that is no text is shown as the text of itself, as JSON wants it. */
  private void key(Shape shape) {
    if (text == null) {
      walk(shape);
      return;
    }
    int mark = text.mark();
    walk(shape);
    text.quoteSince(mark);
  }

  private void optional(Shape element) {
    switch (in.readByte()) {
      case OptionalPlan.NULL, OptionalPlan.EMPTY -> raw("null");
      case OptionalPlan.PRESENT -> {
        in.enter();
        walk(element);
        in.leave();
      }
      default -> throw in.damaged("expected an optional");
    }
  }

  private void defined(Definition definition) {
    switch (definition.form()) {
      case RECORD, CLASS -> object(definition, "");
      case ENUM -> constant(definition);
      case SEALED -> member(definition);
    }
  }

  private void object(Definition definition, String type) {
    if (!in.readPresent()) {
      raw("null");
      return;
    }
    in.enter();
    raw("{");
    String separator = "";
    if (!type.isEmpty()) {
      quoted("@type");
      raw(": ");
      quoted(type);
      separator = ", ";
    }
    for (Definition.Field field : definition.fields()) {
      raw(separator);
      separator = ", ";
      quoted(field.name());
      raw(": ");
      walk(field.shape());
    }
    raw("}");
    in.leave();
  }

  private void constant(Definition definition) {
    int number = number(definition.constants());
    if (number == 0) {
      raw("null");
    } else {
      quoted(definition.constants().get(number - 1));
    }
  }

  private void member(Definition definition) {
    int number = number(definition.subtypes());
    if (number == 0) {
      raw("null");
      return;
    }
    Definition member = definition.subtypes().get(number - 1);
    if (member.form().fielded()) {
      object(member, member.simpleName());
    } else {
      walk(Shape.defined(member));
    }
  }

  private int number(List<?> choices) {
    int number = in.readVarInt(true);
    if (number < 0 || number > choices.size()) {
      throw in.damaged("expected a number up to " + choices.size());
    }
    return number;
  }

  private void scalar(Kind kind) {
    switch (kind) {
      case URI, ZONE_ID, LOCALE, CURRENCY -> nameLike();
      case ZONED_DATE_TIME -> zonedTime();
      default -> show(Objects.requireNonNull(Scalars.formOf(kind)).read(in));
    }
  }

  /** A name may mean nothing to this JDK; as text it always does. */
  private void nameLike() {
    show(in.readPresent() ? in.readName() : null);
  }

  private void zonedTime() {
    show(in.readPresent() ? Scalars.readOffsetDateTime(in) + "[" + in.readName() + "]" : null);
  }

  private void show(@Nullable Object value) {
    if (text == null) {
      return;
    }
    if (value == null || value instanceof Boolean) {
      raw(String.valueOf(value));
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (Double.isFinite(number)) {
        raw(value.toString());
      } else {
        quoted(value.toString());
      }
    } else if (value instanceof BigInteger || value instanceof BigDecimal) {
      raw(number((Number) value));
    } else if (value instanceof Number) {
      raw(value.toString());
    } else if (value instanceof byte[] bytes) {
      quoted(Base64.getEncoder().encodeToString(bytes));
    } else if (value.getClass().isArray()) {
      array(value);
    } else {
      quoted(value.toString());
    }
  }

  /** The decimal text of a huge number takes quadratic time; nobody reads it. */
  private static String number(Number value) {
    BigInteger digits =
        value instanceof BigDecimal decimal ? decimal.unscaledValue() : (BigInteger) value;
    return digits.bitLength() > TextSink.NUMBER_BITS_MAX
        ? "\"<a number of " + digits.bitLength() + " bits>\""
        : value.toString();
  }

  private void array(Object array) {
    raw("[");
    for (int i = 0; i < Array.getLength(array); i++) {
      raw(i == 0 ? "" : ", ");
      show(Array.get(array, i));
    }
    raw("]");
  }

  private void raw(String part) {
    if (text != null) {
      text.raw(part);
    }
  }

  private void quoted(String part) {
    if (text != null) {
      text.quoted(part);
    }
  }
}
