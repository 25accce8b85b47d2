package io.millrace.buffer.internal.journal;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.internal.segment.SegmentName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What can be read of one segment, whatever is damaged in it. One thread. */
final class SalvagedSegment {

  /**
   * A dense run of records that can be read.
   *
   * @param first the position it begins with
   * @param last the position it ends with
   */
  record Run(long first, long last) {}

  /**
   * A place where records should be and are not.
   *
   * @param offset where in the file the first of them should begin
   * @param first its position
   * @param last the last position; {@link Long#MAX_VALUE} if nothing valid follows in this file
   */
  record Hole(long offset, long first, long last) {}

  private final JournalSetup setup;
  private final SegmentName name;
  private final @Nullable SurveyedSegment surveyed;
  private final @Nullable String unreadable;
  private final List<Run> runs = new ArrayList<>();
  private final List<Hole> holes = new ArrayList<>();
  private long synced;
  private long goodThrough;
  private long records;

  private SalvagedSegment(
      JournalSetup setup,
      SegmentName name,
      @Nullable SurveyedSegment surveyed,
      @Nullable String unreadable) {
    this.setup = setup;
    this.name = name;
    this.surveyed = surveyed;
    this.unreadable = unreadable;
    this.synced = surveyed == null ? 0 : surveyed.synced();
    this.goodThrough = surveyed == null ? 0 : surveyed.headerEnd();
  }

  /** Reads the header alone. */
  static SalvagedSegment of(JournalSetup setup, SegmentName name) {
    try {
      return new SalvagedSegment(setup, name, SurveyedSegment.read(setup, name), null);
    } catch (BufferOpenException e) {
      String said = String.valueOf(e.getMessage());
      int advice = said.indexOf(": ");
      return new SalvagedSegment(setup, name, null, advice < 0 ? said : said.substring(0, advice));
    }
  }

  /**
   * Reads the records.
   *
   * @param nonce the generation's, from this header or from another of the same life
   */
  void scan(long nonce) {
    SegmentHeader header = header();
    long expected = header == null ? 0 : header.predecessor().position() + 1;
    RecordAssembly assembly = new RecordAssembly();
    int refusedBefore = 0;
    boolean begun = false;
    try (FrameScanner frames =
        new FrameScanner(setup.storage().open(name), OptionalLong.of(nonce))) {
      while (frames.next()) {
        synced = Math.max(synced, frames.synced());
        long position = frames.position();
        if (frames.kind() != FrameLayout.RECORD) {
          if (frames.frameOffset() == goodThrough) {
            goodThrough = frames.offset();
          }
        } else if (position >= expected) {
          begun = true;
          if (assembly.add(frames)) {
            begun = false;
            if (expected > 0 && position > expected) {
              holes.add(new Hole(goodThrough, expected, position - 1));
            }
            extend(position);
            expected = position + 1;
            goodThrough = frames.offset();
            refusedBefore = frames.refusedFrames();
          }
        }
      }
      if (begun || frames.refusedFrames() > refusedBefore) {
        holes.add(new Hole(goodThrough, Math.max(1, expected), Long.MAX_VALUE));
      }
    } catch (IOException e) {
      holes.add(new Hole(goodThrough, Math.max(1, expected), Long.MAX_VALUE));
    }
  }

  private void extend(long position) {
    records++;
    Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    if (last != null && last.last() == position - 1) {
      runs.set(runs.size() - 1, new Run(last.first(), position));
    } else {
      runs.add(new Run(position, position));
    }
  }

  SegmentName name() {
    return name;
  }

  /** Returns its header, or null if it has none that can be read. */
  @Nullable SegmentHeader header() {
    return surveyed == null ? null : surveyed.header();
  }

  /** Tells whether the file ends before its header says. */
  boolean isCutOff() {
    return surveyed != null && surveyed.isCutOff();
  }

  /** Returns why its header cannot be read; null if it can, or was never written. */
  @Nullable String unreadable() {
    return unreadable;
  }

  List<Run> runs() {
    return runs;
  }

  List<Hole> holes() {
    return holes;
  }

  /** Returns the highest position that a frame here says was synced. */
  long synced() {
    return synced;
  }

  /** Returns where in the file what can be read ends. */
  long goodThrough() {
    return goodThrough;
  }

  /** Returns how many records can be read. */
  long records() {
    return records;
  }

  String file() {
    return setup.storage().describe(name);
  }
}
