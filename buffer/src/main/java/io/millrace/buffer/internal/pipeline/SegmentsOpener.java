package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.internal.segment.SegmentStorage;
import java.io.IOException;
import java.nio.file.Path;

/** Opens what holds the bytes of a data directory's journal. */
@FunctionalInterface
public interface SegmentsOpener {

  /**
   * Opens it.
   *
   * @param folder where the directory keeps its journal
   * @throws IOException if it cannot be opened
   */
  SegmentStorage open(Path folder, BufferOptions options) throws IOException;
}
