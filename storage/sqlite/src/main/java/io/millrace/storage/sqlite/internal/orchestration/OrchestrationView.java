package io.millrace.storage.sqlite.internal.orchestration;

import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.BodyCodec;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.sqlite.SqlReader;
import io.millrace.storage.sqlite.SqlRow;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the domain's rows back. */
public final class OrchestrationView implements OrchestrationReader {

  private static final String INSTANCE =
      """
      SELECT number, id, orchestration, version, status, execution, turns, events,
        created_at_millis, updated_at_millis, finished_at_millis, parent, parent_execution,
        parent_action, root, turn_crashes, output, failure
      FROM instance_rows\s""";

  private final SqlReader sql;
  private final BodyCodec codec;
  private final Consumer<BodyCodec> giveBack;

  /**
   * Lays itself over a view of the file.
   *
   * @param sql closed with this
   * @param codec not used by anybody else meanwhile
   * @param giveBack gets the codec back when this is closed
   */
  public OrchestrationView(SqlReader sql, BodyCodec codec, Consumer<BodyCodec> giveBack) {
    this.sql = sql;
    this.codec = codec;
    this.giveBack = giveBack;
  }

  @Override
  public long position() {
    return sql.position();
  }

  @Override
  public @Nullable InstanceRow instanceById(String id) throws StoreException {
    return sql.query(INSTANCE + "WHERE id = ? ORDER BY number DESC LIMIT 1")
        .bind(id)
        .one(this::instance);
  }

  @Override
  public @Nullable InstanceRow instance(long number) throws StoreException {
    return sql.query(INSTANCE + "WHERE number = ?").bind(number).one(this::instance);
  }

  @Override
  public List<InstanceRow> instancesBefore(long before, int limit) throws StoreException {
    return sql.query(INSTANCE + "WHERE number < ? ORDER BY number DESC LIMIT ?")
        .bind(before)
        .bind(limit)
        .list(this::instance);
  }

  @Override
  public List<HistoryRow> history(long instance, int execution, int fromTurn, int limit)
      throws StoreException {
    return sql.query(
            """
            SELECT turn, first_event, at_millis, events FROM history_rows
            WHERE instance = ? AND execution = ? AND turn >= ? ORDER BY turn LIMIT ?
            """)
        .bind(instance)
        .bind(execution)
        .bind(fromTurn)
        .bind(limit)
        .list(row -> turn(row, instance, execution));
  }

  @Override
  public List<MessageRow> inbox(long instance) throws StoreException {
    return sql.query(
            """
            SELECT number, execution, arrived_at_millis, message FROM message_rows
            WHERE instance = ? ORDER BY number
            """)
        .bind(instance)
        .list(row -> message(row, instance));
  }

  @Override
  public List<TaskRow> tasks(long instance) throws StoreException {
    return sql.query(
            """
            SELECT number, execution, action, activity, tag, attempt, scheduled_at_millis,
              crashes, not_before_millis, heartbeat, failure
            FROM task_rows WHERE instance = ? ORDER BY number
            """)
        .bind(instance)
        .list(row -> task(row, instance));
  }

  @Override
  public List<TimerRow> timers(long instance) throws StoreException {
    return sql.query(
            """
            SELECT number, execution, action, fire_at_millis
            FROM timer_rows WHERE instance = ? ORDER BY number
            """)
        .bind(instance)
        .list(
            row ->
                new TimerRow(
                    row.number(1),
                    instance,
                    (int) row.number(2),
                    (int) row.number(3),
                    row.number(4)));
  }

  @Override
  public List<PayloadTypeRow> payloadTypes() throws StoreException {
    return sql.query("SELECT id, name, descriptor FROM payload_type_rows ORDER BY id")
        .list(
            row ->
                new PayloadTypeRow(
                    (int) row.number(1),
                    row.text(2),
                    payload(row.bytes(3), "payload_type_rows", row.number(1))));
  }

  @Override
  public void liveInstances(LongConsumer sink) throws StoreException {
    sql.query("SELECT number FROM instance_rows WHERE status IN (1, 6, 7) ORDER BY number")
        .forEach(row -> sink.accept(row.number(1)));
  }

  @Override
  public void ids(Consumer<String> sink) throws StoreException {
    sql.query("SELECT id FROM instance_rows").forEach(row -> sink.accept(row.text(1)));
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // the contract's index, never stored
  public long[] countsByStatus() throws StoreException {
    long[] counts = new long[InstanceStatus.values().length];
    sql.query("SELECT status, count(*) FROM instance_rows GROUP BY status")
        .forEach(row -> counts[status(row.number(1), 0).ordinal()] += row.number(2));
    return counts;
  }

  @Override
  public void close() {
    sql.close();
    giveBack.accept(codec);
  }

  private InstanceRow instance(SqlRow row) throws SQLException, StoreException {
    long number = row.number(1);
    byte @Nullable [] output = row.bytes(17);
    byte @Nullable [] failure = row.bytes(18);
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
        output == null ? null : payload(output, "instance_rows", number),
        failure == null ? null : failure(failure, "instance_rows", number));
  }

  private HistoryRow turn(SqlRow row, long instance, int execution)
      throws SQLException, StoreException {
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

  private TaskRow task(SqlRow row, long instance) throws SQLException, StoreException {
    long number = row.number(1);
    byte @Nullable [] heartbeat = row.bytes(10);
    byte @Nullable [] failure = row.bytes(11);
    return new TaskRow(
        number,
        instance,
        (int) row.number(2),
        (int) row.number(3),
        row.text(4),
        row.text(5),
        (int) row.number(6),
        row.number(7),
        (int) row.number(8),
        row.number(9),
        heartbeat == null ? null : payload(heartbeat, "task_rows", number),
        failure == null ? null : failure(failure, "task_rows", number));
  }

  private MessageRow message(SqlRow row, long instance) throws SQLException, StoreException {
    long number = row.number(1);
    try {
      return new MessageRow(
          number,
          instance,
          (int) row.number(2),
          row.number(3),
          codec.decodeMessage(present(row.bytes(4))));
    } catch (MalformedMutationException e) {
      throw unreadable("message_rows", "number=" + number, e);
    }
  }

  private Failure failure(byte[] bytes, String table, long number) throws StoreException {
    try {
      return codec.decodeFailure(bytes);
    } catch (MalformedMutationException e) {
      throw unreadable(table, "number=" + number, e);
    }
  }

  private static Payload payload(byte @Nullable [] bytes, String table, long number)
      throws StoreException {
    try {
      return Payload.wrap(present(bytes));
    } catch (IllegalArgumentException e) {
      throw unreadable(table, "number=" + number, e);
    }
  }

  private static InstanceStatus status(long code, long number) throws StoreException {
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
