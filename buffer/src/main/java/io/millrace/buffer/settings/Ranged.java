package io.millrace.buffer.settings;

import java.util.function.Function;

/** Values between two others. */
record Ranged<T extends Comparable<T>>(
    Class<T> type, T min, T max, Function<String, T> reader, Function<T, String> writer)
    implements Syntax<T> {

  @Override
  public T parse(String text) {
    try {
      return reader.apply(text);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(expected(), e);
    }
  }

  @Override
  public String text(T value) {
    return writer.apply(value);
  }

  @Override
  public boolean allows(T value) {
    return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
  }

  @Override
  public String expected() {
    return "lie between " + text(min) + " and " + text(max);
  }
}
