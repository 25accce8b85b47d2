package io.millrace.engine.internal.decide;

import io.millrace.storage.orchestration.MessageRow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one instance that no turn has taken, in order. Removal from the front, which is
 * what turns do, costs nothing. One thread.
 */
final class Inbox {

  private static final @Nullable MessageRow[] NONE = new @Nullable MessageRow[0];

  // written by: decide thread
  private @Nullable MessageRow[] rows = NONE;
  private int head;
  private int tail;

  int size() {
    return tail - head;
  }

  MessageRow get(int index) {
    MessageRow row = rows[head + index];
    if (row == null || index < 0) {
      throw new IndexOutOfBoundsException("index=" + index + " size=" + size());
    }
    return row;
  }

  void add(MessageRow row) {
    if (tail == rows.length) {
      int size = size();
      @Nullable MessageRow[] target =
          size * 2 >= rows.length ? new @Nullable MessageRow[Math.max(4, size * 2)] : rows;
      System.arraycopy(rows, head, target, 0, size);
      if (target == rows) {
        Arrays.fill(rows, size, tail, null);
      }
      rows = target;
      head = 0;
      tail = size;
    }
    rows[tail++] = row;
  }

  /** Removes the message with a number; absent is no fault. */
  void remove(long number) {
    for (int i = head; i < tail; i++) {
      MessageRow row = rows[i];
      if (row != null && row.number() == number) {
        System.arraycopy(rows, head, rows, head + 1, i - head);
        rows[head++] = null;
        break;
      }
    }
    if (head == tail) {
      head = 0;
      tail = 0;
    }
  }
}
