package io.millrace.storage.internal.payload;

import com.esotericsoftware.kryo.kryo5.io.Output;
import io.millrace.storage.payload.PayloadException;
import io.millrace.storage.payload.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Where plans write: Kryo's buffer with a limit, strings in a form that keeps every char, and a
 * count of the depth. Belongs to one thread at a time.
 */
public final class PayloadOutput extends Output {

  /** A larger buffer is given to the collector rather than kept. */
  private static final int KEPT_BYTES_MAX = 64 << 10;

  private static final int FIRST_BYTES = 512;

  private String subject = "";
  private int depth;

  /** Makes one that throws Kryo's overflow exception rather than hold more bytes than that. */
  public PayloadOutput(int bytesMax) {
    super(Math.min(FIRST_BYTES, bytesMax), bytesMax);
  }

  /** Returns the limit. */
  public int bytesMax() {
    return getMaxCapacity();
  }

  /** Empties it for the next value; false if it has grown too large to be worth keeping. */
  public boolean rewind() {
    reset();
    depth = 0;
    return buffer.length <= KEPT_BYTES_MAX;
  }

  void begin(String typeName) {
    subject = typeName;
  }

  /** Goes one level down; every container and object does, and {@link #leave} afterwards. */
  void enter() {
    if (++depth > Payloads.DEPTH_MAX) {
      throw new PayloadException(
          "cannot store a value of %s: expected at most depth=%d, and it nests deeper; an object that reaches itself has no form, and long chains go into a list"
              .formatted(subject, Payloads.DEPTH_MAX));
    }
  }

  void leave() {
    depth--;
  }

  /** Writes the size of something that is not null. */
  void writeCount(int count) {
    writeVarInt(count + 1, true);
  }

  /** Writes null in place of something with a count, a text or a choice. */
  void writeNull() {
    writeByte(0);
  }

  /**
   * Writes a text or null. The header is 0 for null, else the length in chars doubled and one more,
   * or two more if the chars need one to three bytes each.
   */
  void writeText(@Nullable String text) {
    if (text == null) {
      writeNull();
      return;
    }
    int length = text.length();
    require(length);
    if (isLatin(text, length)) {
      writeVarInt((length << 1) + 1, true);
      require(length);
      copyLatin(text, length);
      position += length;
    } else {
      writeVarInt((length << 1) + 2, true);
      writeWide(text, length);
    }
  }

  private static boolean isLatin(String text, int length) {
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }

  /** The old method copies low bytes with nothing allocated, which is just what is wanted here. */
  @SuppressWarnings("deprecation")
  private void copyLatin(String text, int length) {
    text.getBytes(0, length, buffer, position);
  }

  private void writeWide(String text, int length) {
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        writeByte(c);
      } else if (c < 0x800) {
        writeByte(0xC0 | (c >> 6));
        writeByte(0x80 | (c & 0x3F));
      } else {
        writeByte(0xE0 | (c >> 12));
        writeByte(0x80 | ((c >> 6) & 0x3F));
        writeByte(0x80 | (c & 0x3F));
      }
    }
  }
}
