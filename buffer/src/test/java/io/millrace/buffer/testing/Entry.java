package io.millrace.buffer.testing;

import io.millrace.storage.ByteSink;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.Mutation;
import io.millrace.storage.MutationCodec;
import java.nio.ByteBuffer;

/**
 * A change to one number, or to a range of them: as small as a family of mutations can be.
 *
 * @param kind what is done
 * @param number the key; of a range the first
 * @param value the new value; of a range the last key
 * @param paddingBytes zeros carried along to make a record large
 */
public record Entry(Kind kind, long number, long value, int paddingBytes) implements Mutation {

  /** Makes codecs. */
  public static final MutationCodec.Factory<Entry> CODECS = Codec::new;

  private static final int FIXED_BYTES = 17;

  public static Entry insert(long number, long value) {
    return new Entry(Kind.INSERT, number, value, 0);
  }

  public static Entry update(long number, long value) {
    return new Entry(Kind.UPDATE, number, value, 0);
  }

  public static Entry large(long number, long value, int paddingBytes) {
    return new Entry(Kind.UPDATE, number, value, paddingBytes);
  }

  public static Entry delete(long number) {
    return new Entry(Kind.DELETE, number, 0, 0);
  }

  public static Entry deleteRange(long first, long last) {
    return new Entry(Kind.DELETE_RANGE, first, last, 0);
  }

  @Override
  public Object key() {
    return kind == Kind.DELETE_RANGE ? "range " + number + ".." + value : (Object) number;
  }

  @Override
  public boolean covers(Object other) {
    return kind == Kind.DELETE_RANGE && other instanceof Long key && key >= number && key <= value;
  }

  private static final class Codec implements MutationCodec<Entry> {

    private byte[] scratch = new byte[64];

    @Override
    public void encode(Entry entry, ByteSink sink) {
      int length = FIXED_BYTES + entry.paddingBytes;
      if (scratch.length < length) {
        scratch = new byte[length];
      }
      ByteBuffer.wrap(scratch).put(form(entry.kind)).putLong(entry.number).putLong(entry.value);
      sink.write(scratch, 0, length);
    }

    @Override
    public Entry decode(byte[] bytes, int offset, int length) throws MalformedMutationException {
      if (length < FIXED_BYTES) {
        throw new MalformedMutationException("expected an entry, length=" + length, null);
      }
      ByteBuffer from = ByteBuffer.wrap(bytes, offset, length);
      Kind kind = kind(from.get());
      return new Entry(kind, from.getLong(), from.getLong(), length - FIXED_BYTES);
    }

    private static byte form(Kind kind) {
      return switch (kind) {
        case INSERT -> 'i';
        case UPDATE -> 'u';
        case DELETE -> 'd';
        case DELETE_RANGE -> 'r';
      };
    }

    private static Kind kind(byte form) throws MalformedMutationException {
      return switch (form) {
        case 'i' -> Kind.INSERT;
        case 'u' -> Kind.UPDATE;
        case 'd' -> Kind.DELETE;
        case 'r' -> Kind.DELETE_RANGE;
        default -> throw new MalformedMutationException("expected an entry, form=" + form, null);
      };
    }
  }
}
