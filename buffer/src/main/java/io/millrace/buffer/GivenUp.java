package io.millrace.buffer;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a journal lost when it was cut, or replaced.
 *
 * @param keptThrough the last position that is left
 * @param records what lay beyond, by position; none of it can be applied any more
 * @param movedTo where the old journal lies now; null if there was none
 */
public record GivenUp(long keptThrough, List<Range> records, @Nullable Path movedTo) {

  /** Copies the list. */
  public GivenUp {
    records = List.copyOf(records);
  }

  /**
   * A dense run of positions.
   *
   * @param first its first
   * @param last its last
   * @param readable whether these records can still be read where they were moved to
   */
  public record Range(long first, long last, boolean readable) {}
}
