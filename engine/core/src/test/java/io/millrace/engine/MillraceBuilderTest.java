package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.Durability;
import io.millrace.buffer.JournalKind;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.UnreachableDurabilityException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MillraceBuilderTest {

  private static final Orchestration<String, String> FLOW =
      Orchestration.named("flow", String.class, String.class);
  private static final Activity<String, String> STEP =
      Activity.named("step", String.class, String.class);

  @TempDir Path folder;

  @Test
  void shouldRefuseWhenRegisteredTwice() {
    MillraceBuilder builder =
        Millrace.inMemory()
            .orchestration(FLOW, (ctx, name) -> name)
            .activity(STEP, name -> name)
            .pool("slow", 2);
    assertThatThrownBy(() -> builder.orchestration(FLOW, (ctx, name) -> name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("flow@1");
    assertThatThrownBy(() -> builder.activity(STEP, name -> name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("activity=step");
    assertThatThrownBy(() -> builder.pool("slow", 3)).hasMessageContaining("tag=slow");
    builder.orchestration(FLOW.withVersion("2"), (ctx, name) -> name);
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without it may do
  void shouldNameTheParameterWhenItIsNull() {
    MillraceBuilder builder = Millrace.inMemory();
    assertThatThrownBy(() -> builder.orchestration(null, (ctx, name) -> name))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("orchestration");
    assertThatThrownBy(() -> builder.orchestration(FLOW, null)).hasMessage("code");
    assertThatThrownBy(() -> builder.activity(null, name -> name)).hasMessage("activity");
    assertThatThrownBy(() -> builder.activity(STEP, null)).hasMessage("code");
    assertThatThrownBy(() -> builder.limits(null)).hasMessage("limits");
    assertThatThrownBy(() -> builder.clock(null)).hasMessage("clock");
    assertThatThrownBy(() -> builder.durability(null)).hasMessage("level");
  }

  @Test
  void shouldRefuseWhenANumberCannotWork() {
    MillraceBuilder builder = Millrace.inMemory();
    assertThatThrownBy(() -> builder.orchestrationWorkers(0))
        .hasMessageContaining("orchestrationWorkers=0");
    assertThatThrownBy(() -> builder.activityWorkers(-1)).hasMessageContaining("size=-1");
    assertThatThrownBy(() -> PoolOptions.virtual(10_001)).hasMessageContaining("size=10001");
    assertThatThrownBy(() -> PoolOptions.size(1).withRatePerSecond(-1))
        .hasMessageContaining("ratePerSecond=-1");
    assertThatThrownBy(() -> PoolOptions.size(1).withRatePerSecond(Double.NaN))
        .hasMessageContaining("ratePerSecond=NaN");
    assertThatThrownBy(() -> PoolOptions.size(1).withInterruptGrace(Duration.ofSeconds(-1)))
        .hasMessageContaining("interruptGrace=PT-1S");
    assertThatThrownBy(() -> PoolOptions.size(1).withHeartbeatInterval(Duration.ofDays(2)))
        .hasMessageContaining("heartbeatInterval=PT48H");
    assertThatThrownBy(() -> EngineLimits.defaults().withPayloadBytesMax(1))
        .hasMessageContaining("payloadBytesMax=1");
    assertThatThrownBy(
            () -> builder.limits(EngineLimits.defaults().withPayloadBytesMax(64 << 20)).open())
        .hasMessageContaining("payloadBytesMax=67108864")
        .hasMessageContaining("recordBytesMax");
  }

  @Test
  void r8_i9_shouldRefuseALimitThatNoRecordHasRoomFor() {
    for (EngineLimits limits :
        List.of(
            EngineLimits.defaults().withBufferedEventBytesMax((1 << 20) + 1),
            EngineLimits.defaults().withKeyValueBytesMax((1 << 20) + 1),
            EngineLimits.defaults().withCustomStatusBytesMax((1 << 20) + 1))) {
      assertThatThrownBy(() -> Millrace.inMemory().limits(limits).open())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("BytesMax=1048577 recordBytesMax=4194304")
          .hasMessageContaining("set a lower one, or a higher recordBytesMax");
    }
  }

  @Test
  void c7d_shouldRefuseWhenAnActivitysTagHasNoPool() {
    assertThatThrownBy(
            () ->
                Millrace.inMemory()
                    .pool("fast", 1)
                    .activity(STEP.withTag("slow"), name -> name)
                    .open())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tag=slow")
        .hasMessageContaining("activity=step")
        .hasMessageContaining("fast");
  }

  @Test
  void shouldRefuseWhenTheLevelCanNeverBeReached() {
    assertThatThrownBy(
            () ->
                Millrace.builder(folder.resolve("data"))
                    .sync(SyncPolicy.never())
                    .durability(Durability.SYNCED)
                    .open())
        .isInstanceOf(UnreachableDurabilityException.class)
        .hasMessageContaining("SYNCED")
        .hasMessageContaining("never");
  }

  @Test
  void shouldSayWhatIsThereWhenTheDirectoryIsNotOurs() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a directory");
    assertThatThrownBy(() -> Millrace.builder(file).journal(JournalKind.FILES).open())
        .isInstanceOf(BufferOpenException.class)
        .hasMessageContaining(file.toString());
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("letters.txt"), "dear");
    assertThatThrownBy(() -> Millrace.builder(other).journal(JournalKind.FILES).open())
        .isInstanceOf(BufferOpenException.class)
        .hasMessageContaining(other.toString());
  }

  @Test
  void i8_shouldNameTheHolderWhenTheDirectoryIsLocked() {
    Path place = folder.resolve("data");
    try (Millrace first = Millrace.builder(place).journal(JournalKind.FILES).open()) {
      assertThatThrownBy(() -> Millrace.builder(place).journal(JournalKind.FILES).open())
          .isInstanceOf(BufferOpenException.class)
          .hasMessageContaining(place.toString());
      first.close();
    }
    Millrace.builder(place).journal(JournalKind.FILES).open().close();
  }
}
