package io.millrace.storage.internal.kryo;

import io.millrace.storage.FormKey;
import io.millrace.storage.Mutation.Kind;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.Table;

/**
 * Finds the key in the form of a mutation (see {@link RowLayout}) without reading the rest. It
 * knows the rows that come and go by the million, in the versions that are written today, and
 * leaves all else, damage included, to who decodes. One thread.
 */
public final class KeyReader {

  private static final int EPOCH_SHIFT = 43;
  private static final long COUNTER_MAX = (1L << EPOCH_SHIFT) - 1;
  private static final int EPOCH_MAX = (1 << 20) - 1;
  private static final long UNREADABLE = -1;

  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  /** Makes one. */
  public KeyReader() {}

  /**
   * Reads the key of a mutation.
   *
   * @return false if the form must be decoded to know; {@code into} is then unchanged
   */
  public boolean read(byte[] form, int offset, int length, FormKey into) {
    bytes = form;
    at = offset;
    end = offset + length;
    int id = next();
    int version = next();
    if (version != 1) {
      return false;
    }
    return switch (id) {
      case RowLayout.DELETE -> readDelete(into);
      case RowLayout.INSERT -> readRow(Kind.INSERT, into);
      case RowLayout.UPDATE -> readRow(Kind.UPDATE, into);
      default -> false;
    };
  }

  private boolean readDelete(FormKey into) {
    int table = next();
    if (table != Table.TASKS.code() && table != Table.INBOX.code()) {
      return false;
    }
    long number = number();
    if (number == UNREADABLE || next() != 0 || at != end) {
      return false;
    }
    into.set(Kind.DELETE, table, number, 0);
    return true;
  }

  private boolean readRow(Kind kind, FormKey into) {
    int row = next();
    int version = next();
    return switch (row) {
      case RowLayout.INSTANCE_ROW -> version == 2 && readNumbered(kind, Table.INSTANCES, 2, into);
      case RowLayout.TASK_ROW -> version == 2 && readNumbered(kind, Table.TASKS, 1, into);
      case RowLayout.MESSAGE_ROW -> version == 2 && readNumbered(kind, Table.INBOX, 0, into);
      case RowLayout.HISTORY_ROW -> version == 1 && readHistory(kind, into);
      default -> false;
    };
  }

  private boolean readNumbered(Kind kind, Table table, int skipped, FormKey into) {
    at += skipped;
    long number = number();
    if (number == UNREADABLE) {
      return false;
    }
    into.set(kind, table.code(), number, 0);
    return true;
  }

  private boolean readHistory(Kind kind, FormKey into) {
    long number = number();
    long execution = varlong();
    long turn = varlong();
    if (number == UNREADABLE || isNoInt(execution) || isNoInt(turn)) {
      return false;
    }
    RowKey key = HistoryRow.keyOf(number, (int) execution, (int) turn);
    into.set(kind, Table.HISTORY.code(), number, key.sub());
    return true;
  }

  private static boolean isNoInt(long value) {
    return value < 0 || value > Integer.MAX_VALUE;
  }

  private long number() {
    long epoch = varlong();
    long counter = varlong();
    if (epoch < 0 || epoch > EPOCH_MAX || counter < 0 || counter > COUNTER_MAX) {
      return UNREADABLE;
    }
    return (epoch << EPOCH_SHIFT) | counter;
  }

  /** Nothing read here is longer than 7 bytes. */
  private long varlong() {
    long value = 0;
    for (int shift = 0; shift < 49; shift += 7) {
      int b = next();
      if (b < 0) {
        return UNREADABLE;
      }
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    return UNREADABLE;
  }

  /** Returns the next byte, unsigned; -1 behind the last. */
  private int next() {
    return at < end ? bytes[at++] & 0xff : -1;
  }
}
