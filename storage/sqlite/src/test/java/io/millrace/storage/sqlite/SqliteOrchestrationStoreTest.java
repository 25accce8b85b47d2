package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.storage.RecordId;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.AttributesRow;
import io.millrace.storage.orchestration.ExecutionEnd;
import io.millrace.storage.orchestration.ExecutionRow;
import io.millrace.storage.orchestration.HeldEventRow;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.Overlap;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.RequestRow;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.ScheduleRow;
import io.millrace.storage.orchestration.Table;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.orchestration.TombstoneRow;
import io.millrace.storage.payload.Payload;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteOrchestrationStoreTest {

  private static final UUID STORE = UUID.fromString("00000000-0000-0000-0000-000000000001");
  private static final long AT = 1_790_000_000_007L;

  @TempDir Path directory;

  @Test
  void shouldShowEveryTableToAPlainSqlClientWhileOpen() throws Exception {
    try (SqliteOrchestrationStore store = open()) {
      store.apply(oneOfEach(), new RecordId(1, 1, 1), CommitMode.NORMAL);

      String time = "2026-09-21T14:13:20.007Z";
      assertThat(
              sql(
                  "SELECT id, orchestration, version, status, created_at, finished_at, parent, root,"
                      + " output_bytes FROM instances ORDER BY number"))
          .containsExactly(
              "order-5|checkout|2|running|" + time + "|null|null|order-5|null",
              "pay-6|pay|1|completed|" + time + "|2026-09-21T14:13:20.008Z|order-5|order-5|3");
      assertThat(sql("SELECT instance, execution, turn, at FROM history"))
          .containsExactly("order-5|1|1|" + time);
      assertThat(sql("SELECT instance, activity, attempt, scheduled_at FROM open_tasks"))
          .containsExactly("order-5|charge|1|" + time);
      assertThat(sql("SELECT instance, fire_at FROM open_timers"))
          .containsExactly("order-5|" + time);
      assertThat(sql("SELECT instance, kind, arrived_at FROM inbox"))
          .containsExactly("order-5|timer fired|" + time);
      assertThat(sql("SELECT id, name, descriptor_bytes FROM payload_types"))
          .containsExactly("1|Order|9");
    }
  }

  @Test
  void shouldShowWhatStandsBesideTheInstances() throws Exception {
    try (SqliteOrchestrationStore store = open()) {
      store.apply(oneOfEach(), new RecordId(1, 1, 1), CommitMode.NORMAL);
      store.apply(besides(), new RecordId(2, 1, 1), CommitMode.NORMAL);

      String time = "2026-09-21T14:13:20.007Z";
      assertThat(
              sql(
                  "SELECT id, parent_number, root_number, failure_kind, custom_status_version,"
                      + " custom_status_bytes FROM instances ORDER BY number"))
          .containsExactly("order-5|null|5|null|4|2", "pay-6|5|5|null|null|null");
      assertThat(
              sql(
                  "SELECT a.instance, a.custom_status_version, a.custom_status_bytes, j.value"
                      + " FROM attributes a, json_each(a.keys) j"))
          .containsExactly("order-5|4|2|a\"b", "order-5|4|2|größe");
      assertThat(sql("SELECT instance, execution, version, outcome, ended_at FROM executions"))
          .containsExactly("order-5|1|v1|continued|" + time);
      assertThat(sql("SELECT instance, request_id, kind, created, at FROM requests"))
          .containsExactly("order-5|r-1|start|1|" + time);
      assertThat(sql("SELECT instance, event, data_bytes, expires_at FROM held_events"))
          .containsExactly("order-9|paid|2|" + time);
      assertThat(
              sql(
                  "SELECT id, cron, zone, overlap, paused, last_at, next_at, last_instance"
                      + " FROM schedules"))
          .containsExactly("nightly|0 3 * * *|UTC|skip|0|null|" + time + "|pay-6");
      assertThat(sql("SELECT * FROM deleted")).isEmpty();
    }
  }

  @Test
  void r20_shouldHideADeletedTreeFromEveryView() throws Exception {
    try (SqliteOrchestrationStore store = open()) {
      store.apply(oneOfEach(), new RecordId(1, 1, 1), CommitMode.NORMAL);
      store.apply(besides(), new RecordId(2, 1, 1), CommitMode.NORMAL);
      store.apply(
          List.of(new RowMutation.Insert(new TombstoneRow(5, "order-5", AT))),
          new RecordId(3, 1, 1),
          CommitMode.NORMAL);

      for (String view :
          List.of(
              "instances",
              "history",
              "open_tasks",
              "open_timers",
              "inbox",
              "attributes",
              "executions")) {
        assertThat(sql("SELECT * FROM " + view)).as(view).isEmpty();
      }
      assertThat(sql("SELECT number, id, deleted_at FROM deleted"))
          .containsExactly("5|order-5|2026-09-21T14:13:20.007Z");
      assertThat(sql("SELECT id, last_instance FROM schedules")).containsExactly("nightly|null");
    }
  }

  private static List<RowMutation> besides() {
    Payload payload = Payload.wrap(new byte[2]);
    return List.of(
        new RowMutation.Insert(
            new AttributesRow(5, 4, payload, Map.of("größe", payload, "a\"b", payload))),
        new RowMutation.Insert(
            new ExecutionRow(5, 1, "v1", ExecutionEnd.CONTINUED, AT, AT, 1, 2, null)),
        new RowMutation.Insert(new RequestRow(20, "r-1", "order-5", 5, "start", true, AT)),
        new RowMutation.Insert(new HeldEventRow(21, "order-9", "paid", payload, AT, AT)),
        new RowMutation.Insert(
            new ScheduleRow(
                22,
                "nightly",
                "0 3 * * *",
                "UTC",
                "report",
                "",
                payload,
                Overlap.SKIP,
                0,
                false,
                0,
                AT,
                6,
                AT)));
  }

  @Test
  void shouldFindAnIdByItsBeginningWhetherManyHaveItOrFew() throws Exception {
    try (SqliteOrchestrationStore store = open()) {
      List<RowMutation> many = new ArrayList<>();
      for (int number = 1; number <= 3_000; number++) {
        many.add(insert(number, (number % 1_500 == 0 ? "few-" : "many-") + number));
      }
      store.apply(many, new RecordId(1, 1, 1), CommitMode.NORMAL);

      try (OrchestrationReader reader = store.read()) {
        assertThat(
                reader.instances(InstanceFilter.ALL.withIdPrefix("few-"), Long.MAX_VALUE, 10_000))
            .extracting(InstanceRow::number)
            .containsExactly(3_000L, 1_500L);
        assertThat(
                reader.instances(InstanceFilter.ALL.withIdPrefix("many-"), Long.MAX_VALUE, 10_000))
            .hasSize(2_998);
        assertThat(reader.instances(InstanceFilter.ALL.withIdPrefix("many-2"), 2_000, 2))
            .extracting(InstanceRow::number)
            .containsExactly(299L, 298L);
      }
    }
  }

  @Test
  void shouldFindLiveInstancesThroughTheirOwnIndex() throws Exception {
    try (SqliteOrchestrationStore store = open()) {
      assertThat(
              sql(
                  "EXPLAIN QUERY PLAN SELECT number FROM instance_rows WHERE status IN (1, 6, 7)"
                      + " ORDER BY number"))
          .singleElement()
          .asString()
          .contains("instance_live")
          .doesNotContain("TEMP");
      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.position()).isZero();
      }
    }
  }

  @Test
  void shouldLoadAnInstanceByIndexesAlone() throws Exception {
    try (SqliteOrchestrationStore store = open()) {
      assertThat(store.applied()).isEqualTo(RecordId.NONE);
      for (String query :
          List.of(
              "history_rows WHERE instance = 1 AND execution = 1 AND turn >= 1 ORDER BY turn",
              "message_rows WHERE instance = 1 ORDER BY number",
              "task_rows WHERE instance = 1 ORDER BY number",
              "timer_rows WHERE instance = 1 ORDER BY number",
              "instance_rows WHERE id = 'a'",
              "instance_rows WHERE number < 9 ORDER BY number DESC LIMIT 2")) {
        assertThat(sql("EXPLAIN QUERY PLAN SELECT * FROM " + query))
            .as(query)
            .singleElement()
            .asString()
            .contains("SEARCH");
      }
    }
  }

  @Test
  void r13_shouldLetAnIdBeUsedAgainInTheBatchThatDeletesIt() throws Exception {
    try (SqliteOrchestrationStore store = open()) {
      store.apply(List.of(insert(5, "order")), new RecordId(1, 1, 1), CommitMode.NORMAL);

      store.apply(
          List.of(insert(9, "order"), new RowMutation.Delete(RowKey.of(Table.INSTANCES, 5))),
          new RecordId(2, 1, 1),
          CommitMode.NORMAL);

      try (OrchestrationReader reader = store.read()) {
        assertThat(reader.instanceById("order")).extracting(InstanceRow::number).isEqualTo(9L);
        assertThat(reader.instance(5)).isNull();
      }
    }
  }

  @Test
  void shouldNameTableAndKeyWhenANumberIsTaken() throws Exception {
    try (SqliteOrchestrationStore store = open()) {
      store.apply(List.of(insert(5, "order")), new RecordId(1, 1, 1), CommitMode.NORMAL);

      assertThatExceptionOfType(StoreException.Rejected.class)
          .isThrownBy(
              () ->
                  store.apply(
                      List.of(insert(5, "other")), new RecordId(2, 1, 1), CommitMode.NORMAL))
          .withMessageContaining("table=INSTANCES, number=5")
          .withMessageContaining("instance_rows.number");
    }
  }

  @Test
  void c21b_shouldNameTheRowThatCannotBeDecoded() throws Exception {
    try (SqliteOrchestrationStore store = open()) {
      store.apply(oneOfEach(), new RecordId(1, 1, 1), CommitMode.NORMAL);
      sql("UPDATE history_rows SET events = x'ff00' RETURNING turn");
      try (OrchestrationReader reader = store.read()) {
        assertThatExceptionOfType(StoreException.Failed.class)
            .isThrownBy(() -> reader.history(5, 1, 1, 10))
            .withMessageContaining("table=history_rows instance=5 execution=1 turn=1");
        assertThat(reader.instanceById("order-5")).isNotNull();
      }
    }
  }

  private static RowMutation insert(long number, String id) {
    return new RowMutation.Insert(
        new InstanceRow(
            number,
            id,
            "o",
            "",
            InstanceStatus.RUNNING,
            1,
            0,
            0,
            AT,
            AT,
            0,
            0,
            0,
            -1,
            number,
            0,
            null,
            null));
  }

  private static List<RowMutation> oneOfEach() {
    return List.of(
        new RowMutation.Insert(
            new InstanceRow(
                5,
                "order-5",
                "checkout",
                "2",
                InstanceStatus.RUNNING,
                1,
                1,
                2,
                AT,
                AT,
                0,
                0,
                0,
                -1,
                5,
                0,
                null,
                null)),
        new RowMutation.Insert(
            new InstanceRow(
                6,
                "pay-6",
                "pay",
                "1",
                InstanceStatus.COMPLETED,
                1,
                1,
                2,
                AT,
                AT,
                AT + 1,
                5,
                0,
                -1,
                5,
                0,
                Payload.wrap(new byte[3]),
                null)),
        new RowMutation.Insert(
            new HistoryRow(5, 1, 1, 0, AT, List.of(new HistoryEvent.TimerCreated(AT)))),
        new RowMutation.Insert(new TaskRow(7, 5, 1, 3, "charge", "", 1, AT, 0, 0, null, null)),
        new RowMutation.Insert(new TimerRow(8, 5, 1, 4, AT)),
        new RowMutation.Insert(new MessageRow(9, 5, 0, AT, new HistoryEvent.TimerFired(4))),
        new RowMutation.Insert(new PayloadTypeRow(1, "Order", Payload.wrap(new byte[9]))));
  }

  private SqliteOrchestrationStore open() throws SqliteOpenException {
    return SqliteOrchestrationStore.open(
        directory.resolve("store.db"), STORE, SqliteOptions.defaults());
  }

  private List<String> sql(String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        found.add(String.join("|", row));
      }
    }
    return found;
  }
}
