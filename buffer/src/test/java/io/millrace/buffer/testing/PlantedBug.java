package io.millrace.buffer.testing;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentReader;
import io.millrace.buffer.internal.segment.SegmentStorage;
import io.millrace.buffer.internal.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A storage with a bug planted between the journal and the disk, to prove that a suite would find
 * it. {@link Kind#NONE} changes nothing.
 */
public final class PlantedBug implements SegmentStorage {

  /** The bugs. */
  public enum Kind {
    NONE,
    /** Says forced, and forces nothing. */
    NO_FORCE,
    /** Forces the segment made before the newest, whichever is meant. */
    FORCE_THE_WRONG_FILE,
    /** Forces files, but not the folder entries of new ones; the disk must be told. */
    FORGET_FOLDER_ENTRIES,
    /** At a change of segment forgets what is in the old one. */
    FORGET_THE_OLD_FILE_AT_A_ROLL,
    /** Forces nothing while a journal is being opened, so that it builds on unforced records. */
    BUILD_ON_UNFORCED_RECORDS_AT_REOPENING
  }

  private final SegmentStorage disk;
  private final Kind kind;
  private boolean opening = true;
  private @Nullable SegmentWriter before;
  private @Nullable Writer newest;

  /** Plants a bug before a storage. */
  public PlantedBug(SegmentStorage disk, Kind kind) {
    this.disk = disk;
    this.kind = kind;
  }

  /** Says that opening is over. */
  public void opened() {
    opening = false;
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
    before = newest == null ? null : newest.writer;
    newest = new Writer(disk.create(name));
    return newest;
  }

  @Override
  public SegmentReader open(SegmentName name) throws IOException {
    return disk.open(name);
  }

  @Override
  public void delete(SegmentName name) throws IOException {
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

  /** A segment's end, with the bug. */
  private final class Writer implements SegmentWriter {

    private final SegmentWriter writer;

    Writer(SegmentWriter writer) {
      this.writer = writer;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      writer.append(bytes);
    }

    @Override
    public void force() throws IOException {
      switch (kind) {
        case NONE, FORGET_FOLDER_ENTRIES -> writer.force();
        case NO_FORCE -> {}
        case FORCE_THE_WRONG_FILE -> {
          if (before != null) {
            before.force();
          }
        }
        case FORGET_THE_OLD_FILE_AT_A_ROLL -> {
          if (writer.remainingBytes() > 200) {
            writer.force();
          }
        }
        case BUILD_ON_UNFORCED_RECORDS_AT_REOPENING -> {
          if (!opening) {
            writer.force();
          }
        }
      }
    }

    @Override
    public long remainingBytes() {
      return writer.remainingBytes();
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }
}
