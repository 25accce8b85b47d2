package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A flight recording tells which instance's turns and activities ran when. */
@Timeout(120)
class FlightTest {

  private static final Orchestration<String, String> FLOW =
      Orchestration.named("recorded-flow", String.class, String.class);
  private static final Activity<String, String> STEP =
      Activity.named("recorded-step", String.class, String.class);

  @TempDir Path folder;

  @Test
  void shouldRecordTurnsAndActivitiesWithTheirInstance() throws Exception {
    Path file = folder.resolve("flight.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("millrace.Turn").withoutThreshold();
      recording.enable("millrace.Activity").withoutThreshold();
      recording.start();
      try (Millrace millrace =
          Millrace.inMemory()
              .orchestration(FLOW, (ctx, input) -> ctx.call(STEP, input).await())
              .activity(STEP, input -> input + "!")
              .open()) {
        assertThat(millrace.start(FLOW, "flight-1", "x").result(Duration.ofSeconds(20)))
            .isEqualTo("x!");
      }
      recording.dump(file);
    }
    List<RecordedEvent> turns = named(file, "Turn", "flight-1");
    assertThat(turns).extracting(e -> e.getInt("turn")).containsExactly(1, 2);
    assertThat(turns)
        .extracting(e -> e.getString("outcome"))
        .containsExactly("Waiting", "Completed");
    assertThat(turns).allMatch(e -> e.getString("orchestration").equals("recorded-flow"));
    assertThat(turns).allMatch(e -> e.getInt("messages") == 1);
    List<RecordedEvent> activities = named(file, "Activity", "flight-1");
    assertThat(activities).hasSize(1);
    assertThat(activities.get(0).getString("activity")).isEqualTo("recorded-step");
    assertThat(activities.get(0).getInt("attempt")).isEqualTo(1);
    assertThat(activities.get(0).getString("pool")).isEqualTo("default");
    assertThat(activities.get(0).getString("outcome")).isEqualTo("ActivityCompleted");
  }

  /** Other tests of this JVM may run engines meanwhile. */
  private static List<RecordedEvent> named(Path file, String name, String instance)
      throws Exception {
    return RecordingFile.readAllEvents(file).stream()
        .filter(e -> e.getEventType().getName().equals("millrace." + name))
        .filter(e -> instance.equals(e.getString("instanceId")))
        .sorted(java.util.Comparator.comparing(RecordedEvent::getStartTime))
        .toList();
  }
}
