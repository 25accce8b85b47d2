package io.millrace.buffer.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One of an enum's names. */
record Choice<E extends Enum<E>>(Class<E> type) implements Syntax<E> {

  @Override
  public E parse(String text) {
    String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException(expected() + nearest(text));
  }

  @Override
  public String nearest(String written) {
    return Nearest.hint(written, names());
  }

  @Override
  public String text(E value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean allows(E value) {
    return true;
  }

  @Override
  public String expected() {
    return "be one of " + String.join(", ", names());
  }

  private List<String> names() {
    return Arrays.stream(type.getEnumConstants()).map(this::text).toList();
  }
}
