package io.millrace.engine.internal;

import io.millrace.engine.InstanceHistory;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.MutationCodec;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file form of an instance's history. All numbers are big-endian:
 *
 * <pre>
 *   magic "MILLHIST" | version, 4 bytes: 1 | count of rows, 4 bytes
 *   then each row: length, 4 bytes | the row as an insert, in the journal's form of a mutation
 *   then CRC32C of all before it, 4 bytes
 * </pre>
 *
 * <p>The form of the rows is that of the journal, whose every version stays readable; so this
 * version changes only if the frame does.
 */
public final class HistoryFile {

  private static final long MAGIC = 0x4D49_4C4C_4849_5354L;
  private static final int VERSION = 1;
  private static final int FRAME_BYTES = 20;

  private HistoryFile() {}

  /** Returns the form of a history. */
  public static byte[] write(InstanceHistory history) {
    List<Row> rows = new ArrayList<>(history.types());
    rows.add(history.instance());
    if (history.attributes() != null) {
      rows.add(history.attributes());
    }
    rows.addAll(history.executions());
    rows.addAll(history.turns());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(rows.size());
      MutationCodec<RowMutation> codec = RowMutationCodec.factory().newCodec();
      for (Row row : rows) {
        ByteArrayOutputStream form = new ByteArrayOutputStream(256);
        codec.encode(new RowMutation.Insert(row), form::write);
        out.writeInt(form.size());
        form.writeTo(out);
      }
      out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads the form of a history.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  public static InstanceHistory read(byte[] bytes) {
    if (bytes.length < FRAME_BYTES || ByteBuffer.wrap(bytes).getLong() != MAGIC) {
      throw new IllegalArgumentException(
          "expected an exported history, found other bytes, bytes=" + bytes.length);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, Long.BYTES, bytes.length - 12);
    int version = in.getInt();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "expected a history of form "
              + VERSION
              + ", version="
              + version
              + "; read it with the version of Millrace that wrote it, or a later one");
    }
    int found = checksum(bytes, bytes.length - Integer.BYTES);
    int expected = ByteBuffer.wrap(bytes).getInt(bytes.length - Integer.BYTES);
    if (found != expected) {
      throw new IllegalArgumentException(
          "the exported history is damaged or cut, checksum="
              + Integer.toHexString(found)
              + " expected="
              + Integer.toHexString(expected));
    }
    return assemble(rows(in, bytes));
  }

  private static List<Row> rows(ByteBuffer in, byte[] bytes) {
    int count = in.getInt();
    List<Row> rows = new ArrayList<>();
    MutationCodec<RowMutation> codec = RowMutationCodec.factory().newCodec();
    for (int i = 0; i < count; i++) {
      int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new IllegalArgumentException("expected rows=" + count + ", found rows=" + i);
      }
      try {
        if (codec.decode(bytes, in.position(), length) instanceof RowMutation.Insert insert) {
          rows.add(insert.row());
        }
      } catch (MalformedMutationException e) {
        throw new IllegalArgumentException("a row of the history cannot be read, row=" + i, e);
      }
      in.position(in.position() + length);
    }
    return rows;
  }

  private static InstanceHistory assemble(List<Row> rows) {
    @Nullable InstanceRow instance = null;
    @Nullable AttributesRow attributes = null;
    List<ExecutionRow> executions = new ArrayList<>();
    List<HistoryRow> turns = new ArrayList<>();
    List<PayloadTypeRow> types = new ArrayList<>();
    for (Row row : rows) {
      if (row instanceof InstanceRow found) {
        instance = found;
      } else if (row instanceof AttributesRow found) {
        attributes = found;
      } else if (row instanceof ExecutionRow found) {
        executions.add(found);
      } else if (row instanceof HistoryRow found) {
        turns.add(found);
      } else if (row instanceof PayloadTypeRow found) {
        types.add(found);
      }
    }
    if (instance == null) {
      throw new IllegalArgumentException("expected the instance's row in the exported history");
    }
    return new InstanceHistory(
        Objects.requireNonNull(instance), attributes, executions, turns, types);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
