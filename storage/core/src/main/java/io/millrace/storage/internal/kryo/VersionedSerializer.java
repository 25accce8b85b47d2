package io.millrace.storage.internal.kryo;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/**
 * A serializer whose form begins with its version. It writes the newest and reads all there were.
 */
abstract class VersionedSerializer<T> extends Serializer<T> {

  private final int id;
  private final Class<T> type;
  private final int version;

  VersionedSerializer(int id, Class<T> type, int version) {
    super(false, true);
    this.id = id;
    this.type = type;
    this.version = version;
  }

  abstract void writeFields(Kryo kryo, Output out, T value);

  /** Reads the fields of a form of {@code version}, from 1 to the newest. */
  abstract T readFields(Kryo kryo, Input in, int version);

  @Override
  public final void write(Kryo kryo, Output out, T value) {
    out.writeByte(version);
    writeFields(kryo, out, value);
  }

  @Override
  public final T read(Kryo kryo, Input in, Class<? extends T> ignored) {
    int found = in.readByte();
    if (found < 1 || found > version) {
      throw new KryoException(
          "expected a form of "
              + type.getSimpleName()
              + " of at most version="
              + version
              + ", found version="
              + found
              + ": damaged, or written by a newer Millrace");
    }
    return readFields(kryo, in, found);
  }

  final void register(Kryo kryo) {
    kryo.register(type, this, id);
  }

  final int id() {
    return id;
  }

  final Class<T> type() {
    return type;
  }

  final int version() {
    return version;
  }
}
