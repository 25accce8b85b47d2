package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentReader;
import io.millrace.buffer.internal.segment.SegmentStorage;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A segment and its header, read as plain bytes.
 *
 * @param name what its file is called
 * @param header null if none is valid and nothing follows: made, but not begun when the power went
 * @param synced the position that its header frame says was synced before it
 * @param headerEnd where in the file the records begin
 * @param length how long the file is, bytes
 */
record SurveyedSegment(
    SegmentName name, @Nullable SegmentHeader header, long synced, long headerEnd, long length) {

  /**
   * Reads a segment's header, and checks that it is this segment's.
   *
   * @throws io.millrace.buffer.BufferOpenException if frames follow a header that is not valid: it
   *     is forced before anything follows it, so this is damage; or if the file is shorter than any
   *     was ever made
   */
  static SurveyedSegment read(JournalSetup setup, SegmentName name) {
    SegmentStorage storage = setup.storage();
    String place = "file=" + storage.describe(name);
    try (SegmentReader file = storage.open(name);
        FrameScanner frames = new FrameScanner(file, OptionalLong.empty())) {
      long length = file.length();
      long least = Math.max(file.lengthMin(), FrameLayout.fileBytesMin());
      if (length < least) {
        throw Refusals.cutOff(length, least, place);
      }
      boolean found = frames.next();
      // A torn header is one broken frame; more of them were written after a header that was good.
      if (frames.sealedFrames() > 0 || (!found && frames.refusedFrames() > 1)) {
        throw Refusals.corrupt("a journal segment has records but no readable header", place);
      }
      if (!found) {
        return new SurveyedSegment(name, null, 0, 0, length);
      }
      if (frames.version() > FrameLayout.VERSION) {
        throw Refusals.newer(frames.version(), place);
      }
      if (frames.bodyLength() != SegmentHeader.bodyBytes(frames.version())) {
        throw Refusals.corrupt(
            "a journal segment's header has the wrong length, length=" + frames.bodyLength(),
            place);
      }
      SegmentHeader header = SegmentHeader.decode(frames);
      check(setup, name, header, place);
      return new SurveyedSegment(name, header, frames.synced(), frames.offset(), length);
    } catch (IOException e) {
      throw Refusals.io("read a journal segment", place, e);
    }
  }

  private static void check(
      JournalSetup setup, SegmentName name, SegmentHeader header, String place) {
    if (!header.storeId().equals(setup.storeId())) {
      throw Refusals.foreignSegment(header.storeId(), setup.storeId(), place);
    }
    if (header.epoch() != name.generation() || header.number() != name.number()) {
      throw Refusals.corrupt(
          "a journal segment was renamed or copied, its header says epoch="
              + header.epoch()
              + " number="
              + header.number(),
          place);
    }
  }

  /** Tells whether the file ends before its header says. */
  boolean isCutOff() {
    return header != null && length < header.fileBytes();
  }

  SegmentHeader begun() {
    if (header == null) {
      throw new IllegalStateException("segment was not begun, name=" + name);
    }
    return header;
  }

  long predecessorPosition() {
    return begun().predecessor().position();
  }
}
