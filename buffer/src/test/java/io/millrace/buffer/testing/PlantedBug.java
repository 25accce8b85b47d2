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
public final class PlantedBug extends DecoratedSegments {

  /** The bugs. */
  public enum Kind {
    NONE,
    /** Says forced, and forces nothing. */
    NO_FORCE,
    /** A force returns before it was done; the next append makes up for it. */
    ACKNOWLEDGE_BEFORE_FORCE,
    /** Forces the segment made before the newest, whichever is meant. */
    FORCE_THE_WRONG_FILE,
    /** Forces files, but not the folder entries of new ones; the disk must be told. */
    FORGET_FOLDER_ENTRIES,
    /** At a change of segment forgets what is in the old one. */
    FORGET_THE_OLD_FILE_AT_A_ROLL,
    /** Forces nothing while a journal is being opened, so that it builds on unforced records. */
    BUILD_ON_UNFORCED_RECORDS_AT_REOPENING,
    /** Tries a failed force again, which then says that all is well. */
    RETRY_A_FAILED_FORCE,
    /** Goes on after a failed append as if nothing had been. */
    SWALLOW_A_FAILED_APPEND,
    /** Numbers segments by a clock that was set back. */
    ROLL_BY_THE_WALL_CLOCK
  }

  private final Kind kind;
  private boolean opening = true;
  private @Nullable SegmentWriter before;
  private @Nullable SegmentWriter newest;

  /** Plants a bug before a storage. */
  public PlantedBug(SegmentStorage disk, Kind kind) {
    super(disk);
    this.kind = kind;
  }

  /** Says that opening is over. */
  public void opened() {
    opening = false;
  }

  /** The clock is set back after a life's second segment: the numbers run backwards from there. */
  private SegmentName dated(SegmentName name) {
    if (kind != Kind.ROLL_BY_THE_WALL_CLOCK) {
      return name;
    }
    return new SegmentName(
        name.generation(), name.number() <= 2 ? 10_000 + name.number() : 10_000 - name.number());
  }

  private SegmentName undated(SegmentName name) {
    int number = name.number();
    if (kind != Kind.ROLL_BY_THE_WALL_CLOCK || number < 5_000) {
      return name;
    }
    return new SegmentName(name.generation(), number > 10_000 ? number - 10_000 : 10_000 - number);
  }

  /** In the order of the dates, as a reader that trusts them meets the files. */
  @Override
  public List<SegmentName> list() throws IOException {
    return disk.list().stream().map(this::undated).toList();
  }

  @Override
  public void prepare(SegmentName name) throws IOException {
    disk.prepare(dated(name));
  }

  @Override
  public boolean isPrepared(SegmentName name) {
    return disk.isPrepared(dated(name));
  }

  @Override
  public SegmentReader open(SegmentName name) throws IOException {
    return disk.open(dated(name));
  }

  @Override
  public void delete(SegmentName name) throws IOException {
    disk.delete(dated(name));
  }

  @Override
  public SegmentWriter create(SegmentName name) throws IOException {
    return decorate(name, disk.create(dated(name)));
  }

  @Override
  protected SegmentWriter decorate(SegmentName name, SegmentWriter made) {
    before = newest;
    newest = made;
    return new Writer(made);
  }

  /** A segment's end, with the bug. */
  private final class Writer extends DecoratedWriter {
    private boolean owed;

    Writer(SegmentWriter writer) {
      super(writer);
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      if (owed) {
        owed = false;
        writer.force();
      }
      if (kind != Kind.SWALLOW_A_FAILED_APPEND) {
        writer.append(bytes);
        return;
      }
      try {
        writer.append(bytes);
      } catch (IOException swallowed) {
        bytes.position(bytes.limit());
      }
    }

    @Override
    public void force() throws IOException {
      switch (kind) {
        case NO_FORCE -> {}
        case ACKNOWLEDGE_BEFORE_FORCE -> owed = true;
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
        case RETRY_A_FAILED_FORCE -> {
          try {
            writer.force();
          } catch (IOException retried) {
            writer.force();
          }
        }
        default -> writer.force();
      }
    }
  }
}
