package io.millrace.storage.sqlite.internal.orchestration;

import io.millrace.storage.orchestration.BodyCodec;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.sqlite.MutationWriter;
import io.millrace.storage.sqlite.SqlStatement;
import io.millrace.storage.sqlite.SqlWriter;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the domain's mutations. Each table has three statements: an insert for what is new, which
 * fails if it is not; an upsert for what may be there; a delete by key.
 */
final class RowWriter implements MutationWriter<RowMutation> {

  private static final String[] INSTANCE = {
    "number",
    "id",
    "orchestration",
    "version",
    "status",
    "execution",
    "turns",
    "events",
    "created_at_millis",
    "updated_at_millis",
    "finished_at_millis",
    "parent",
    "root",
    "output",
    "parent_execution",
    "parent_action",
    "turn_crashes",
    "failure_message",
    "failure"
  };

  /** The columns behind these have defaults, and few rows need others. */
  private static final int INSTANCE_PLAIN = 14;

  private static final Set<String> FIXED =
      Set.of("number", "id", "parent", "root", "parent_execution", "parent_action");
  private static final String[] HISTORY = {
    "instance", "execution", "turn", "first_event", "at_millis", "events"
  };
  private static final String[] TASK = {
    "number",
    "instance",
    "execution",
    "action",
    "activity",
    "tag",
    "attempt",
    "scheduled_at_millis",
    "crashes",
    "not_before_millis",
    "failure_message",
    "heartbeat",
    "failure"
  };

  /** As {@link #INSTANCE_PLAIN}. */
  private static final int TASK_PLAIN = 8;

  private static final String[] TIMER = {
    "number", "instance", "execution", "action", "fire_at_millis"
  };
  private static final String[] MESSAGE = {
    "number", "instance", "execution", "arrived_at_millis", "kind", "message"
  };
  private static final String[] PAYLOAD_TYPE = {"id", "name", "descriptor"};

  private final BodyCodec codec = new BodyCodec();
  private final TableStatements instances;
  private final SqlStatement plainInstances;
  private final TableStatements history;
  private final SqlStatement deleteHistory;
  private final TableStatements tasks;
  private final SqlStatement plainTasks;
  private final TableStatements timers;
  private final TableStatements messages;
  private final TableStatements payloadTypes;
  private final ManagementWriter others;

  RowWriter(SqlWriter sql) throws SQLException {
    this.instances =
        new TableStatements(
            sql.insert("instance_rows", INSTANCE),
            upsertInstance(sql),
            sql.statement("DELETE FROM instance_rows WHERE number = ?"));
    this.plainInstances = sql.insert("instance_rows", Arrays.copyOf(INSTANCE, INSTANCE_PLAIN));
    this.history =
        new TableStatements(
            sql.insert("history_rows", HISTORY),
            sql.upsert("history_rows", List.of("instance", "execution", "turn"), HISTORY),
            sql.statement(
                "DELETE FROM history_rows WHERE instance = ? AND execution = ? AND turn = ?"));
    this.deleteHistory =
        sql.statement(
            "DELETE FROM history_rows WHERE instance = ? AND execution >= ? AND execution < ?");
    this.tasks = TableStatements.numbered(sql, "task_rows", TASK);
    this.plainTasks = sql.insert("task_rows", Arrays.copyOf(TASK, TASK_PLAIN));
    this.timers = TableStatements.numbered(sql, "timer_rows", TIMER);
    this.messages = TableStatements.numbered(sql, "message_rows", MESSAGE);
    this.payloadTypes = TableStatements.numbered(sql, "payload_type_rows", PAYLOAD_TYPE);
    this.others = new ManagementWriter(sql, codec);
  }

  /**
   * What never changes of a number is not replaced: that spares the indexes on it, a fourth of what
   * an update costs.
   */
  private static SqlStatement upsertInstance(SqlWriter sql) throws SQLException {
    String replaced =
        Arrays.stream(INSTANCE)
            .filter(column -> !FIXED.contains(column))
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
    return sql.rows(
        "INSERT INTO instance_rows (" + String.join(", ", INSTANCE) + ") VALUES ",
        INSTANCE.length,
        " ON CONFLICT (number) DO UPDATE SET " + replaced);
  }

  @Override
  public void write(RowMutation mutation) throws SQLException {
    if (mutation instanceof RowMutation.Insert insert) {
      put(insert.row(), true);
    } else if (mutation instanceof RowMutation.Update update) {
      put(update.row(), false);
    } else if (mutation instanceof RowMutation.Delete delete) {
      delete(delete.key());
    } else if (mutation instanceof RowMutation.DeleteHistory range) {
      deleteHistory
          .bind(range.instance())
          .bind(range.fromExecution())
          .bind(range.belowExecution())
          .add();
    } else if (mutation instanceof RowMutation.DeleteExecutions range) {
      others.delete(range);
    }
  }

