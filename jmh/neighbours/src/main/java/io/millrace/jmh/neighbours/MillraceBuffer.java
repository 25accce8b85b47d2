package io.millrace.jmh.neighbours;

import io.millrace.buffer.Durability;
import io.millrace.jmh.ladder.BufferCandidate;
import java.nio.file.Path;

/** Millrace's own buffer: what the others stand beside. */
final class MillraceBuffer implements StoreNeighbour {

  private final BufferCandidate buffer = new BufferCandidate();

  MillraceBuffer() {}

  @Override
  public String name() {
    return "MILLRACE_BUFFER";
  }

  @Override
  public String remark() {
    return "MILLRACE_BUFFER: WriteAheadBuffer over SQLite as it comes, a forced Chronicle journal"
        + " in front. Its rows are those of the engine's tables, with columns and indexes;"
        + " the others keep key and bytes.";
  }

  @Override
  public Opened open(Path folder, Durability durability) {
    return buffer.open(folder, durability);
  }
}
