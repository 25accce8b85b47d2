package io.millrace.storage.sqlite.internal.orchestration;

import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.BodyCodec;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.ScheduleRow;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TombstoneRow;
import io.millrace.storage.sqlite.SqlStatement;
import io.millrace.storage.sqlite.SqlWriter;
import java.sql.SQLException;
import java.util.List;

/** Writes the rows that stand beside the instances, none of them on the way of every step. */
final class ManagementWriter {

  private static final String[] EXECUTION = {
    "instance",
    "execution",
    "version",
    "outcome",
    "started_at_millis",
    "ended_at_millis",
    "turns",
    "events",
    "failure_message",
    "failure"
  };
  private static final String[] SCHEDULE = {
    "number",
    "id",
    "cron",
    "zone",
    "orchestration",
    "version",
    "overlap",
    "catch_up_millis",
    "paused",
    "last_at_millis",
    "next_at_millis",
    "last_instance",
    "created_at_millis",
    "input"
  };

  private final BodyCodec codec;
  private final TableStatements attributes;
  private final TableStatements executions;
  private final SqlStatement deleteExecutions;
  private final TableStatements tombstones;
  private final TableStatements requests;
  private final TableStatements heldEvents;
  private final TableStatements schedules;

  ManagementWriter(SqlWriter sql, BodyCodec codec) throws SQLException {
    this.codec = codec;
    this.attributes =
        TableStatements.numbered(
            sql,
            "attribute_rows",
            "instance",
            "custom_status_version",
            "keys",
            "custom_status",
            "key_values");
    this.executions =
        new TableStatements(
            sql.insert("execution_rows", EXECUTION),
            sql.upsert("execution_rows", List.of("instance", "execution"), EXECUTION),
            sql.statement("DELETE FROM execution_rows WHERE instance = ? AND execution = ?"));
    this.deleteExecutions =
        sql.statement(
            "DELETE FROM execution_rows WHERE instance = ? AND execution >= ? AND execution < ?");
    this.tombstones =
        TableStatements.numbered(sql, "tombstone_rows", "root", "id", "deleted_at_millis");
    this.requests =
        TableStatements.numbered(
            sql,
            "request_rows",
            "number",
            "request_id",
            "instance_id",
            "instance",
            "kind",
            "created",
            "at_millis");
    this.heldEvents =
        TableStatements.numbered(
            sql,
            "held_event_rows",
            "number",
            "instance_id",
            "event",
            "arrived_at_millis",
            "expires_at_millis",
            "data");
    this.schedules = TableStatements.numbered(sql, "schedule_rows", SCHEDULE);
  }

  void put(Row row, boolean isNew) throws SQLException {
    if (row instanceof AttributesRow said) {
      put(said, attributes.write(isNew));
    } else if (row instanceof ExecutionRow execution) {
      put(execution, executions.write(isNew));
    } else if (row instanceof TombstoneRow tombstone) {
      tombstones
          .write(isNew)
          .bind(tombstone.root())
          .bind(tombstone.id())
          .bind(tombstone.deletedAtMillis())
          .add();
    } else if (row instanceof RequestRow request) {
      put(request, requests.write(isNew));
    } else if (row instanceof HeldEventRow held) {
      put(held, heldEvents.write(isNew));
    } else if (row instanceof ScheduleRow schedule) {
      put(schedule, schedules.write(isNew));
    } else {
      throw new IllegalArgumentException("no table holds the row, key=" + row.key());
    }
  }

  private void put(AttributesRow row, SqlStatement into) throws SQLException {
    into.bind(row.instance())
        .bind(row.customStatusVersion())
        .bind(JsonTexts.array(row.keyValues().keySet()))
        .bind(row.customStatus() == null ? null : row.customStatus().array())
        .bind(codec.encodeKeyValues(row.keyValues()))
        .add();
  }

  private void put(ExecutionRow row, SqlStatement into) throws SQLException {
    Failure failure = row.failure();
    into.bind(row.instance())
        .bind(row.execution())
        .bind(row.version())
        .bind(row.end().code())
        .bind(row.startedAtMillis())
        .bind(row.endedAtMillis())
        .bind(row.turns())
        .bind(row.events())
        .bind(failure == null ? null : failure.message())
        .bind(failure == null ? null : codec.encodeFailure(failure))
        .add();
  }

  private static void put(RequestRow row, SqlStatement into) throws SQLException {
    into.bind(row.number())
        .bind(row.requestId())
        .bind(row.instanceId())
        .bind(row.instance())
        .bind(row.kind())
        .bind(row.created() ? 1 : 0)
        .bind(row.atMillis())
        .add();
  }

  private static void put(HeldEventRow row, SqlStatement into) throws SQLException {
    into.bind(row.number())
        .bind(row.instanceId())
        .bind(row.event())
        .bind(row.arrivedAtMillis())
        .bind(row.expiresAtMillis())
        .bind(row.data().array())
        .add();
  }

  private static void put(ScheduleRow row, SqlStatement into) throws SQLException {
    into.bind(row.number())
        .bind(row.id())
        .bind(row.cron())
        .bind(row.zone())
        .bind(row.orchestration())
        .bind(row.version())
        .bind(row.overlap().code())
        .bind(row.catchUpMillis())
        .bind(row.paused() ? 1 : 0)
        .bind(row.lastAtMillis())
        .bind(row.nextAtMillis())
        .bind(row.lastInstance())
        .bind(row.createdAtMillis())
        .bind(row.input().array())
        .add();
  }

  void delete(RowKey key) throws SQLException {
    if (key.table() == Table.EXECUTIONS) {
      executions.delete().bind(key.number()).bind(key.sub()).add();
    } else {
      byNumber(key.table()).delete().bind(key.number()).add();
    }
  }

  private TableStatements byNumber(Table table) {
    return switch (table) {
      case ATTRIBUTES -> attributes;
      case TOMBSTONES -> tombstones;
      case REQUESTS -> requests;
      case HELD_EVENTS -> heldEvents;
      case SCHEDULES -> schedules;
      default -> throw new IllegalArgumentException("no rows of a table are here, table=" + table);
    };
  }

  void delete(RowMutation.DeleteExecutions range) throws SQLException {
    deleteExecutions
        .bind(range.instance())
        .bind(range.fromExecution())
        .bind(range.belowExecution())
        .add();
  }
}
