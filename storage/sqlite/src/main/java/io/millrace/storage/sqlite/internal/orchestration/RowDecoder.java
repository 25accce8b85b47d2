package io.millrace.storage.sqlite.internal.orchestration;

import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.BodyCodec;
import io.millrace.storage.orchestration.ExecutionEnd;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.Overlap;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.ScheduleRow;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.sqlite.SqlRow;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of the domain out of those of a query. Whatever cannot be decoded is a {@link
 * StoreException.Failed} that names table and key. Belongs to one thread.
 */
final class RowDecoder {

  /** The columns that {@link #instance} reads, of {@code instance_rows i}. */
  static final String INSTANCE =
      """
      SELECT i.number, i.id, i.orchestration, i.version, i.status, i.execution, i.turns, i.events,
        i.created_at_millis, i.updated_at_millis, i.finished_at_millis, i.parent,
        i.parent_execution, i.parent_action, i.root, i.turn_crashes, i.output, i.failure
      FROM instance_rows i\s""";

  private final BodyCodec codec;

  RowDecoder(BodyCodec codec) {
    this.codec = codec;
  }

  InstanceRow instance(SqlRow row) throws SQLException, StoreException {
    long number = row.number(1);
    String table = "instance_rows";
    return new InstanceRow(
        number,
        row.text(2),
        row.text(3),
        row.text(4),
        status(row.number(5), number),
        (int) row.number(6),
        (int) row.number(7),
        (int) row.number(8),
        row.number(9),
        row.number(10),
        row.number(11),
        row.number(12),
        (int) row.number(13),
        (int) row.number(14),
        row.number(15),
        (int) row.number(16),
        optionalPayload(row.bytes(17), table, number),
        optionalFailure(row.bytes(18), table, number));
  }

  HistoryRow turn(SqlRow row, long instance, int execution) throws SQLException, StoreException {
    int turn = (int) row.number(1);
    try {
      return new HistoryRow(
          instance,
          execution,
          turn,
          (int) row.number(2),
          row.number(3),
          codec.decodeEvents(present(row.bytes(4))));
    } catch (MalformedMutationException e) {
      String key = "instance=" + instance + " execution=" + execution + " turn=" + turn;
      throw unreadable("history_rows", key, e);
    }
  }

  /** Reads number, instance, execution, arrived_at_millis, message. */
  MessageRow message(SqlRow row) throws SQLException, StoreException {
    long number = row.number(1);
    try {
      return new MessageRow(
          number,
          row.number(2),
          (int) row.number(3),
          row.number(4),
          codec.decodeMessage(present(row.bytes(5))));
    } catch (MalformedMutationException e) {
      throw unreadable("message_rows", "number=" + number, e);
    }
  }

  /**
   * Reads number, instance, execution, action, activity, tag, attempt, scheduled_at_millis,
   * crashes, not_before_millis, heartbeat, failure.
   */
  TaskRow task(SqlRow row) throws SQLException, StoreException {
    long number = row.number(1);
    return new TaskRow(
        number,
        row.number(2),
        (int) row.number(3),
        (int) row.number(4),
        row.text(5),
        row.text(6),
        (int) row.number(7),
        row.number(8),
        (int) row.number(9),
        row.number(10),
        optionalPayload(row.bytes(11), "task_rows", number),
        optionalFailure(row.bytes(12), "task_rows", number));
  }

  /** Reads custom_status_version, custom_status, key_values. */
  AttributesRow attributes(SqlRow row, long instance) throws SQLException, StoreException {
    try {
      return new AttributesRow(
          instance,
          (int) row.number(1),
          optionalPayload(row.bytes(2), "attribute_rows", instance),
          codec.decodeKeyValues(present(row.bytes(3))));
    } catch (MalformedMutationException e) {
      throw unreadable("attribute_rows", "instance=" + instance, e);
    }
  }

  /** Reads execution, version, outcome, both times, turns, events, failure. */
  ExecutionRow execution(SqlRow row, long instance) throws SQLException, StoreException {
    int execution = (int) row.number(1);
    try {
      return new ExecutionRow(
          instance,
          execution,
          row.text(2),
          ExecutionEnd.ofCode((int) row.number(3)),
          row.number(4),
          row.number(5),
          (int) row.number(6),
          (int) row.number(7),
          optionalFailure(row.bytes(8), "execution_rows", instance));
    } catch (IllegalArgumentException e) {
      throw unreadable("execution_rows", "instance=" + instance + " execution=" + execution, e);
    }
  }

  /** Reads number, instance_id, event, arrived_at_millis, expires_at_millis, data. */
  HeldEventRow heldEvent(SqlRow row) throws SQLException, StoreException {
    long number = row.number(1);
    return new HeldEventRow(
        number,
        row.text(2),
        row.text(3),
        payload(row.bytes(6), "held_event_rows", number),
        row.number(4),
        row.number(5));
  }

  /** Reads the columns of schedule_rows in their order. */
  ScheduleRow schedule(SqlRow row) throws SQLException, StoreException {
    long number = row.number(1);
    try {
      return new ScheduleRow(
          number,
          row.text(2),
          row.text(3),
          row.text(4),
          row.text(5),
          row.text(6),
          payload(row.bytes(14), "schedule_rows", number),
          Overlap.ofCode((int) row.number(7)),
          row.number(8),
          row.number(9) != 0,
          row.number(10),
          row.number(11),
          row.number(12),
          row.number(13));
    } catch (IllegalArgumentException e) {
      throw unreadable("schedule_rows", "number=" + number, e);
    }
  }

  static PayloadTypeRow payloadType(SqlRow row) throws SQLException, StoreException {
    return new PayloadTypeRow(
        (int) row.number(1),
        row.text(2),
        payload(row.bytes(3), "payload_type_rows", row.number(1)));
  }

  private @Nullable Failure optionalFailure(byte @Nullable [] bytes, String table, long number)
      throws StoreException {
    if (bytes == null) {
      return null;
    }
    try {
      return codec.decodeFailure(bytes);
    } catch (MalformedMutationException e) {
      throw unreadable(table, "number=" + number, e);
    }
  }

  private static @Nullable Payload optionalPayload(
      byte @Nullable [] bytes, String table, long number) throws StoreException {
    return bytes == null ? null : payload(bytes, table, number);
  }

  private static Payload payload(byte @Nullable [] bytes, String table, long number)
      throws StoreException {
    try {
      return Payload.wrap(present(bytes));
    } catch (IllegalArgumentException e) {
      throw unreadable(table, "number=" + number, e);
    }
  }

  static InstanceStatus status(long code, long number) throws StoreException {
    try {
      return InstanceStatus.ofCode((int) code);
    } catch (IllegalArgumentException e) {
      throw unreadable("instance_rows", "number=" + number, e);
    }
  }

  private static byte[] present(byte @Nullable [] bytes) {
    return bytes == null ? new byte[0] : bytes;
  }

  private static StoreException unreadable(String table, String key, Exception e) {
    return new StoreException.Failed(
        "a row cannot be decoded, table=" + table + " " + key + " reason=" + e.getMessage(), e);
  }
}
