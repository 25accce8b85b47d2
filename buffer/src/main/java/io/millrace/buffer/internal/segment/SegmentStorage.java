package io.millrace.buffer.internal.segment;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The journal's folder as segments. One thread at a time calls {@link #create}; {@link #prepare}
 * may run beside it on another thread; reading and deleting may run beside both on a third.
 */
public interface SegmentStorage extends Closeable {

  /** Returns what is there, in order, whoever wrote it. Reads the folder. */
  List<SegmentName> list() throws IOException;

  /**
   * Reserves real disk blocks for a segment that will be created later, so that a full disk is met
   * here and not in an append. Blocks while it writes. Idempotent.
   *
   * @throws IOException if there is no space; what was half made is removed
   */
  void prepare(SegmentName name) throws IOException;

  /** Tells whether {@link #prepare} has finished for a segment that is not created yet. */
  boolean isPrepared(SegmentName name);

  /**
   * Makes a segment, empty, with its blocks reserved, and forces its folder entry, so that the
   * segment itself (not yet what will be in it) survives power loss. Uses what was prepared, else
   * reserves now.
   *
   * @throws IOException if it exists, or cannot be made
   */
  SegmentWriter create(SegmentName name) throws IOException;

  /** Opens a segment for reading as plain bytes; it may still be written to. */
  SegmentReader open(SegmentName name) throws IOException;

  /**
   * Deletes a segment, and its generation's folder with the last of it. Not undone by power loss
   * once this returns.
   *
   * @throws IOException if it could not be deleted; absent is no fault
   */
  void delete(SegmentName name) throws IOException;

  /**
   * Returns how many bytes of frames one segment takes, about; an append that starts below it
   * always fits.
   */
  long segmentBytes();

  /** Returns the most bytes that one append takes. */
  int appendBytesMax();

  /** Returns where a segment lies, for messages. */
  String describe(SegmentName name);

  /** Returns how many bytes the file system still has for us. */
  long usableBytes() throws IOException;
}
