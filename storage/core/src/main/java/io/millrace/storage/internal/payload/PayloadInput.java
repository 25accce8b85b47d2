package io.millrace.storage.internal.payload;

import com.esotericsoftware.kryo.kryo5.io.Input;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadException;
import io.millrace.storage.payload.Payloads;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where readers read: Kryo's buffer with every count checked against what is left before anything
 * is allocated for it, so that damaged bytes cost no more than sound ones. Belongs to one thread at
 * a time.
 */
public final class PayloadInput extends Input {

  private static final byte[] NOTHING = new byte[0];

  private String subject = "";
  private int depth;

  /** Makes one with nothing to read. */
  public PayloadInput() {
    super(NOTHING);
  }

  /** Starts to read a payload, after its marker. */
  public void begin(Payload payload) {
    setBuffer(payload.array(), 1, payload.size() - 1);
    depth = 0;
  }

  /** Ends reading, and lets go of the payload. */
  public void finish() {
    if (position != limit) {
      throw damaged("expected no more bytes");
    }
    setBuffer(NOTHING, 0, 0);
    subject = "";
  }

  void subject(String typeName) {
    subject = typeName;
  }

  String subject() {
    return subject;
  }

  int remaining() {
    return limit - position;
  }

  /** Goes one level down; every container and object does, and {@link #leave} afterwards. */
  void enter() {
    if (++depth > Payloads.DEPTH_MAX) {
      throw damaged("expected at most depth=" + Payloads.DEPTH_MAX);
    }
  }

  void leave() {
    depth--;
  }

  /** There is no stream to fill from: too few bytes are damage. */
  @Override
  protected int require(int required) {
    int remaining = limit - position;
    if (remaining < required) {
      throw damaged("expected " + required + " more bytes, remaining=" + remaining);
    }
    return remaining;
  }

  /** Reads a count of things that take at least one byte each; -1 stands for null. */
  int readCount() {
    return readCount(1);
  }

  /** Reads a count of things that take at least so many bytes each; -1 stands for null. */
  int readCount(int bytesEach) {
    int raw = readVarInt(true);
    if (raw < 0 || raw - 1 > remaining() / bytesEach) {
      throw damaged("expected a count that fits, remaining=" + remaining());
    }
    return raw - 1;
  }

  /** Reads whether something follows that is not null. */
  boolean readPresent() {
    int flag = readByte();
    if (flag != 0 && flag != 1) {
      throw damaged("expected a flag of 0 or 1");
    }
    return flag == 1;
  }

  /** Reads a text that is not null. */
  String readName() {
    String name = readText();
    if (name == null) {
      throw damaged("expected a name");
    }
    return name;
  }

  /** Reads what {@link PayloadOutput#writeText} wrote. */
  @Nullable String readText() {
    int header = readVarInt(true);
    if (header == 0) {
      return null;
    }
    int length = (header - 1) >>> 1;
    if (header < 0 || length > remaining()) {
      throw damaged("expected a text that fits, remaining=" + remaining());
    }
    if ((header & 1) == 0) {
      return readWide(length);
    }
    String text = new String(buffer, position, length, StandardCharsets.ISO_8859_1);
    position += length;
    return text;
  }

  private String readWide(int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      int b = readByte();
      if (b >= 0) {
        text[i] = (char) b;
      } else if ((b & 0xE0) == 0xC0) {
        text[i] = (char) (((b & 0x1F) << 6) | readRest());
      } else if ((b & 0xF0) == 0xE0) {
        text[i] = (char) (((b & 0x0F) << 12) | (readRest() << 6) | readRest());
      } else {
        throw damaged("expected the first byte of a char");
      }
    }
    return new String(text);
  }

  private int readRest() {
    int b = readByte();
    if ((b & 0xC0) != 0x80) {
      throw damaged("expected a further byte of a char");
    }
    return b & 0x3F;
  }

  PayloadException damaged(String expected) {
    return damaged(expected, null);
  }

  /** Makes the exception for bytes that no plan can have written. */
  PayloadException damaged(String expected, @Nullable Throwable cause) {
    return new PayloadException(
        "cannot read a payload as %s: damaged at byte=%d of bytes=%d, %s; the data directory was changed from outside, restore it from a backup"
            .formatted(subject, position, limit, expected),
        cause);
  }
}
