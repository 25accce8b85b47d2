package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.docs.SensorReadings.Reading;
import io.millrace.docs.SensorReadings.ReadingTables;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store;
import io.millrace.storage.sqlite.SqliteOptions;
import io.millrace.storage.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreOnlyTest {

  private static final UUID STORE_ID = UUID.fromString("6f1c2d1e-58a2-4c51-9a47-0d2c6f5e7b10");

  @Test
  void shouldKnowHowFarAForeignLogWasApplied(@TempDir Path temporary) throws Exception {
    Path folder = Files.createDirectories(temporary.resolve("sensors"));
    try (Store<Reading> store = open(folder)) {
      assertThat(store.applied()).isEqualTo(RecordId.NONE);
      // snippet: apply
      List<Reading> batch = List.of(new Reading(1, 1_000, 20.5), new Reading(2, 1_000, 19.0));
      RecordId last = new RecordId(2, 1, 0); // the log's own: position, epoch, checksum
      store.apply(batch, last, Store.CommitMode.SYNCED); // survives power loss on return
      // end
      assertThat(store.durablePosition()).isEqualTo(2);
      assertThatThrownBy(() -> store.apply(batch, last, Store.CommitMode.NORMAL))
          .as("a record is applied once")
          .isInstanceOf(IllegalArgumentException.class);
    }
    try (Store<Reading> reopened = open(folder)) {
      assertThat(reopened.applied().position()).isEqualTo(2);
    }
  }

  // snippet: open
  static Store<Reading> open(Path folder) throws Exception {
    Path file = folder.resolve("readings.db");
    return SqliteStore.open(file, STORE_ID, new ReadingTables(), SqliteOptions.defaults());
  }
  // end
}
