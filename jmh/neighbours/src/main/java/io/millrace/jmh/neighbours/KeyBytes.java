package io.millrace.jmh.neighbours;

import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.Table;
import java.nio.ByteBuffer;

/** The key of a row as bytes that sort as the keys do: table, number, sub. */
final class KeyBytes {

  private static final int BYTES = 1 + Long.BYTES + Long.BYTES;

  private KeyBytes() {}

  static byte[] of(RowKey key) {
    return ByteBuffer.allocate(BYTES)
        .put((byte) key.table().code())
        .putLong(key.number())
        .putLong(key.sub())
        .array();
  }

  static RowKey read(byte[] bytes) {
    ByteBuffer key = ByteBuffer.wrap(bytes);
    return new RowKey(Table.ofCode(key.get()), key.getLong(), key.getLong());
  }
}
