package io.millrace.storage.sqlite;

import static io.millrace.storage.sqlite.StoreRig.apply;
import static io.millrace.storage.sqlite.StoreRig.at;
import static io.millrace.storage.sqlite.StoreRig.many;
import static io.millrace.storage.sqlite.StoreRig.rows;
import static io.millrace.storage.sqlite.StoreRig.run;
import static io.millrace.storage.sqlite.StoreRig.taken;
import static io.millrace.storage.sqlite.StoreRig.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.storage.RecordId;
import io.millrace.storage.Store.CheckpointMode;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/** What SQLite's errors become, and what is left behind by each. */
class SqliteStoreStumbleTest {

  @TempDir Path directory;
  private StoreRig rig;

  @BeforeEach
  void prepare() {
    rig = new StoreRig(directory);
  }

  @Test
  void i7_shouldBeBusyWhileAnOutsiderHoldsTheLockAndGoOnAfterwards() throws Exception {
    try (SqliteStore<Reading> store = rig.open();
        Connection outsider = rig.outsider()) {
      apply(store, 1, taken(1, 1));
      run(outsider, "BEGIN IMMEDIATE");

      assertThatExceptionOfType(StoreException.Busy.class)
          .isThrownBy(() -> apply(store, 2, taken(1, 2)))
          .withMessageContaining(rig.file.toString())
          .withMessageContaining("waited=PT0S");
      assertThat(store.applied()).isEqualTo(at(1));

      run(outsider, "ROLLBACK");
      apply(store, 2, taken(1, 2));
      assertThat(rows(store)).hasSize(2);
    }
  }

  @Test
  void i7_shouldLetOthersHaveTheLockBetweenBatches() throws Exception {
    try (SqliteStore<Reading> store = rig.open();
        Connection outsider = rig.outsider()) {
      apply(store, 1, taken(1, 1));

      run(outsider, "PRAGMA busy_timeout = 0");
      run(outsider, "BEGIN IMMEDIATE");
      run(outsider, "ROLLBACK");
      apply(store, 2, taken(1, 2));
    }
  }

  @Test
  void i7_shouldBeFullWithoutSpaceAndGoOnWhenThereIsSome() throws Exception {
    List<Connection> own = new ArrayList<>();
    try (SqliteStore<Reading> store =
        rig.openOver(
            connection -> {
              own.add(connection);
              return connection;
            })) {
      apply(store, 1, taken(1, 1));
      List<String> before = rows(store);
      Connection connection = own.get(0);
      run(connection, "PRAGMA max_page_count = " + text(connection, "PRAGMA page_count"));
      List<Reading> batch = many(2, 5_000);

      for (CommitMode mode : CommitMode.values()) {
        assertThatExceptionOfType(StoreException.Full.class)
            .isThrownBy(() -> store.apply(batch, at(2), mode))
            .withMessageContaining(rig.file.toString());
      }
      assertThat(store.applied()).isEqualTo(at(1));
      assertThat(rows(store)).isEqualTo(before);

      run(connection, "PRAGMA max_page_count = 100000");
      store.apply(batch, at(2), CommitMode.NORMAL);
      assertThat(rows(store)).hasSize(5_001);
    }
  }

  @Test
  void r14_shouldStopWhenSomebodyElseWroteToTheFile() throws Exception {
    try (SqliteStore<Reading> store = rig.open()) {
      apply(store, 1, taken(1, 1));
      try (Connection outsider = rig.outsider()) {
        run(outsider, "DELETE FROM readings");
      }

      assertThatExceptionOfType(StoreException.Failed.class)
          .isThrownBy(() -> apply(store, 2, taken(1, 2)))
          .withMessageContaining("another process wrote to the store")
          .withMessageContaining(rig.file.toString());
      assertThatExceptionOfType(StoreException.Failed.class)
          .isThrownBy(() -> store.checkpoint(CheckpointMode.PASSIVE))
          .withMessageContaining("failed earlier");
      assertThat(store.applied()).isEqualTo(at(1));
    }
    assertThat(rig.beside(".suspect")).doesNotExist();
  }

  @Test
  void r14_shouldNotTakeItsOwnWritesForForeign() throws Exception {
    try (SqliteStore<Reading> store = rig.open()) {
      for (int position = 1; position <= 12; position++) {
        apply(store, position, taken(1, position));
        store.checkpoint(position % 2 == 0 ? CheckpointMode.PASSIVE : CheckpointMode.TRUNCATE);
        assertThat(rows(store)).hasSize(position);
      }
    }
  }

  @Test
  void shouldNameTheMutationThatDoesNotFit() throws Exception {
    try (SqliteStore<Reading> store = rig.open()) {
      apply(store, 1, taken(7, 70));
      List<Reading> batch = new ArrayList<>(many(1, 40));
      batch.add(taken(7, 70));
      batch.addAll(many(9, 40));

      assertThatExceptionOfType(StoreException.Rejected.class)
          .isThrownBy(() -> store.apply(batch, at(2), CommitMode.NORMAL))
          .withMessageContaining("kind=INSERT key=Key[sensor=7, atMillis=70]")
          .withMessageContaining("readings");
      assertThat(store.applied()).isEqualTo(at(1));
      assertThat(rows(store)).hasSize(1);
      apply(store, 2, taken(1, 1));
    }
  }

