package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.payload.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The building blocks of {@link RowLayout}. */
final class Fields {

  /** Only a matter of size: any long reads back. */
  private static final int EPOCH_SHIFT = 43;

  private static final long COUNTER_MASK = (1L << EPOCH_SHIFT) - 1;
  private static final int EPOCH_MAX = (1 << (Long.SIZE - EPOCH_SHIFT)) - 1;

  /** An event has at least its id and its version. */
  private static final int EVENT_BYTES_MIN = 2;

  /** A key may be empty, a payload has a size and a marker. */
  private static final int KEY_VALUE_BYTES_MIN = 3;

  private Fields() {}

  static void writeInt(Output out, int value) {
    out.writeVarInt(value, true);
  }

  static int readInt(Input in) {
    return in.readVarInt(true);
  }

  static void writeNumber(Output out, long number) {
    out.writeVarInt((int) (number >>> EPOCH_SHIFT), true);
    out.writeVarLong(number & COUNTER_MASK, true);
  }

  static long readNumber(Input in) {
    int epoch = in.readVarInt(true);
    long counter = in.readVarLong(true);
    if (epoch < 0 || epoch > EPOCH_MAX || counter < 0 || counter > COUNTER_MASK) {
      throw new KryoException(
          "expected a number of 21 and 43 bits, epoch=" + epoch + ", counter=" + counter);
    }
    return ((long) epoch << EPOCH_SHIFT) | counter;
  }

  static void writeTime(Output out, long millis) {
    out.writeVarLong(millis, false);
  }

  static long readTime(Input in) {
    return in.readVarLong(false);
  }

  static void writeText(Output out, String text) {
    int chars = text.length();
    if (chars > FormScratch.ENCODED_BYTES_MAX) {
      throw new KryoException(
          "expected a text of at most " + FormScratch.ENCODED_BYTES_MAX + " chars, chars=" + chars);
    }
    boolean wide = false;
    for (int i = 0; i < chars; i++) {
      if (text.charAt(i) > 0xFF) {
        wide = true;
        break;
      }
    }
    FormOutput output = (FormOutput) out;
    if (wide) {
      output.writeVarInt((chars << 1) | 1, true);
      output.writeWide(text);
    } else {
      output.writeVarInt(chars << 1, true);
      output.writeNarrow(text);
    }
  }

  static String readText(Input in) {
    int header = in.readVarInt(true);
    int chars = header >>> 1;
    boolean wide = (header & 1) != 0;
    requireRemaining(in, wide ? 2L * chars : chars, "a text");
    int at = in.position();
    byte[] buffer = in.getBuffer();
    if (!wide) {
      in.setPosition(at + chars);
      return new String(buffer, at, chars, StandardCharsets.ISO_8859_1);
    }
    char[] text = new char[chars];
    for (int i = 0; i < chars; i++) {
      text[i] = (char) ((buffer[at] & 0xFF) | (buffer[at + 1] << 8));
      at += 2;
    }
    in.setPosition(at);
    return new String(text);
  }

  static void writePayload(Output out, Payload payload) {
    byte[] bytes = payload.array();
    out.writeVarInt(bytes.length, true);
    out.writeBytes(bytes, 0, bytes.length);
  }

  static Payload readPayload(Input in) {
    int size = in.readVarInt(true);
    if (size == 0) {
      throw new KryoException("expected a payload of at least its marker byte, size=0");
    }
    requireRemaining(in, size, "a payload");
    int at = in.position();
    byte[] bytes = Arrays.copyOfRange(in.getBuffer(), at, at + size);
    in.setPosition(at + size);
    return Payload.wrap(bytes);
  }

  static void writeKeyValues(Output out, Map<String, Payload> keyValues) {
    out.writeVarInt(keyValues.size(), true);
    keyValues.forEach(
        (key, value) -> {
          writeText(out, key);
          writePayload(out, value);
        });
  }

  static Map<String, Payload> readKeyValues(Input in) {
    int count = in.readVarInt(true);
    requireRemaining(in, (long) count * KEY_VALUE_BYTES_MIN, "key-values");
    SortedMap<String, Payload> keyValues = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String key = readText(in);
      if (!keyValues.isEmpty() && key.compareTo(keyValues.lastKey()) <= 0) {
        throw new KryoException("expected key-values in rising order of key, key=" + key);
      }
      keyValues.put(key, readPayload(in));
    }
    return keyValues;
  }

  static void writeTexts(Output out, List<String> texts) {
    out.writeVarInt(texts.size(), true);
    for (String text : texts) {
      writeText(out, text);
    }
  }

  static List<String> readTexts(Input in) {
    int count = in.readVarInt(true);
    requireRemaining(in, count, "a list of texts");
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = readText(in);
    }
    return List.of(texts);
  }

  static void writeFlag(Output out, boolean flag) {
    out.writeByte(flag ? 1 : 0);
  }

  static boolean readFlag(Input in) {
    return readFlags(in, 1) != 0;
  }

  /** Reads a byte of flags, of which only those of {@code known} may be set. */
  static int readFlags(Input in, int known) {
    int flags = in.readByte() & 0xFF;
    if ((flags & ~known) != 0) {
      throw new KryoException("expected flags within " + known + ", flags=" + flags);
    }
    return flags;
  }

  static void writeEvents(Kryo kryo, Output out, List<? extends HistoryEvent> events) {
    int count = events.size();
    out.writeVarInt(count, true);
    for (int i = 0; i < count; i++) {
      kryo.writeClassAndObject(out, events.get(i));
    }
  }

  static List<HistoryEvent> readEvents(Kryo kryo, Input in) {
    return readEvents(kryo, in, HistoryEvent.class);
  }

  static <T extends HistoryEvent> List<T> readEvents(Kryo kryo, Input in, Class<T> family) {
    int count = in.readVarInt(true);
    requireRemaining(in, (long) count * EVENT_BYTES_MIN, "a list of events");
    List<T> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(readObject(kryo, in, family));
    }
    return List.copyOf(events);
  }

  /** Reads an object of any registered type of a family. */
  static <T> T readObject(Kryo kryo, Input in, Class<T> family) {
    Object object = kryo.readClassAndObject(in);
    if (!family.isInstance(object)) {
      throw new KryoException(
          "expected "
              + family.getSimpleName()
              + ", found type="
              + object.getClass().getSimpleName());
    }
    return family.cast(object);
  }

  /** The check before every allocation: five hostile bytes must not cost 300 MB. */
  private static void requireRemaining(Input in, long bytes, String what) {
    int remaining = in.limit() - in.position();
    if (bytes < 0 || bytes > remaining) {
      throw new KryoException(
          "expected " + what + " within what is left, bytes=" + bytes + ", remaining=" + remaining);
    }
  }
}
