package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The turns of one execution, decoded. Only ever appended to, so that a turn worker can read a
 * {@link #snapshot} while the decide thread goes on: what a snapshot covers never changes.
 */
final class HistoryLog {

  private static final HistoryRow[] NONE = new HistoryRow[0];

  // written by: decide thread
  private HistoryRow[] rows = NONE;
  private int size;
  private long bytes;

  void append(HistoryRow row) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, size < 2 ? 2 : size * 2);
    }
    rows[size++] = row;
    bytes += Sizes.of(row.events());
  }

  /** Returns about how many bytes all events take, written down. */
  long bytes() {
    return bytes;
  }

  /** Returns when the first turn ran, Unix time; 0 if there is none. */
  long startedAtMillis() {
    return size == 0 ? 0 : Objects.requireNonNull(rows[0]).atMillis();
  }

  List<HistoryRow> snapshot() {
    if (size == 0) {
      return List.of();
    }
    return Collections.unmodifiableList(Arrays.asList(rows).subList(0, size));
  }

  /** Returns an event by its number, or null if it is not here. */
  @Nullable HistoryEvent event(int number) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      HistoryRow row = Objects.requireNonNull(rows[middle]);
      if (number < row.firstEvent()) {
        high = middle - 1;
      } else if (number >= row.firstEvent() + row.events().size()) {
        low = middle + 1;
      } else {
        return row.events().get(number - row.firstEvent());
      }
    }
    return null;
  }
}
