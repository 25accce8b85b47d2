package io.millrace.storage.internal.payload;

import org.jspecify.annotations.Nullable;

/** Reads past a value that nobody wants any more. */
record SkippingReader(Shape stored) implements ValueReader {

  @Override
  public @Nullable Object read(PayloadInput in) {
    ShapeWalker.skip(in, stored);
    return null;
  }
}
