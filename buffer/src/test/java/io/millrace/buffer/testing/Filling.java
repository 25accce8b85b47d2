package io.millrace.buffer.testing;

import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.segment.SegmentStorage;
import java.io.IOException;
import java.util.Map;

/** A kind of segments that a journal suite runs on: opened, looked into, and damaged as files. */
public interface Filling {

  /** Opens the same place as a new process would after the last one was killed. */
  SegmentStorage open() throws IOException;

  /** Returns what every segment's file shows. The caller may change the arrays. */
  Map<SegmentName, byte[]> contents() throws IOException;

  /** Puts exactly these files in the place of what is there. */
  void become(Map<SegmentName, byte[]> contents) throws IOException;
}
