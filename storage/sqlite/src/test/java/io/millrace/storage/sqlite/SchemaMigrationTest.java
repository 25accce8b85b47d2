package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.storage.RecordId;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.orchestration.Failure;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceFilter;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.InstanceStatus;
import io.millrace.storage.orchestration.MessageRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.TaskRow;
import io.millrace.storage.orchestration.TimerRow;
import io.millrace.storage.orchestration.TombstoneRow;
import io.millrace.storage.payload.Payload;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that an older version wrote is brought along when it is opened (rule R30). */
class SchemaMigrationTest {

  private static final UUID STORE = UUID.fromString("00000000-0000-0000-0000-000000000001");
  private static final RecordId POSITION = new RecordId(42, 3, -7);
  private static final long TIME = 1_767_225_600_000L;

  @TempDir Path directory;

  @Test
  void r30_shouldReadEveryRowOfVersion1() throws Exception {
    writeVersion1();

    try (SqliteOrchestrationStore store = open();
        OrchestrationReader reader = store.read()) {
      assertThat(store.applied()).isEqualTo(POSITION);
      assertThat(reader.instanceById("order-5")).isEqualTo(running());
      assertThat(reader.instance(6)).isEqualTo(returned());
      assertThat(reader.instance(7))
          .extracting(InstanceRow::failure)
          .isEqualTo(new Failure.TimedOut("after 1 s"));
      assertThat(reader.history(5, 1, 1, 9))
          .containsExactly(
              new HistoryRow(
                  5,
                  1,
                  1,
                  0,
                  TIME,
                  List.of(
                      new HistoryEvent.Started(payload(7)),
                      new HistoryEvent.ActivityScheduled("charge", "", payload(7, 8)))));
      assertThat(reader.tasks(5))
          .containsExactly(new TaskRow(8, 5, 1, 1, "charge", "slow", 2, TIME, 0, 0, null, null));
      assertThat(reader.timers(5)).containsExactly(new TimerRow(9, 5, 1, 2, TIME + 60_000));
      assertThat(reader.inbox(5))
          .containsExactly(
              new MessageRow(10, 5, 0, TIME, new HistoryEvent.EventRaised("paid", payload(5))));
      assertThat(reader.payloadTypes()).hasSize(1);
    }
  }

  private static InstanceRow running() {
    return new InstanceRow(
        5,
        "order-5",
        "checkout",
        "2",
        InstanceStatus.RUNNING,
        1,
        1,
        2,
        TIME,
        TIME,
        0,
        0,
        0,
        -1,
        5,
        0,
        null,
        null);
  }

  private static InstanceRow returned() {
    return new InstanceRow(
        6,
        "pay-6",
        "pay",
        "1",
        InstanceStatus.COMPLETED,
        1,
        1,
        2,
        TIME,
        TIME,
        TIME + 1,
        5,
        0,
        -1,
        5,
        0,
        payload(1, 2, 3),
        null);
  }

  @Test
  void r30_shouldFindRowsOfVersion1ThroughTheNewIndexes() throws Exception {
    writeVersion1();

    try (SqliteOrchestrationStore store = open();
        OrchestrationReader reader = store.read()) {
      List<Long> awake = new ArrayList<>();
      reader.awake(0, awake::add);
      assertThat(awake).containsExactly(5L);
      assertThat(reader.ofRoot(5, 0, 9)).containsExactly(5L, 6L);
      assertThat(reader.timersDue(0, 0, Long.MAX_VALUE, 9, timer -> {})).isEqualTo(1);
      assertThat(
              reader.instances(
                  InstanceFilter.ALL.withStatuses(Set.of(InstanceStatus.FAILED)), 99, 9))
          .extracting(InstanceRow::id)
          .containsExactly("order-7");
    }
  }

  @Test
  void r30_shouldTakeNewRowsAfterwards() throws Exception {
    writeVersion1();
    InstanceRow again = InstanceRow.started(100, "order-5", "checkout", "2", TIME);
    try (SqliteOrchestrationStore store = open()) {
      store.apply(
          List.of(
              new RowMutation.Insert(new TombstoneRow(5, "order-5", TIME)),
              new RowMutation.Insert(again)),
          new RecordId(43, 3, 1),
          CommitMode.NORMAL);
    }

    try (SqliteOrchestrationStore store = open();
        OrchestrationReader reader = store.read()) {
      assertThat(reader.instanceById("order-5")).isEqualTo(again);
      assertThat(reader.instance(6)).isNull();
    }
    assertThat(sql("SELECT id, number FROM instances ORDER BY number"))
        .containsExactly("order-7|7", "order-5|100");
    assertThat(sql("SELECT value FROM store_meta WHERE name = 'schema_version'"))
        .containsExactly("2");
  }

  @Test
  void r30_shouldEndInTheSameTablesAsANewStore() throws Exception {
    String everything = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name";
    open().close();
    List<String> fresh = sql(everything);
    directory = directory.resolve("older");
    assertThat(directory.toFile().mkdir()).isTrue();
    writeVersion1();

    open().close();

    assertThat(sql(everything)).isEqualTo(fresh);
  }

  @Test
  void r30_shouldKeepTheOldStoreWholeWhenTheMigrationFails() throws Exception {
    writeVersion1();
    String everything = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name";
    run("CREATE TABLE schedule_rows (stranger TEXT) STRICT");
    List<String> before = sql(everything);

    assertThatExceptionOfType(SqliteOpenException.class)
        .isThrownBy(this::open)
        .withMessageContaining("a migration failed and nothing of it was kept")
        .withMessageContaining("version=2");

    assertThat(sql(everything)).isEqualTo(before);
    assertThat(sql("SELECT value FROM store_meta WHERE name = 'schema_version'"))
        .containsExactly("1");
    run("DROP TABLE schedule_rows");
    try (SqliteOrchestrationStore store = open();
        OrchestrationReader reader = store.read()) {
      assertThat(reader.instanceById("order-5")).isEqualTo(running());
    }
  }

  private static Payload payload(int... bytes) {
    byte[] copy = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      copy[i] = (byte) bytes[i];
    }
    return Payload.wrap(copy);
  }

  private void writeVersion1() throws Exception {
    try (InputStream in = SchemaMigrationTest.class.getResourceAsStream("/schema/version-1.sql")) {
      assertThat(in).isNotNull();
      run(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private SqliteOrchestrationStore open() throws SqliteOpenException {
    return SqliteOrchestrationStore.open(
        directory.resolve("store.db"), STORE, SqliteOptions.defaults());
  }

  private void run(String script) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(script);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
  }

  private List<String> sql(String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = connect();
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
