package io.millrace.buffer.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.WriteAheadBuffer;
import io.millrace.buffer.testing.Entry;
import io.millrace.buffer.testing.SmallStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A flight recording tells what the pipeline did. */
@Timeout(120)
class FlightTest {

  @TempDir Path folder;

  @Test
  void shouldRecordWhatThePipelineDid() throws Exception {
    BufferOptions options =
        BufferOptions.builder()
            .journalKind(JournalKind.FILES)
            .segmentBytes(1 << 20)
            .recordBytesMax(64 << 10)
            .spaceReserveBytes(0)
            .build();
    SmallStore store = new SmallStore();
    Path file = folder.resolve("flight.jfr");
    try (Recording recording = new Recording()) {
      for (String name : List.of("RingBatch", "Force", "Flush", "Checkpoint")) {
        recording.enable("millrace." + name).withoutThreshold();
      }
      recording.start();
      try (WriteAheadBuffer<Entry> buffer =
          WriteAheadBuffer.open(
              folder.resolve("data"), (path, id) -> store, Entry.CODECS, options)) {
        for (int i = 0; i < 20; i++) {
          buffer.write(Entry.insert(i, i)).get(10, TimeUnit.SECONDS);
        }
        buffer.flush(Duration.ofSeconds(10));
      }
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    List<RecordedEvent> batches = named(events, "RingBatch");
    assertThat(batches.stream().mapToLong(e -> e.getLong("records")).sum()).isEqualTo(20);
    assertThat(batches).allMatch(e -> e.getInt("commands") >= e.getLong("records"));
    assertThat(batches).anyMatch(e -> e.getLong("bytes") > 0);
    assertThat(batches).allMatch(e -> "millrace-commit".equals(e.getThread().getJavaName()));

    List<RecordedEvent> forces = named(events, "Force");
    assertThat(forces.stream().mapToLong(e -> e.getLong("records")).sum()).isEqualTo(20);
    assertThat(forces).anyMatch(e -> e.getLong("lastPosition") == 20);
    assertThat(forces).allMatch(e -> !e.getDuration().isNegative());

    List<RecordedEvent> flushes = named(events, "Flush");
    assertThat(flushes.stream().mapToLong(e -> e.getInt("mutations")).sum()).isEqualTo(20);
    assertThat(flushes).allMatch(e -> e.getBoolean("applied"));
    assertThat(flushes).anyMatch(e -> e.getLong("lastPosition") == 20);

    assertThat(named(events, "Checkpoint"))
        .anyMatch(e -> e.getBoolean("complete") && e.getLong("appliedPosition") == 20);
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    List<RecordedEvent> found =
        events.stream().filter(e -> e.getEventType().getName().equals("millrace." + name)).toList();
    assertThat(found).as(name).isNotEmpty();
    return found;
  }
}
