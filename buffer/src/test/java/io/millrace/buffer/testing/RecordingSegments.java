package io.millrace.buffer.testing;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentReader;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes down what is done to a storage: creates, appends with their length, forces, deletes. */
public final class RecordingSegments implements SegmentStorage {

  private final SegmentStorage disk;
  private final List<String> log = new ArrayList<>();

  /** Records what is done to a storage from now on. */
  public RecordingSegments(SegmentStorage disk) {
    this.disk = disk;
  }

  /** Returns what was done since the last call. */
  public synchronized List<String> takeLog() {
    List<String> taken = List.copyOf(log);
    log.clear();
    return taken;
  }

  @Override
  public List<SegmentName> list() throws IOException {
    return disk.list();
  }

  @Override
  public void prepare(SegmentName name) throws IOException {
    disk.prepare(name);
  }

  @Override
  public boolean isPrepared(SegmentName name) {
    return disk.isPrepared(name);
  }

  @Override
  public SegmentWriter create(SegmentName name) throws IOException {
    String place = name.generation() + "/" + name.number();
    say("create " + place);
    SegmentWriter writer = disk.create(name);
    return new SegmentWriter() {
      @Override
      public void append(ByteBuffer bytes) throws IOException {
        say("append " + place + " " + bytes.remaining());
        writer.append(bytes);
      }

      @Override
      public void force() throws IOException {
        say("force " + place);
        writer.force();
      }

      @Override
      public long remainingBytes() {
        return writer.remainingBytes();
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }

  @Override
  public SegmentReader open(SegmentName name) throws IOException {
    return disk.open(name);
  }

  @Override
  public void delete(SegmentName name) throws IOException {
    say("delete " + name.generation() + "/" + name.number());
    disk.delete(name);
  }

  @Override
  public long segmentBytes() {
    return disk.segmentBytes();
  }

  @Override
  public int appendBytesMax() {
    return disk.appendBytesMax();
  }

  @Override
  public String describe(SegmentName name) {
    return disk.describe(name);
  }

  @Override
  public long usableBytes() throws IOException {
    return disk.usableBytes();
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }

  private synchronized void say(String line) {
    log.add(line);
  }
}