  @Test
  void shouldRejectAMutationThatItsWriterCannotWrite() throws Exception {
    try (SqliteStore<Reading> store = rig.open()) {
      Reading notANumber = new Reading.Taken(new Reading.Key(1, 1), Double.NaN);

      assertThatExceptionOfType(StoreException.Rejected.class)
          .isThrownBy(() -> apply(store, 1, notANumber))
          .withMessageContaining("readings.celsius");
      assertThat(store.applied()).isEqualTo(RecordId.NONE);
    }
  }

  @Test
  void i2_shouldLearnFromThePositionThatACommitTookPlaceAfterAll() throws Exception {
    CommitFault fault = new CommitFault();
    try (SqliteStore<Reading> store = rig.openOver(fault::over)) {
      fault.afterCommit(SQLiteErrorCode.SQLITE_BUSY);
      store.apply(List.of(taken(1, 1)), at(1), CommitMode.SYNCED);

      assertThat(store.applied()).isEqualTo(at(1));
      assertThat(store.durablePosition()).as("nobody said that it was forced").isZero();
      assertThat(rows(store)).hasSize(1);
    }
  }

  @Test
  void i2_shouldLearnFromThePositionThatACommitDidNotTakePlace() throws Exception {
    CommitFault fault = new CommitFault();
    try (SqliteStore<Reading> store = rig.openOver(fault::over)) {
      fault.beforeCommit(SQLiteErrorCode.SQLITE_FULL);
      assertThatExceptionOfType(StoreException.Full.class)
          .isThrownBy(() -> apply(store, 1, taken(1, 1)));
      assertThat(store.applied()).isEqualTo(RecordId.NONE);

      apply(store, 1, taken(1, 1));
      assertThat(rows(store)).hasSize(1);
    }
  }

  @Test
  void r11_shouldFailForGoodAndMarkTheFileWhenACommitMeetsAnIoError() throws Exception {
    CommitFault fault = new CommitFault();
    try (SqliteStore<Reading> store = rig.openOver(fault::over)) {
      apply(store, 1, taken(1, 1));
      fault.afterCommit(SQLiteErrorCode.SQLITE_IOERR_FSYNC);

      assertThatExceptionOfType(StoreException.Failed.class)
          .isThrownBy(() -> store.apply(List.of(taken(1, 2)), at(2), CommitMode.SYNCED))
          .withMessageContaining("suspect")
          .withMessageContaining(rig.file.toString());
      assertThatExceptionOfType(StoreException.Failed.class)
          .isThrownBy(() -> apply(store, 2, taken(1, 2)))
          .withMessageContaining("failed earlier");
      assertThatExceptionOfType(StoreException.Failed.class).isThrownBy(store::read);
      assertThat(store.durablePosition()).isZero();
    }
    assertThat(rig.beside(".suspect")).content().contains("could not commit");

    try (SqliteStore<Reading> again = rig.open()) {
      assertThat(again.applied().position()).isBetween(1L, 2L);
      assertThat(rows(again)).hasSize((int) again.applied().position());
    }
    assertThat(rig.beside(".suspect")).doesNotExist();
  }

  @Test
  void r9_shouldForceASyncedCommitAndOnlyThat() throws Exception {
    List<Connection> own = new ArrayList<>();
    try (SqliteStore<Reading> store =
        rig.openOver(
            connection -> {
              own.add(connection);
              return connection;
            })) {
      store.apply(List.of(taken(1, 1)), at(1), CommitMode.SYNCED);
      assertThat(text(own.get(0), "PRAGMA synchronous")).isEqualTo("2");
      apply(store, 2, taken(1, 2));
      assertThat(text(own.get(0), "PRAGMA synchronous")).isEqualTo("1");
      assertThat(store.durablePosition()).isEqualTo(1);
    }
  }

  @Test
  void r9_shouldBeDurableAtEachCommitWhenAlwaysForced() throws Exception {
    rig.options = SqliteOptions.builder().synchronous(Synchronous.FULL).build();
    try (SqliteStore<Reading> store = rig.open()) {
      apply(store, 3, taken(1, 1));
      assertThat(store.durablePosition()).isEqualTo(3);
    }
  }

  @Test
  void i9_shouldCheckpointByItselfPastTheLimit() throws Exception {
    rig.options = SqliteOptions.builder().walBytesMax(1 << 20).build();
    try (SqliteStore<Reading> store = rig.open()) {
      for (int position = 1; position <= 30; position++) {
        store.apply(many(position, 5_000), at(position), CommitMode.NORMAL);
        assertThat(store.uncheckpointedBytes()).isLessThanOrEqualTo(1 << 20);
      }
      assertThat(store.durablePosition()).isGreaterThan(20);
      assertThat(rig.beside("-wal").toFile().length()).isLessThan(4 << 20);
    }
  }
}