  private void put(Row row, boolean isNew) throws SQLException {
    if (row instanceof HistoryRow turn) {
      put(turn, history.write(isNew));
    } else if (row instanceof InstanceRow instance) {
      put(instance, isNew);
    } else if (row instanceof TaskRow task) {
      put(task, isNew);
    } else if (row instanceof MessageRow message) {
      put(message, messages.write(isNew));
    } else if (row instanceof TimerRow timer) {
      put(timer, timers.write(isNew));
    } else if (row instanceof PayloadTypeRow type) {
      put(type, payloadTypes.write(isNew));
    } else {
      others.put(row, isNew);
    }
  }

  /** Every value bound is a call into SQLite, so a new row is spared those that are defaults. */
  private void put(InstanceRow row, boolean isNew) throws SQLException {
    Failure failure = row.failure();
    boolean plain =
        isNew
            && row.parentExecution() == 0
            && row.parentAction() == -1
            && row.turnCrashes() == 0
            && failure == null;
    SqlStatement into = plain ? plainInstances : instances.write(isNew);
    into.bind(row.number())
        .bind(row.id())
        .bind(row.orchestration())
        .bind(row.version())
        .bind(row.status().code())
        .bind(row.execution())
        .bind(row.turns())
        .bind(row.events())
        .bind(row.createdAtMillis())
        .bind(row.updatedAtMillis())
        .bind(row.finishedAtMillis())
        .bind(row.parent())
        .bind(row.root())
        .bind(row.output() == null ? null : row.output().array());
    if (!plain) {
      into.bind(row.parentExecution())
          .bind(row.parentAction())
          .bind(row.turnCrashes())
          .bind(failure == null ? null : failure.message())
          .bind(failure == null ? null : codec.encodeFailure(failure));
    }
    into.add();
  }

  private void put(HistoryRow row, SqlStatement into) throws SQLException {
    into.bind(row.instance())
        .bind(row.execution())
        .bind(row.turn())
        .bind(row.firstEvent())
        .bind(row.atMillis())
        .bind(codec.encodeEvents(row.events()))
        .add();
  }

  private void put(TaskRow row, boolean isNew) throws SQLException {
    Failure failure = row.lastFailure();
    boolean plain =
        isNew
            && row.crashes() == 0
            && row.notBeforeMillis() == 0
            && row.heartbeat() == null
            && failure == null;
    SqlStatement into = plain ? plainTasks : tasks.write(isNew);
    into.bind(row.number())
        .bind(row.instance())
        .bind(row.execution())
        .bind(row.action())
        .bind(row.activity())
        .bind(row.tag())
        .bind(row.attempt())
        .bind(row.scheduledAtMillis());
    if (!plain) {
      into.bind(row.crashes())
          .bind(row.notBeforeMillis())
          .bind(failure == null ? null : failure.message())
          .bind(row.heartbeat() == null ? null : row.heartbeat().array())
          .bind(failure == null ? null : codec.encodeFailure(failure));
    }
    into.add();
  }

  private static void put(TimerRow row, SqlStatement into) throws SQLException {
    into.bind(row.number())
        .bind(row.instance())
        .bind(row.execution())
        .bind(row.action())
        .bind(row.fireAtMillis())
        .add();
  }

  private void put(MessageRow row, SqlStatement into) throws SQLException {
    into.bind(row.number())
        .bind(row.instance())
        .bind(row.execution())
        .bind(row.arrivedAtMillis())
        .bind(word(row.message()))
        .bind(codec.encodeMessage(row.message()))
        .add();
  }

  private static void put(PayloadTypeRow row, SqlStatement into) throws SQLException {
    into.bind(row.id()).bind(row.name()).bind(row.descriptor().array()).add();
  }

  private void delete(RowKey key) throws SQLException {
    switch (key.table()) {
      case INSTANCES -> instances.delete().bind(key.number()).add();
      case HISTORY ->
          history
              .delete()
              .bind(key.number())
              .bind(key.sub() >>> 32)
              .bind(key.sub() & 0xffff_ffffL)
              .add();
      case TASKS -> tasks.delete().bind(key.number()).add();
      case TIMERS -> timers.delete().bind(key.number()).add();
      case INBOX -> messages.delete().bind(key.number()).add();
      case PAYLOAD_TYPES -> payloadTypes.delete().bind(key.number()).add();
      case ATTRIBUTES, EXECUTIONS, TOMBSTONES, REQUESTS, HELD_EVENTS, SCHEDULES ->
          others.delete(key);
    }
  }

  /** What the view calls a message. Part of the supported interface. */
  private static String word(HistoryEvent.Message message) {
    if (message instanceof HistoryEvent.Started) {
      return "started";
    }
    if (message instanceof HistoryEvent.ActivityCompleted) {
      return "activity completed";
    }
    if (message instanceof HistoryEvent.ActivityFailed) {
      return "activity failed";
    }
    if (message instanceof HistoryEvent.TimerFired) {
      return "timer fired";
    }
    if (message instanceof HistoryEvent.EventRaised) {
      return "event raised";
    }
    if (message instanceof HistoryEvent.CancelRequested) {
      return "cancel requested";
    }
    if (message instanceof HistoryEvent.ChildCompleted) {
      return "child completed";
    }
    if (message instanceof HistoryEvent.ChildFailed) {
      return "child failed";
    }
    return "other";
  }
}
