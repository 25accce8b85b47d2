package io.millrace.storage.sqlite;

import static io.millrace.storage.sqlite.StoreRig.apply;
import static io.millrace.storage.sqlite.StoreRig.at;
import static io.millrace.storage.sqlite.StoreRig.many;
import static io.millrace.storage.sqlite.StoreRig.rows;
import static io.millrace.storage.sqlite.StoreRig.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.storage.Store.CheckpointMode;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlReaderTest {

  private static final String COUNT = "SELECT count(*) FROM readings";
  private static final String FOR_EVER =
      "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n";

  @TempDir Path directory;
  private StoreRig rig;

  @BeforeEach
  void prepare() {
    rig = new StoreRig(directory);
  }

  @Test
  void shouldShowOneMomentWhileTheWriterGoesOn() throws Exception {
    try (SqliteStore<Reading> store = rig.open()) {
      apply(store, 1, taken(1, 1));
      try (SqlReader reader = store.read()) {
        apply(store, 2, taken(1, 2));

        assertThat(reader.position()).isEqualTo(1);
        assertThat(count(reader)).isEqualTo(1);
      }
      try (SqlReader reader = store.read()) {
        assertThat(reader.position()).isEqualTo(2);
        assertThat(count(reader)).isEqualTo(2);
      }
    }
  }

  @Test
  void shouldNotWrite() throws Exception {
    try (SqliteStore<Reading> store = rig.open();
        SqlReader reader = store.read()) {
      assertThatExceptionOfType(StoreException.Failed.class)
          .isThrownBy(
              () ->
                  reader
                      .query("INSERT INTO readings VALUES (1, 1, 1.0) RETURNING sensor")
                      .list(row -> row.number(1)));
    }
  }

  @Test
  void r14_shouldEndAViewThatIsOpenForTooLong() throws Exception {
    try (SqliteStore<Reading> store = rig.open();
        SqlReader reader = store.read()) {
      rig.clock.advance(rig.options.readTimeLimit().minusNanos(1));
      assertThat(count(reader)).isZero();
      rig.clock.advance(Duration.ofNanos(1));

      assertThatExceptionOfType(StoreException.Busy.class)
          .isThrownBy(() -> count(reader))
          .withMessageContaining("limit=PT30S");
      assertThatExceptionOfType(StoreException.Busy.class).isThrownBy(() -> count(reader));
      reader.close();
      assertThat(rows(store)).isEmpty();
    }
  }

  @Test
  void r14_shouldEndAStatementThatRunsForTooLong() throws Exception {
    ManualClock racing = new ManualClock(Duration.ofMillis(10));
    try (SqliteStore<Reading> store =
            SqliteStore.open(rig.file, StoreRig.ID, ReadingTables.today(), rig.options, racing);
        SqlReader reader = store.read()) {
      assertThatExceptionOfType(StoreException.Busy.class)
          .isThrownBy(() -> reader.query(FOR_EVER).list(row -> row.number(1)));
    }
  }

  @Test
  void r14_shouldEndAnIdleViewThatStandsInTheWayOfACheckpoint() throws Exception {
    try (SqliteStore<Reading> store = rig.open()) {
      apply(store, 1, taken(1, 1));
      try (SqlReader reader = store.read()) {
        store.apply(many(2, 500), at(2), CommitMode.NORMAL);
        assertThat(store.checkpoint(CheckpointMode.PASSIVE).complete()).isFalse();
        assertThat(store.checkpoint(CheckpointMode.TRUNCATE).complete()).isFalse();
        assertThat(store.durablePosition()).isZero();
        assertThat(store.uncheckpointedBytes()).isPositive();

        rig.clock.advance(rig.options.readTimeLimit());
        assertThat(store.checkpoint(CheckpointMode.TRUNCATE).complete()).isTrue();
        assertThat(store.durablePosition()).isEqualTo(2);
        assertThatExceptionOfType(StoreException.Busy.class).isThrownBy(() -> count(reader));
      }
      try (SqlReader reader = store.read()) {
        assertThat(count(reader)).isEqualTo(501);
      }
    }
  }

  @Test
  void i9_shouldBeBusyWhenEveryConnectionIsLent() throws Exception {
    try (SqliteStore<Reading> store = rig.open()) {
      List<SqlReader> lent = new ArrayList<>();
      for (int i = 0; i < rig.options.readers(); i++) {
        lent.add(store.read());
      }
      assertThatExceptionOfType(StoreException.Busy.class)
          .isThrownBy(store::read)
          .withMessageContaining("readers=2");

      lent.get(0).close();
      lent.get(0).close();
      SqlReader again = store.read();
      assertThat(count(again)).isZero();
      assertThatExceptionOfType(StoreException.Busy.class).isThrownBy(store::read);
      assertThatExceptionOfType(StoreException.Busy.class)
          .as("a closed view does not see through its successor's connection")
          .isThrownBy(() -> count(lent.get(0)));
      again.close();
      lent.get(1).close();
    }
  }

  @Test
  void shouldEndOpenViewsWhenTheStoreCloses() throws Exception {
    SqliteStore<Reading> store = rig.open();
    SqlReader reader = store.read();
    assertThat(count(reader)).isZero();

    store.close();

    assertThatExceptionOfType(StoreException.Failed.class)
        .isThrownBy(() -> count(reader))
        .withMessageContaining("closed");
    reader.close();
    assertThat(rig.beside("-wal")).as("nobody kept a connection").doesNotExist();
  }

  @Test
  void shouldGoOnAfterAReadersOwnMistake() throws Exception {
    try (SqliteStore<Reading> store = rig.open();
        SqlReader reader = store.read()) {
      assertThatExceptionOfType(StoreException.Failed.class)
          .isThrownBy(() -> reader.query("SELECT missing FROM readings").list(row -> row.number(1)))
          .withMessageContaining("no such column");
      assertThat(count(reader)).isZero();
    }
  }

  private static long count(SqlReader reader) throws StoreException {
    Long count = reader.query(COUNT).one(row -> row.number(1));
    return count == null ? -1 : count;
  }
}
