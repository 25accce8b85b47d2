package io.millrace.engine.internal.decide;

import io.millrace.engine.internal.replay.ReadValues;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The turns of one execution, decoded. Only ever appended to, so that a turn worker can read a
 * {@link #snapshot} while the decide thread goes on: what a snapshot covers never changes.
 *
 * <p>While nobody needs them, the turns may be in the store alone: {@link #shed}, {@link #restore}.
 */
final class HistoryLog {

  private static final HistoryRow[] NONE = new HistoryRow[0];

  /** With fewer turns than this it costs less to read values again than to keep them. */
  private static final int KEEPING_TURNS_MIN = 16;

  // written by: decide thread
  private HistoryRow[] rows = NONE;
  private int size;

  /** What the first so many turns take; the rest is added up when somebody asks. */
  private int sized;

  private long bytes;

  private long startedAtMillis;
  private long writtenAt;
  private boolean shed;

  /** What turns have read; null while a turn runs that has it, or while nothing is worth it. */
  private @Nullable ReadValues read;

  void append(HistoryRow row) {
    if (shed) {
      // The end from outside; it is the last row, and for the store alone.
      return;
    }
    if (size == 0) {
      startedAtMillis = row.atMillis();
    }
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, size < 2 ? 2 : size * 2);
    }
    rows[size++] = row;
  }

  /** Says about how many bytes the events of the turn appended last take, to whom it is known. */
  void lastTakes(long lastBytes) {
    if (sized < size) {
      bytes = bytesOf(size - 1) + lastBytes;
      sized = size;
    }
  }

  /** Returns about how many bytes all events take, written down. */
  long bytes() {
    return bytesOf(size);
  }

  private long bytesOf(int turns) {
    for (; sized < turns; sized++) {
      bytes += Sizes.of(Objects.requireNonNull(rows[sized]).events());
    }
    return bytes;
  }

  /** Returns when the first turn ran, Unix time; 0 if there is none. */
  long startedAtMillis() {
    return startedAtMillis;
  }

  /** Says at which position the turn appended last was written. */
  void writtenAt(long position) {
    writtenAt = position;
  }

  /** Returns the position from which on the store has all turns; 0 if they came from there. */
  long writtenAt() {
    return writtenAt;
  }

  /** Lets go of the turns; what is told of them all together stays. The store must have them. */
  void shed() {
    long unused = bytes();
    rows = NONE;
    size = 0;
    read = null;
    shed = true;
  }

  /** Tells whether the turns are in the store alone. */
  boolean isShed() {
    return shed;
  }

  /** The turns are back, as they were. */
  void restore(List<HistoryRow> turns) {
    if (!shed || turns.size() != sized) {
      throw new IllegalStateException(
          "expected the turns that were let go, turns=" + sized + " found=" + turns.size());
    }
    rows = turns.toArray(NONE);
    size = turns.size();
    shed = false;
  }

  List<HistoryRow> snapshot() {
    return size == 0 ? List.of() : new Snapshot(rows, size);
  }

  /**
   * Gives away what earlier turns have read, to the one turn that runs next; null if nothing is
   * kept, for a short history.
   */
  @Nullable ReadValues giveRead() {
    if (size < KEEPING_TURNS_MIN) {
      return null;
    }
    ReadValues given = read;
    read = null;
    HistoryRow last = Objects.requireNonNull(rows[size - 1]);
    return given != null ? given : new ReadValues(2 * (last.firstEvent() + last.events().size()));
  }

  /** A turn that counted hands back what it was given. */
  void takeRead(@Nullable ReadValues back) {
    read = back;
  }

  /** Returns an event by its number, or null if it is not here. */
  @Nullable HistoryEvent event(int number) {
    HistoryRow row = rowOf(number);
    return row == null ? null : row.events().get(number - row.firstEvent());
  }

  /** Returns the turn that an event belongs to. */
  int turnOf(int number) {
    return Objects.requireNonNull(rowOf(number), "no turn has event").turn();
  }

  private @Nullable HistoryRow rowOf(int number) {
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
        return row;
      }
    }
    return null;
  }

  /** The first turns of a log; nothing more than a place in an array, for replays walk it. */
  private static final class Snapshot extends AbstractList<HistoryRow> implements RandomAccess {
    private final HistoryRow[] rows;
    private final int size;

    Snapshot(HistoryRow[] rows, int size) {
      this.rows = rows;
      this.size = size;
    }

    @Override
    public HistoryRow get(int index) {
      return rows[Objects.checkIndex(index, size)];
    }

    @Override
    public int size() {
      return size;
    }
  }
}
