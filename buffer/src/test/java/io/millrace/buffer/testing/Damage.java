package io.millrace.buffer.testing;

import io.millrace.buffer.internal.journal.FrameLayout;
import io.millrace.buffer.internal.journal.FrameScanner;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What may befall a journal's files, by name. Works on a copy; {@link #files} is what is left.
 *
 * <p>Not thread-safe.
 */
public final class Damage {

  private static final int NONCE_IN_HEADER = 24;

  private final Map<SegmentName, byte[]> files = new TreeMap<>();

  /**
   * Where a valid frame lies.
   *
   * @param segment its file
   * @param offset of its first byte
   * @param bytes how long it is, padding included
   * @param kind as in {@link FrameLayout}
   * @param position of its record; 0 if it has none
   */
  public record Frame(SegmentName segment, int offset, int bytes, byte kind, long position) {

    public int end() {
      return offset + bytes;
    }
  }

  /** Begins with intact files. */
  public Damage(Map<SegmentName, byte[]> intact) {
    intact.forEach((name, bytes) -> files.put(name, bytes.clone()));
  }

  /** Returns the files as they are now. */
  public Map<SegmentName, byte[]> files() {
    return files;
  }

  /** Returns all valid frames, headers too, in the order of the files. */
  public List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    files.forEach(
        (name, bytes) -> {
          List<Frame> header = frames(name, bytes, OptionalLong.empty());
          if (!header.isEmpty()) {
            frames.add(header.get(0));
            int nonceAt = header.get(0).offset() + FrameLayout.HEADER_BYTES + NONCE_IN_HEADER;
            long nonce = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(nonceAt);
            frames.addAll(frames(name, bytes, OptionalLong.of(nonce)));
          }
        });
    return frames;
  }

  /** Returns the frames of one record, those of its parts in order. */
  public List<Frame> framesOf(long position) {
    return frames().stream()
        .filter(frame -> frame.kind() == FrameLayout.RECORD && frame.position() == position)
        .toList();
  }

  /** Returns the last frame of the last file. */
  public Frame lastFrame() {
    List<Frame> frames = frames();
    return frames.get(frames.size() - 1);
  }

  public Damage flipBit(SegmentName name, int offset, int bit) {
    file(name)[offset] ^= (byte) (1 << bit);
    return this;
  }

  /** Flips a bit in the middle of a record's first frame. */
  public Damage flipBitInRecord(long position) {
    Frame frame = framesOf(position).get(0);
    return flipBit(frame.segment(), frame.offset() + frame.bytes() / 2, 3);
  }

  /** Takes a record away: zeros where its frames were. */
  public Damage blankRecord(long position) {
    framesOf(position).forEach(this::blank);
    return this;
  }

  public Damage blank(Frame frame) {
    return zero(frame.segment(), frame.offset(), frame.end());
  }

  public Damage zeroSector(SegmentName name, int sector) {
    return zero(name, sector * 512, (sector + 1) * 512);
  }

  public Damage zero(SegmentName name, int from, int to) {
    byte[] bytes = file(name);
    Arrays.fill(bytes, from, Math.min(to, bytes.length), (byte) 0);
    return this;
  }

  /** Swaps two stretches of one file. */
  public Damage swap(SegmentName name, int one, int other, int length) {
    byte[] bytes = file(name);
    byte[] kept = Arrays.copyOfRange(bytes, one, one + length);
    System.arraycopy(bytes, other, bytes, one, length);
    System.arraycopy(kept, 0, bytes, other, length);
    return this;
  }

  public Damage truncate(SegmentName name, int length) {
    files.put(name, Arrays.copyOf(file(name), length));
    return this;
  }

  public Damage delete(SegmentName name) {
    files.remove(name);
    return this;
  }

  public Damage duplicate(SegmentName from, SegmentName to) {
    files.put(to, file(from).clone());
    return this;
  }

  /** Returns one file's bytes, to be changed. */
  public byte[] file(SegmentName name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new AssertionError("no such segment, name=" + name);
    }
    return bytes;
  }

  private static List<Frame> frames(SegmentName name, byte[] bytes, OptionalLong nonce) {
    List<Frame> frames = new ArrayList<>();
    try (FrameScanner scanner = new FrameScanner(new BytesReader(bytes), nonce)) {
      while (scanner.next()) {
        int offset = Math.toIntExact(scanner.frameOffset());
        int length = Math.toIntExact(scanner.offset()) - offset;
        frames.add(new Frame(name, offset, length, scanner.kind(), scanner.position()));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return frames;
  }

  /** An array as a segment. */
  private static final class BytesReader implements SegmentReader {

    private final byte[] bytes;

    BytesReader(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer into, long offset) {
      int count = (int) Math.max(0, Math.min(into.remaining(), bytes.length - offset));
      if (count > 0) {
        into.put(bytes, (int) offset, count);
      }
      return count;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void close() {}
  }
}
