package io.millrace.buffer.internal.stage;

import io.millrace.storage.ByteSink;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The bytes of one record: all mutations of one decision, in order.
 *
 * <pre>
 *   body     = count mutation*
 *   mutation = length bytes
 *   count, length: unsigned varint, 7 bits a byte, low bits first
 * </pre>
 *
 * <p>Reused from one record to the next; a large array is let go (rule R26).
 */
public final class RecordBody implements ByteSink {

  private static final int KEPT_BYTES_MAX = 2048;
  private static final byte[] EMPTY = {};

  private byte[] bytes = EMPTY;
  private int length;

  /** Forgets what is there, and gives a large array back. */
  public void clear() {
    length = 0;
    if (bytes.length > KEPT_BYTES_MAX) {
      bytes = EMPTY;
    }
  }

  /**
   * Replaces the content.
   *
   * @param limit encoding stops once this many bytes are passed; what is there then is no record
   */
  public <M extends Mutation> void encode(
      List<? extends M> mutations, MutationCodec<M> codec, long limit) {
    length = 0;
    putVarint(mutations.size());
    for (int i = 0; i < mutations.size() && length <= limit; i++) {
      int start = length;
      // Most forms are shorter than 128 bytes: leave one byte for the length, move if it was wrong.
      ensure(1);
      length++;
      codec.encode(mutations.get(i), this);
      int size = length - start - 1;
      int extra = varintBytes(size) - 1;
      if (extra > 0) {
        ensure(extra);
        System.arraycopy(bytes, start + 1, bytes, start + 1 + extra, size);
      }
      length = start;
      putVarint(size);
      length += size;
    }
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    ensure(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  /** Returns the array that holds the record from 0 on; valid until the next call. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns how many bytes the record has. */
  public int length() {
    return length;
  }

  /**
   * Reads a record.
   *
   * @throws MalformedMutationException if the bytes are not exactly one record
   */
  public static <M extends Mutation> void decode(
      byte[] bytes, int offset, int length, MutationCodec<M> codec, Consumer<? super M> to)
      throws MalformedMutationException {
    forEach(bytes, offset, length, (form, at, size) -> to.accept(codec.decode(form, at, size)));
  }

  /**
   * Shows the form of each mutation of a record, in order.
   *
   * @throws MalformedMutationException if the bytes are not exactly one record
   */
  public static void forEach(byte[] bytes, int offset, int length, Forms to)
      throws MalformedMutationException {
    int end = offset + length;
    long header = readVarint(bytes, offset, end);
    int at = (int) (header >>> 32);
    int count = (int) header;
    for (int i = 0; i < count; i++) {
      header = readVarint(bytes, at, end);
      at = (int) (header >>> 32);
      int size = (int) header;
      if (size < 0 || size > end - at) {
        throw new MalformedMutationException(
            "expected a mutation within its record, size=" + size + " left=" + (end - at), null);
      }
      to.take(bytes, at, size);
      at += size;
    }
    if (at != end) {
      throw new MalformedMutationException(
          "expected the record to end after its mutations, count=" + count + " left=" + (end - at),
          null);
    }
  }

  /** Takes the forms of a record's mutations. */
  @FunctionalInterface
  public interface Forms {

    /** Takes one; the array is not kept. */
    void take(byte[] bytes, int offset, int length) throws MalformedMutationException;
  }

  /** Returns the value in the low half and the place after it in the high half. */
  private static long readVarint(byte[] bytes, int offset, int end)
      throws MalformedMutationException {
    int value = 0;
    for (int i = 0; i < 5 && offset + i < end; i++) {
      int b = bytes[offset + i];
      value |= (b & 0x7f) << (7 * i);
      if (b >= 0) {
        return (long) (offset + i + 1) << 32 | (value & 0xffffffffL);
      }
    }
    throw new MalformedMutationException("expected a varint, offset=" + offset, null);
  }

  private void putVarint(int value) {
    ensure(5);
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private static int varintBytes(int value) {
    return Math.max(1, (38 - Integer.numberOfLeadingZeros(value)) / 7);
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, Math.max(128, bytes.length * 2)));
    }
  }
}
