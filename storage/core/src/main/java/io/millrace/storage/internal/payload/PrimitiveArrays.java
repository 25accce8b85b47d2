package io.millrace.storage.internal.payload;

import java.lang.reflect.Array;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of arrays of primitives, other than {@code byte[]}: a count, then the elements.
 *
 * @param kind the kind
 * @param element the class of the elements
 * @param bytesEach how many bytes one takes at least
 * @param write writes one
 * @param read reads one
 */
record PrimitiveArrays(Kind kind, Class<?> element, int bytesEach, WriteOne write, ReadOne read)
    implements Scalar {

  static final Map<Class<?>, PrimitiveArrays> BY_CLASS =
      Map.of(
          boolean[].class,
          new PrimitiveArrays(
              Kind.BOOLEANS,
              boolean.class,
              1,
              (out, array, i) -> out.writeBoolean(((boolean[]) array)[i]),
              (in, array, i) -> ((boolean[]) array)[i] = in.readPresent()),
          short[].class,
          new PrimitiveArrays(
              Kind.SHORTS,
              short.class,
              2,
              (out, array, i) -> out.writeShort(((short[]) array)[i]),
              (in, array, i) -> ((short[]) array)[i] = in.readShort()),
          char[].class,
          new PrimitiveArrays(
              Kind.CHARS,
              char.class,
              2,
              (out, array, i) -> out.writeChar(((char[]) array)[i]),
              (in, array, i) -> ((char[]) array)[i] = in.readChar()),
          int[].class,
          new PrimitiveArrays(
              Kind.INTS,
              int.class,
              1,
              (out, array, i) -> out.writeVarInt(((int[]) array)[i], false),
              (in, array, i) -> ((int[]) array)[i] = in.readVarInt(false)),
          long[].class,
          new PrimitiveArrays(
              Kind.LONGS,
              long.class,
              1,
              (out, array, i) -> out.writeVarLong(((long[]) array)[i], false),
              (in, array, i) -> ((long[]) array)[i] = in.readVarLong(false)),
          float[].class,
          new PrimitiveArrays(
              Kind.FLOATS,
              float.class,
              4,
              (out, array, i) -> out.writeFloat(((float[]) array)[i]),
              (in, array, i) -> ((float[]) array)[i] = in.readFloat()),
          double[].class,
          new PrimitiveArrays(
              Kind.DOUBLES,
              double.class,
              8,
              (out, array, i) -> out.writeDouble(((double[]) array)[i]),
              (in, array, i) -> ((double[]) array)[i] = in.readDouble()));

  @Override
  public void write(PayloadOutput out, @Nullable Object value) {
    if (value == null) {
      out.writeNull();
      return;
    }
    int count = Array.getLength(value);
    out.writeCount(count);
    for (int i = 0; i < count; i++) {
      write.write(out, value, i);
    }
  }

  @Override
  public @Nullable Object read(PayloadInput in) {
    int count = in.readCount(bytesEach);
    if (count < 0) {
      return null;
    }
    Object array = Array.newInstance(element, count);
    for (int i = 0; i < count; i++) {
      read.read(in, array, i);
    }
    return array;
  }

  /** Writes one element. */
  interface WriteOne {
    void write(PayloadOutput out, Object array, int index);
  }

  /** Reads one element. */
  interface ReadOne {
    void read(PayloadInput in, Object array, int index);
  }
}
