package io.millrace.buffer.settings;

import java.util.function.Function;

/** Values that check themselves. */
record Named<T>(
    Class<T> type, String expected, Function<String, T> reader, Function<T, String> writer)
    implements Syntax<T> {

  @Override
  public T parse(String text) {
    return reader.apply(text);
  }

  @Override
  public String text(T value) {
    return writer.apply(value);
  }

  @Override
  public boolean allows(T value) {
    return true;
  }
}
