package io.millrace.buffer.internal.journal;

import io.millrace.buffer.internal.segment.SegmentStorage;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * What a journal is made of; everything that is not deterministic comes in here.
 *
 * @param storage where the segments lie; stays the caller's to close
 * @param storeId the identity of the data directory, from its {@code FORMAT}
 * @param nonces the source of each epoch's random number, from a good generator in production
 * @param recordBytesMax the longest record body in bytes (rule R8); framed, it must fit one segment
 */
public record JournalSetup(
    SegmentStorage storage, UUID storeId, LongSupplier nonces, int recordBytesMax) {

  /** Checks that the longest record fits a segment. */
  public JournalSetup {
    if (recordBytesMax < 1) {
      throw new IllegalArgumentException(
          "a record needs at least one byte, recordBytesMax=" + recordBytesMax);
    }
    int frameBytesMax = FrameLayout.frameBytesMax(storage);
    if (frameBytesMax < FrameLayout.headerFrameBytes()) {
      throw new IllegalArgumentException(
          "an append must take a segment's header, appendBytesMax=" + storage.appendBytesMax());
    }
    long framed =
        FrameLayout.headerFrameBytes() + FrameLayout.framedBytes(recordBytesMax, frameBytesMax);
    if (framed > storage.segmentBytes()) {
      throw new IllegalArgumentException(
          "the longest record must fit one segment, recordBytesMax="
              + recordBytesMax
              + " framedBytes="
              + framed
              + " segmentBytes="
              + storage.segmentBytes()
              + ": lower the record limit or raise the segment size");
    }
  }
}
