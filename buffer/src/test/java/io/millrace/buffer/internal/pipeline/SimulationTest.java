package io.millrace.buffer.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.Durability;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.testing.BufferSimulation;
import io.millrace.buffer.testing.Bug;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** I1 to I5 over random schedules and crashes, at every level under every sync policy. */
@Timeout(120)
class SimulationTest {

  static final int SEEDS = Integer.getInteger("millrace.simulation.seeds", 150);
  private static final long FIRST_SEED = Long.getLong("millrace.simulation.first", 1);

  static Stream<Arguments> settings() {
    return Stream.of(
            SyncPolicy.everyBatch(), SyncPolicy.every(Duration.ofMillis(3)), SyncPolicy.never())
        .flatMap(sync -> reachable(sync).stream().map(level -> Arguments.of(sync, level)));
  }

  private static List<Durability> reachable(SyncPolicy sync) {
    return Stream.of(Durability.values())
        .filter(level -> level != Durability.SYNCED || !(sync instanceof SyncPolicy.Never))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void i1_to_i5_shouldHoldWhateverTheScheduleAndTheCrash(SyncPolicy sync, Durability level) {
    int acknowledged = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      acknowledged += BufferSimulation.run(seed, sync, level, Bug.NONE).acknowledged();
    }
    assertThat(acknowledged).as("commands that were promised something").isGreaterThan(SEEDS);
  }
}
