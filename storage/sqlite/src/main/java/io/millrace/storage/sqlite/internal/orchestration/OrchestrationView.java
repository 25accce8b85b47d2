package io.millrace.storage.sqlite.internal.orchestration;

import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.BodyCodec;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.ScheduleRow;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.orchestration.TombstoneRow;
import io.millrace.storage.sqlite.SqlQuery;
import io.millrace.storage.sqlite.SqlReader;
import io.millrace.storage.sqlite.SqlRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the domain's rows back. */
public final class OrchestrationView implements OrchestrationReader {

  /** Lets the instances pass that are not in a deleted tree. */
  private static final String VISIBLE =
      " NOT EXISTS (SELECT 1 FROM tombstone_rows d WHERE d.root = i.root) ";

  /** Lets the rows pass whose instance, the first parameter, is not in a deleted tree. */
  private static final String SHOWN =
      " NOT EXISTS (SELECT 1 FROM instance_rows i JOIN tombstone_rows d ON d.root = i.root"
          + " WHERE i.number = ?1) ";

  private final SqlReader sql;
  private final BodyCodec codec;
  private final RowDecoder decoder;
  private final InstanceSearch search;
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
    this.decoder = new RowDecoder(codec);
    this.search = new InstanceSearch(sql, decoder);
    this.giveBack = giveBack;
  }

  @Override
  public long position() {
    return sql.position();
  }

  @Override
  public @Nullable InstanceRow instanceById(String id) throws StoreException {
    return sql.query(
            RowDecoder.INSTANCE + "WHERE i.id = ? AND" + VISIBLE + "ORDER BY i.number DESC LIMIT 1")
        .bind(id)
        .one(decoder::instance);
  }

  @Override
  public @Nullable InstanceRow instance(long number) throws StoreException {
    return sql.query(RowDecoder.INSTANCE + "WHERE i.number = ? AND" + VISIBLE)
        .bind(number)
        .one(decoder::instance);
  }

  @Override
  public List<InstanceRow> instances(InstanceFilter filter, long before, int limit)
      throws StoreException {
    return search.before(filter, before, limit);
  }

  @Override
  public List<InstanceRow> instancesAfter(InstanceFilter filter, long after, int limit)
      throws StoreException {
    return search.after(filter, after, limit);
  }

  @Override
  public List<InstanceRow> openChildren(long parent) throws StoreException {
    return sql.query(
            RowDecoder.INSTANCE
                + "INDEXED BY instance_children WHERE i.parent <> 0 AND i.parent = ?"
                + " AND i.status IN (1, 6, 7) AND"
                + VISIBLE
                + "ORDER BY i.number")
        .bind(parent)
        .list(decoder::instance);
  }

  @Override
  public List<Long> ofRoot(long root, long after, int limit) throws StoreException {
    return sql.query(
            """
            SELECT number FROM instance_rows WHERE number = ?1 AND number > ?2
            UNION
            SELECT number FROM instance_rows INDEXED BY instance_trees
            WHERE parent <> 0 AND root = ?1 AND number > ?2
            ORDER BY number LIMIT ?3
            """)
        .bind(root)
        .bind(after)
        .bind(Math.max(0, limit))
        .list(row -> row.number(1));
  }

  @Override
  public List<RowKey> openKeys(long instance, int limit) throws StoreException {
    List<RowKey> keys = new ArrayList<>();
    keys(Table.INBOX, "SELECT number FROM message_rows WHERE instance = ?", instance, limit, keys);
    keys(Table.TASKS, "SELECT number FROM task_rows WHERE instance = ?", instance, limit, keys);
    keys(Table.TIMERS, "SELECT number FROM timer_rows WHERE instance = ?", instance, limit, keys);
    return keys;
  }

  private void keys(Table table, String query, long instance, int limit, List<RowKey> into)
      throws StoreException {
    if (into.size() < limit) {
      sql.query(query + " ORDER BY number LIMIT ?")
          .bind(instance)
          .bind(limit - into.size())
          .forEach(row -> into.add(RowKey.of(table, row.number(1))));
    }
  }

  @Override
  public List<HistoryRow> history(long instance, int execution, int fromTurn, int limit)
      throws StoreException {
    return sql.query(
            """
            SELECT turn, first_event, at_millis, events FROM history_rows
            WHERE instance = ?1 AND execution = ?2 AND turn >= ?3 AND"""
                + SHOWN
                + "ORDER BY turn LIMIT ?4")
        .bind(instance)
        .bind(execution)
        .bind(fromTurn)
        .bind(limit)
        .list(row -> decoder.turn(row, instance, execution));
  }

  @Override
  public List<MessageRow> inbox(long instance) throws StoreException {
    return sql.query(
            """
            SELECT number, instance, execution, arrived_at_millis, message FROM message_rows
            WHERE instance = ?1 AND"""
                + SHOWN
                + "ORDER BY number")
        .bind(instance)
        .list(decoder::message);
  }

  @Override
  public List<TaskRow> tasks(long instance) throws StoreException {
    return sql.query(
            """
            SELECT number, instance, execution, action, activity, tag, attempt,
              scheduled_at_millis, crashes, not_before_millis, heartbeat, failure
            FROM task_rows WHERE instance = ?1 AND"""
                + SHOWN
                + "ORDER BY number")
        .bind(instance)
        .list(decoder::task);
  }

  @Override
  public List<TimerRow> timers(long instance) throws StoreException {
    return sql.query(
            """
            SELECT number, instance, execution, action, fire_at_millis
            FROM timer_rows WHERE instance = ?1 AND"""
                + SHOWN
                + "ORDER BY number")
        .bind(instance)
        .list(OrchestrationView::timer);
  }

  private static TimerRow timer(SqlRow row) throws SQLException {
    return new TimerRow(
        row.number(1), row.number(2), (int) row.number(3), (int) row.number(4), row.number(5));
  }

  @Override
  public @Nullable AttributesRow attributes(long instance) throws StoreException {
    return sql.query(
            "SELECT custom_status_version, custom_status, key_values FROM attribute_rows"
                + " WHERE instance = ?1 AND"
                + SHOWN)
        .bind(instance)
        .one(row -> decoder.attributes(row, instance));
  }

  @Override
  public List<ExecutionRow> executions(long instance, int before, int limit) throws StoreException {
    return sql.query(
            """
            SELECT execution, version, outcome, started_at_millis, ended_at_millis, turns, events,
              failure
            FROM execution_rows WHERE instance = ?1 AND execution < ?2 AND"""
                + SHOWN
                + "ORDER BY execution DESC LIMIT ?3")
        .bind(instance)
        .bind(before)
        .bind(Math.max(0, limit))
        .list(row -> decoder.execution(row, instance));
  }

  @Override
  public List<TombstoneRow> tombstones() throws StoreException {
    return sql.query("SELECT root, id, deleted_at_millis FROM tombstone_rows ORDER BY root")
        .list(row -> new TombstoneRow(row.number(1), row.text(2), row.number(3)));
  }

  @Override
  public List<RequestRow> requests() throws StoreException {
    return sql.query(
            """
            SELECT number, request_id, instance_id, instance, kind, created, at_millis
            FROM request_rows ORDER BY number
            """)
        .list(
            row ->
                new RequestRow(
                    row.number(1),
                    row.text(2),
                    row.text(3),
                    row.number(4),
                    row.text(5),
                    row.number(6) != 0,
                    row.number(7)));
  }

  @Override
  public List<HeldEventRow> heldEvents() throws StoreException {
    return sql.query(
            """
            SELECT number, instance_id, event, arrived_at_millis, expires_at_millis, data
            FROM held_event_rows ORDER BY number
            """)
        .list(decoder::heldEvent);
  }

  @Override
  public List<ScheduleRow> schedules() throws StoreException {
    return sql.query(
            """
            SELECT number, id, cron, zone, orchestration, version, overlap, catch_up_millis,
              paused, last_at_millis, next_at_millis, last_instance, created_at_millis, input
            FROM schedule_rows ORDER BY number
            """)
        .list(decoder::schedule);
  }

  @Override
  public List<PayloadTypeRow> payloadTypes() throws StoreException {
    return sql.query("SELECT id, name, descriptor FROM payload_type_rows ORDER BY id")
        .list(RowDecoder::payloadType);
  }

  @Override
  public void liveInstances(LongConsumer sink) throws StoreException {
    numbers(
        sql.query(
            "SELECT i.number FROM instance_rows i INDEXED BY instance_live"
                + " WHERE i.status IN (1, 6, 7) AND"
                + VISIBLE
                + "ORDER BY i.number"),
        sink);
  }

  private static void numbers(SqlQuery query, LongConsumer sink) throws StoreException {
    query.forEach(row -> sink.accept(row.number(1)));
  }

  @Override
  public void awake(long horizonMillis, LongConsumer sink) throws StoreException {
    numbers(
        sql.query(
                """
                SELECT i.number FROM (
                  SELECT instance FROM message_rows
                  UNION SELECT instance FROM task_rows
                  UNION SELECT instance FROM timer_rows WHERE fire_at_millis < ?
                ) busy JOIN instance_rows i ON i.number = busy.instance
                WHERE i.status IN (1, 6, 7) AND"""
                    + VISIBLE
                    + "ORDER BY i.number")
            .bind(horizonMillis),
        sink);
  }

  @Override
  public int timersDue(
      long afterMillis, long afterNumber, long untilMillis, int limit, Consumer<TimerRow> sink)
      throws StoreException {
    List<TimerRow> due =
        sql.query(
                """
                SELECT t.number, t.instance, t.execution, t.action, t.fire_at_millis
                FROM timer_rows t INDEXED BY timer_deadlines
                WHERE (t.fire_at_millis, t.number) > (?1, ?2) AND t.fire_at_millis <= ?3
                  AND NOT EXISTS (SELECT 1 FROM instance_rows i
                    JOIN tombstone_rows d ON d.root = i.root WHERE i.number = t.instance)
                ORDER BY t.fire_at_millis, t.number LIMIT ?4
                """)
            .bind(afterMillis)
            .bind(afterNumber)
            .bind(untilMillis)
            .bind(Math.max(0, limit))
            .list(OrchestrationView::timer);
    due.forEach(sink);
    return due.size();
  }

  @Override
  public List<MessageRow> orphanMessages(long after, int limit) throws StoreException {
    return sql.query(
            """
            SELECT m.number, m.instance, m.execution, m.arrived_at_millis, m.message
            FROM message_rows m LEFT JOIN instance_rows i ON i.number = m.instance
            WHERE m.number > ? AND (i.number IS NULL OR (i.status NOT IN (1, 6, 7) AND"""
                + VISIBLE
                + ")) ORDER BY m.number LIMIT ?")
        .bind(after)
        .bind(Math.max(0, limit))
        .list(decoder::message);
  }

  @Override
  public void ids(Consumer<String> sink) throws StoreException {
    // With nothing hidden the index alone answers: every open asks for all ids.
    String shown = tombstones().isEmpty() ? "" : " WHERE" + VISIBLE;
    sql.query("SELECT i.id FROM instance_rows i INDEXED BY instance_ids" + shown)
        .forEach(row -> sink.accept(row.text(1)));
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // the contract's index, never stored
  public long[] countsByStatus() throws StoreException {
    long[] counts = new long[InstanceStatus.values().length];
    sql.query("SELECT i.status, count(*) FROM instance_rows i WHERE" + VISIBLE + "GROUP BY status")
        .forEach(row -> counts[RowDecoder.status(row.number(1), 0).ordinal()] += row.number(2));
    return counts;
  }

  @Override
  public void close() {
    sql.close();
    giveBack.accept(codec);
  }
}
