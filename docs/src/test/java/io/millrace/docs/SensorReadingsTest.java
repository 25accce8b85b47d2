package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.WriteAheadBuffer;
import io.millrace.docs.SensorReadings.Reading;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensorReadingsTest {

  private static final int READINGS = 5_000;

  @Test
  void shouldBringManySmallWritesIntoATableOfOnesOwn(@TempDir Path temporary) throws Exception {
    Path directory = temporary.resolve("sensors");
    try (WriteAheadBuffer<Reading> buffer = SensorReadings.open(directory)) {
      // snippet: write
      List<CompletableFuture<Long>> writes = new ArrayList<>();
      for (int i = 0; i < READINGS; i++) {
        writes.add(buffer.write(new Reading(i % 10, i, 20.5)));
      }
      writes.forEach(CompletableFuture::join); // each is synced: it survives power loss
      buffer.flush(Duration.ofSeconds(10)); // and now it is in the table
      // end

      assertThat(buffer.statistics().journalForces()).isLessThan(READINGS / 10);
      assertThat(buffer.statistics().storeCommits()).isLessThan(READINGS / 10);
    }
    try (WriteAheadBuffer<Reading> reopened = SensorReadings.open(directory)) {
      assertThat(reopened.progress().applied()).isEqualTo(READINGS);
    }
    assertThat(countReadings(directory)).isEqualTo(READINGS);
  }

  private static int countReadings(Path directory) throws SQLException {
    try (Connection store =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
        Statement query = store.createStatement();
        ResultSet count = query.executeQuery("SELECT count(*) FROM readings")) {
      return count.getInt(1);
    }
  }
}
